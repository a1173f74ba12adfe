/** The query parameters of records (20-004r1, 8.4 and 8.6) as the neutral query. */
import { invalidParameter } from '../../../core/errors.ts';
import type { SortKey } from '../../../core/feature/query.ts';
import { allOf, type Filter } from '../../../core/filter/ast.ts';
import { parseBbox } from '../../../core/geo/bbox.ts';
import { CRS84_URI } from '../../../core/geo/crs.ts';
import { type Kvp, parseWhole } from '../../http/kvp.ts';
import { RECORD_PARAMETERS } from './part.ts';
import { filterOfMembers, queryableOf, SORTABLES } from './record-members.ts';

const LIMIT = { standard: 10, highest: 1_000 } as const;
const MOST_RECORDS = 1_000_000;
const WGS84 = 4326;

export interface RecordQuery {
  readonly filter?: Filter;
  readonly sort?: readonly SortKey[];
  readonly limit: number;
  readonly offset: number;
}

/** @throws TwinError invalid-parameter, also for a parameter that is not known */
export function readRecordQuery(kvp: Kvp, given: Iterable<string>): RecordQuery {
  const known = [...RECORD_PARAMETERS.map(({ name }) => name), 'f', 'lang'];
  for (const name of given) {
    if (!known.some((each) => each.toLowerCase() === name.toLowerCase())) {
      throw invalidParameter(
        name.slice(0, 100),
        `Parameter "${name.slice(0, 100)}" is not known here; known: ${known.join(', ')}`,
      );
    }
  }
  for (const name of ['crs', 'bbox-crs', 'filter-crs']) refuseOtherCrs(kvp, name);
  const filter = allOf(
    ofWords(kvp.list('q')),
    ofBox(kvp.get('bbox')),
    ofTime(kvp.get('datetime')),
    oneOf('type', kvp.list('type')),
    ofIds(kvp.list('ids')),
    ofIds(kvp.list('externalids')?.map(valueOfExternalId)),
    filterOfMembers(kvp),
  );
  const sort = kvp.list('sortby')?.map(sortKey);
  return {
    ...(filter && { filter }),
    ...(sort && { sort }),
    limit: Math.min(
      parseWhole(kvp.get('limit') ?? String(LIMIT.standard), 'limit', 1, Number.MAX_SAFE_INTEGER),
      LIMIT.highest,
    ),
    offset: parseWhole(kvp.get('offset') ?? '0', 'offset', 0, MOST_RECORDS),
  };
}

/** @throws TwinError invalid-parameter for any system but that in which records are kept */
export function refuseOtherCrs(kvp: Kvp, name: string): void {
  const uri = kvp.get(name);
  if (uri === undefined || uri === CRS84_URI) return;
  throw invalidParameter(name, `Records come in ${CRS84_URI}, not in "${uri.slice(0, 100)}"`);
}

/** Terms between commas are alternatives; the words of a term stand together, in this order, whatever their case. */
const ofWords = (terms: readonly string[] | undefined): Filter | undefined =>
  terms && {
    op: 'or',
    args: terms.map((term) => ({
      ...{ op: 'like', property: 'any_text', matchCase: false },
      pattern: `%${term.replaceAll(/[\\%_]/g, '\\$&').replaceAll(/\s+/g, ' ')}%`,
    })),
  };

const ofBox = (text: string | undefined): Filter | undefined =>
  text === undefined ? undefined : { op: 'bbox', bbox: parseBbox(text, WGS84, 'easting-northing') };

const oneOf = (property: string, values: readonly string[] | undefined): Filter | undefined =>
  values && { op: 'in', property, values };

const ofIds = (ids: readonly string[] | undefined): Filter | undefined => ids && { op: 'ids', ids };

/** `scheme:value` or the value alone: ids of ours hold a colon too, so only an address is a scheme. */
const valueOfExternalId = (text: string): string => text.replace(/^https?:\/\/.*\/csw:/, '');

/** Records whose data were last changed at that moment, on that day or within the interval. */
function ofTime(text: string | undefined): Filter | undefined {
  if (text === undefined) return undefined;
  const parts = text.split('/');
  const [from, to = from] = parts;
  const start = moment(from, 'T00:00:00Z');
  const end = moment(to, 'T23:59:59.999Z');
  if (parts.length > 2 || (start === undefined && end === undefined && parts.length === 1))
    throw badTime(text);
  return allOf(
    start === undefined ? undefined : { op: 'compare', operator: '>=', property: 'modified', value: start },
    end === undefined ? undefined : { op: 'compare', operator: '<=', property: 'modified', value: end },
  );

  function moment(part: string | undefined, ofDay: string): string | undefined {
    if (part === undefined || part === '' || part === '..') return undefined;
    const whole = /^\d{4}-\d{2}-\d{2}$/.test(part) ? `${part}${ofDay}` : part;
    if (!/^\d{4}-\d{2}-\d{2}T/.test(whole) || Number.isNaN(Date.parse(whole))) throw badTime(text ?? '');
    return new Date(whole).toISOString();
  }
}

const badTime = (text: string) =>
  invalidParameter(
    'datetime',
    `datetime must be a moment, a day, or an interval with "/" and ".." for an open end, got "${text.slice(0, 100)}"`,
  );

function sortKey(text: string): SortKey {
  const name = text.replace(/^[+-]/, '').trim();
  const property = queryableOf(name);
  if (property === undefined) {
    throw invalidParameter(
      'sortby',
      `Records are not sorted by "${name.slice(0, 50)}"; take ${SORTABLES.join(', ')}`,
    );
  }
  return { property, descending: text.startsWith('-') };
}
