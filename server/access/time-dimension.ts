/**
 * The dimension TIME of maps (WMS 1.3.0, annexes C and D; 1.1.1, annexes B and C; WMTS 1.0.0, 07-057r7, 6.1): the
 * city as the twin had recorded it at a moment. Every layer has it from its first load on, in the present city only;
 * an address of a moment or scenario has chosen its state already.
 */
import { invalidParameter } from '../../core/errors.ts';
import type { Layer, LayerStatus } from '../../core/feature/layer.ts';
import { dayInCity, parseRecordedMoment } from '../../core/scenario/recorded-moment.ts';
import type { Catalogue } from '../services/catalogue.ts';
import type { View } from './view.ts';

export const CURRENT = 'current';
/** Any second from the first load to now; what lies between two is the same state. */
const STEP = 'PT1S';

export interface TimeExtent {
  readonly extent: string;
  readonly default: string;
}

/** The extent of a layer's dimension, UTC; undefined where there is none. */
export function timeExtent({ knownSince }: LayerStatus, view: View, now: Date): TimeExtent | undefined {
  if (knownSince === undefined || isChosen(view)) return undefined;
  const [since, until] = [upToSecond(Date.parse(knownSince)), upToSecond(now.getTime())];
  return { extent: `${since}/${until}/${STEP}`, default: CURRENT };
}

/** Whether an address of a moment or scenario has chosen the state of the city. */
export const isChosen = ({ at, scenario }: View): boolean => at !== undefined || scenario !== undefined;

/** Layers with dimensions of their own keep no history, and of those of others none is known. */
export const keepsHistory = ({ dimensions, cascaded }: Layer): boolean => !(dimensions ?? cascaded);

/**
 * The state of the city that a map of these layers is asked in.
 * @param text the value of TIME; undefined: the default, which is the present
 * @throws TwinError invalid-parameter (`time`) for a list or interval, what cannot be read, what lies ahead, and what
 *   lies before any of the layers was known
 */
export async function viewAtTime(
  catalogue: Pick<Catalogue, 'status'>,
  layers: readonly Layer[],
  text: string | undefined,
  view: View,
): Promise<View> {
  const asked = text?.trim();
  if (asked === undefined || !layers.some(keepsHistory)) return view;
  if (isChosen(view)) {
    throw invalid('This address shows the city in one state already; leave TIME out, or the state');
  }
  if (asked.toLowerCase() === CURRENT) return view;
  if (/[,/]/.test(asked)) {
    throw invalid(
      `TIME takes one moment, not a list or an interval, got "${asked.slice(0, 100)}"; the map shows the city as it was recorded then`,
    );
  }
  const at = momentOf(asked);
  const statuses = await Promise.all(layers.map(({ name }) => catalogue.status(name, view)));
  const since = statuses
    .flatMap(({ knownSince }) => (knownSince === undefined ? [] : [knownSince]))
    .toSorted();
  const [first] = since;
  if (first !== undefined && at.getTime() < Date.parse(first)) {
    throw invalid(
      `TIME lies before what is known of these layers, which begins at ${upToSecond(Date.parse(first))}`,
    );
  }
  return { ...view, at };
}

/** An instant, or a day, month or year, which mean their end, or now while they last (D.2.1). */
function momentOf(text: string): Date {
  const now = new Date();
  const hour = /^(\d{4}-\d\d-\d\dT\d\d)(Z|[+ -]\d\d:?\d\d)$/i.exec(text);
  const [, year, month] = /^(\d{4})(?:-(0[1-9]|1[0-2]))?$/.exec(text) ?? [];
  try {
    if (hour) return parseRecordedMoment(`${hour[1]}:00${hour[2]}`, 'TIME', now);
    if (year === undefined) return parseRecordedMoment(text, 'TIME', now);
    const lasts = dayInCity(now).startsWith(text);
    return lasts ? now : parseRecordedMoment(lastDay(Number(year), Number(month ?? 12)), 'TIME', now);
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : 'TIME cannot be read');
  }
}

const lastDay = (year: number, month: number): string =>
  new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);

const invalid = (message: string) => invalidParameter('time', message);

const upToSecond = (ms: number): string =>
  `${new Date(Math.ceil(ms / 1000) * 1000).toISOString().slice(0, 19)}Z`;
