/** What is asked of `/api/obstructions` and `/feeds`, checked. */
import { invalidParameter } from '../../../core/errors.ts';
import { parseBbox, reprojectBbox } from '../../../core/geo/bbox.ts';
import { parseCrs } from '../../../core/geo/crs.ts';
import type { Span } from '../../../core/obstruction/spans.ts';
import { STATES, type State } from '../../../core/obstruction/workflow.ts';
import { type Kvp, parseWhole, readKvp } from '../../http/kvp.ts';
import type { Ask } from '../../http/protocol.ts';
import type { ObstructionQuery } from '../../services/obstructions.ts';

const LIMIT = { standard: 100, highest: 1_000 } as const;
const CITY_SRID = 2177;
const LONGEST_TRAFFIC_MS = 366 * 86_400_000;

/** @throws TwinError invalid-parameter naming the one that cannot be read */
export function queryOf({ query }: Pick<Ask, 'query'>): ObstructionQuery {
  const parameters = readKvp(query);
  const [from, to] = [momentAt(parameters, 'from'), momentAt(parameters, 'to')];
  if (from !== undefined && to !== undefined && from >= to) {
    throw invalidParameter('to', `to must be later than from; got ${from} and ${to}`);
  }
  return {
    box: boxOf(parameters),
    street: wordsAt(parameters, 'street'),
    owner: wordsAt(parameters, 'owner'),
    states: parameters.list('state')?.map(stateOf),
    from,
    to,
    limit: parseWhole(parameters.get('limit') ?? String(LIMIT.standard), 'limit', 1, LIMIT.highest),
  };
}

/** The span of `/api/obstructions/traffic`: by default the coming week. */
export function trafficSpan({ query }: Pick<Ask, 'query'>): Span {
  const parameters = readKvp(query);
  const fromMs = Date.parse(momentAt(parameters, 'from') ?? new Date().toISOString());
  const until = momentAt(parameters, 'to');
  const toMs = until === undefined ? fromMs + 7 * 86_400_000 : Date.parse(until);
  if (!(toMs > fromMs) || toMs - fromMs > LONGEST_TRAFFIC_MS) {
    throw invalidParameter('to', 'to must be later than from, by a year at most');
  }
  return { fromMs, toMs };
}

/** `bbox` in longitude and latitude, or as `bbox-crs` says; as a box of the city's CRS. */
export function boxOf(parameters: Kvp): ObstructionQuery['box'] {
  const text = parameters.get('bbox');
  if (text === undefined) return undefined;
  const crs = parseCrs(
    parameters.get('bbox-crs') ?? 'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
    'bbox-crs',
  );
  return reprojectBbox(parseBbox(text, crs.srid, crs.order), CITY_SRID);
}

const MOMENT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2}))?$/i;

function momentAt(parameters: Kvp, name: string): string | undefined {
  // A + of a time zone that was not encoded arrives as a space.
  const text = parameters.get(name)?.replace(/ (?=\d{2}:?\d{2}$)/, '+');
  if (text === undefined) return undefined;
  const moment = new Date(text);
  if (!MOMENT.test(text) || Number.isNaN(moment.getTime())) {
    throw invalidParameter(
      name,
      `${name} must be a day or a moment with its time zone, such as 2026-05-01 or 2026-05-01T08:00:00Z; got "${text.slice(0, 100)}"`,
    );
  }
  return moment.toISOString();
}

function wordsAt(parameters: Kvp, name: string): string | undefined {
  const text = parameters.get(name);
  if (text !== undefined && (text.length > 200 || text.includes('\0'))) {
    throw invalidParameter(name, `${name} must be up to 200 characters of text`);
  }
  return text;
}

function stateOf(text: string): State {
  const state = STATES.find((each) => each === text);
  if (!state)
    throw invalidParameter('state', `state must be of ${STATES.join(', ')}; got "${text.slice(0, 100)}"`);
  return state;
}
