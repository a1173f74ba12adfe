/** The map of hours of sun of a square, and what neighbours lose: runs of models, asked for and followed. */

import { effect, signal } from '@preact/signals';
import type { SunHoursResult } from '../../core/analysis/sun/sun-hours.ts';
import type { SunResult } from '../../core/analysis/sun/sun-result.ts';
import { reasonOf } from '../../core/errors.ts';
import { ask, ServiceError } from '../api/ask.ts';
import { addressIn } from '../api/city-api.ts';
import { CALLED_OFF, followRun } from '../api/follow-run.ts';
import { announce } from '../state/announcer.ts';
import { wantedCity } from '../state/shown-city.ts';
import { type SunView, sunView } from '../state/sun-view.ts';
import { t } from '../text/text.ts';

/** Minutes of sun of each cell, row by row from the south-west; -1 under buildings. */
export interface SunCells {
  readonly before: Int16Array;
  readonly after: Int16Array;
}

export interface SunMap {
  readonly result: SunHoursResult;
  readonly columns: number;
  readonly rows: number;
  /** Least easting and northing, greatest easting and northing. */
  readonly box: readonly [number, number, number, number];
  readonly bare: SunCells;
  /** With every tree a wall; undefined without trees. */
  readonly withTrees: SunCells | undefined;
  /** Whether the scenario changes anything here. */
  readonly hasChange: boolean;
}

export type Study<T> =
  | { readonly kind: 'none' }
  | { readonly kind: 'busy'; readonly percent: number }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'ready'; readonly value: T };

/** Which of the maps lies on the plan. */
export const SHOWN_MAPS = ['after', 'before', 'change'] as const;
export type ShownMap = (typeof SHOWN_MAPS)[number];

export const sunMap = signal<Study<SunMap>>({ kind: 'none' });
export const shownMap = signal<ShownMap>('after');
/** Whether the map with every tree a wall is the one that is shown, where there are trees. */
export const treesShown = signal(false);
export const windows = signal<Study<SunResult>>({ kind: 'none' });

let mapping: AbortController | undefined;
let asking: AbortController | undefined;

export function stopMap(): void {
  mapping?.abort(CALLED_OFF);
  sunMap.value = { kind: 'none' };
}

export function stopWindows(): void {
  asking?.abort(CALLED_OFF);
  windows.value = { kind: 'none' };
}

/** Of the city as it is, only staff have new maps computed. */
export function problemOf(error: unknown): string {
  if (error instanceof ServiceError && error.status === 401) return t('sunSignIn');
  return reasonOf(error);
}

const scenarioOf = () => {
  const { scenario } = wantedCity.peek();
  return scenario === undefined ? {} : { scenario };
};

/** What the buildings around the edits of the open scenario lose. */
export async function askWindows(): Promise<void> {
  asking?.abort(CALLED_OFF);
  asking = new AbortController();
  const { signal: wanted } = asking;
  const tell = (state: Study<SunResult>) => {
    if (!wanted.aborted) windows.value = state;
  };
  tell({ kind: 'busy', percent: 0 });
  try {
    const run = await followRun({ model: 'sun-on-windows', ...scenarioOf() }, wanted, (percent) =>
      tell({ kind: 'busy', percent }),
    );
    tell({ kind: 'ready', value: await resultOf<SunResult>(run.urls.result, wanted) });
    if (!wanted.aborted) announce(t('sunWindowsDone'));
  } catch (error) {
    tell({ kind: 'failed', reason: problemOf(error) });
  }
}

async function askMap({ day, square }: SunView): Promise<void> {
  if (!square) return;
  mapping = new AbortController();
  const { signal: wanted } = mapping;
  const tell = (state: Study<SunMap>) => {
    if (!wanted.aborted) sunMap.value = state;
  };
  tell({ kind: 'busy', percent: 0 });
  const { eastingM, northingM, sideM } = square;
  const half = sideM / 2;
  try {
    const parameters = {
      bbox: [eastingM - half, northingM - half, eastingM + half, northingM + half],
      ...{ day, cellM: sideM > 400 ? 2 : 1 },
    };
    const run = await followRun({ model: 'sun-hours', parameters, ...scenarioOf() }, wanted, (percent) =>
      tell({ kind: 'busy', percent }),
    );
    tell({ kind: 'ready', value: await mapOf(await resultOf<SunHoursResult>(run.urls.result, wanted)) });
    if (!wanted.aborted) announce(t('sunMapDone'));
  } catch (error) {
    tell({ kind: 'failed', reason: problemOf(error) });
  }
}

/** Addresses of the service may name another host than the page came from. */
export const resultOf = async <T>(address: string, wanted: AbortSignal): Promise<T> =>
  (
    await ask(addressIn('', new URL(address).pathname.replace(/^.*\/api\//, 'api/')), { signal: wanted })
  ).json() as Promise<T>;

async function mapOf(result: SunHoursResult): Promise<SunMap> {
  const { grid } = result;
  if (!grid) throw new Error('a run without its map');
  const { origin, cellM, columns, rows, unitMin } = grid;
  const cellsOf = async (packed: { before: string | null; after: string }): Promise<SunCells> => {
    const after = await minutesOf(packed.after, unitMin);
    return { before: packed.before === null ? after : await minutesOf(packed.before, unitMin), after };
  };
  return {
    ...{ result, columns, rows, hasChange: grid.before !== null },
    bare: await cellsOf(grid),
    withTrees: grid.withTrees ? await cellsOf(grid.withTrees) : undefined,
    box: [origin[0], origin[1], origin[0] + columns * cellM, origin[1] + rows * cellM],
  };
}

async function minutesOf(text: string, unitMin: number): Promise<Int16Array> {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  const steps = new Uint8Array(await new Response(stream).arrayBuffer());
  return Int16Array.from(steps, (step) => (step === 255 ? -1 : step * unitMin));
}

/** Asks for the map whenever its square, its day or the city is another one. Returns how to stop. */
export function followSunStudy(): () => void {
  let known = '';
  let city = '';
  return effect(() => {
    const view = sunView.value;
    const { scenario = '', at = '' } = wantedCity.value;
    if (city !== `${scenario} ${at}`) {
      city = `${scenario} ${at}`;
      stopWindows();
    }
    const next = view?.square ? JSON.stringify([view.day, view.square, city]) : '';
    if (next === known) return;
    known = next;
    stopMap();
    if (view && next !== '') void askMap(view);
  });
}
