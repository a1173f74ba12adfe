/**
 * The dimension TIME (WMS 1.3.0, annexes C and D; 1.1.1, annexes B and C): the city as the twin had recorded it at a
 * moment. Every layer has it from its first load on, in the present city only; an address of a moment or scenario
 * has chosen its state already.
 */
import type { Layer, LayerStatus } from '../../../core/feature/layer.ts';
import { parseRecordedMoment } from '../../../core/scenario/recorded-moment.ts';
import type { View } from '../../access/view.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { Services } from '../../services.ts';
import { WmsError } from './exceptions.ts';

const CURRENT = 'current';
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

export interface StateOfMap {
  readonly view: View;
  /** Which value was taken for one that was not given. */
  readonly warnings: readonly string[];
}

/**
 * The state of the city that a map is asked in.
 * @throws WmsError InvalidDimensionValue for a list or interval, what cannot be read, what lies ahead, and what lies
 *   before any of the layers was known
 */
export async function stateOfMap(
  { catalogue }: Pick<Services, 'catalogue'>,
  kvp: Kvp,
  layers: readonly Layer[],
  view: View,
): Promise<StateOfMap> {
  // Layers with dimensions of their own keep no history, and of those of others none is known.
  if (layers.every(({ dimensions, cascaded }) => dimensions ?? cascaded)) return { view, warnings: [] };
  const asked = kvp.get('time')?.trim();
  if (asked === undefined) return { view, warnings: isChosen(view) ? [] : [DEFAULT_USED] };
  if (isChosen(view)) {
    throw invalid('This address shows the city in one state already; leave TIME out, or the state');
  }
  if (asked.toLowerCase() === CURRENT) return { view, warnings: [] };
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
  return { view: { ...view, at }, warnings: [] };
}

/** Suites compare the name of the header by its letters. */
export const warningHeader = (warnings: readonly string[]): Readonly<Record<string, string>> =>
  warnings.length > 0 ? { Warning: warnings.join(', ') } : {};

const isChosen = ({ at, scenario }: View): boolean => at !== undefined || scenario !== undefined;

/** In the words of the standard (C.4.2). */
const DEFAULT_USED = `99 Default value used: time=${CURRENT} ISO8601`;

/** An instant, or a day, month or year, which mean their end, or now while they last (D.2.1). */
function momentOf(text: string): Date {
  const now = new Date();
  const hour = /^(\d{4}-\d\d-\d\dT\d\d)(Z|[+ -]\d\d:?\d\d)$/i.exec(text);
  const [, year, month] = /^(\d{4})(?:-(0[1-9]|1[0-2]))?$/.exec(text) ?? [];
  try {
    if (hour) return parseRecordedMoment(`${hour[1]}:00${hour[2]}`, 'TIME', now);
    if (year === undefined) return parseRecordedMoment(text, 'TIME', now);
    const lasts = now.toISOString().startsWith(text);
    return lasts ? now : parseRecordedMoment(lastDay(Number(year), Number(month ?? 12)), 'TIME', now);
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : 'TIME cannot be read');
  }
}

const lastDay = (year: number, month: number): string =>
  new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);

const invalid = (message: string) => new WmsError('InvalidDimensionValue', message, 'time');

const upToSecond = (ms: number): string =>
  `${new Date(Math.ceil(ms / 1000) * 1000).toISOString().slice(0, 19)}Z`;
