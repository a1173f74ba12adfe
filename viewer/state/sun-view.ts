/** The moment whose sun is shown, and the square whose hours of sun are asked; part of a link. */
import { signal } from '@preact/signals';
import { sunPosition } from '../../core/analysis/sun/sun-position.ts';
import { localMoment } from '../../core/live/adapters/moment.ts';
import { CITY_TIME_ZONE } from '../../core/scenario/recorded-moment.ts';

/** A square of the plan: its middle in EPSG:2177 and its side, m. */
export interface SunSquare {
  readonly eastingM: number;
  readonly northingM: number;
  readonly sideM: number;
}

export interface SunView {
  /** `2026-03-20`. */
  readonly day: string;
  /** Minutes after midnight on the clocks of the city. */
  readonly minute: number;
  readonly square?: SunSquare | undefined;
}

/** Undefined: the light of a map, from the south-west. */
export const sunView = signal<SunView | undefined>(undefined);

/** Milliseconds since 1970; undefined for an hour that the clocks leave out. */
export function momentOfView({ day, minute }: SunView): number | undefined {
  const clock = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return localMoment(`${day} ${clock}`, CITY_TIME_ZONE)?.getTime();
}

/** Where the sun of the view stands over a place, degrees. */
export function sunOver(view: SunView, lonLat: readonly [number, number]) {
  const moment = momentOfView(view);
  return moment === undefined ? undefined : sunPosition(moment, lonLat);
}
