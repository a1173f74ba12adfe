/** Parameters of `/items` turned into the neutral query. */
import { invalidParameter } from '../../../core/errors.ts';
import { type Layer, propertyOf } from '../../../core/feature/layer.ts';
import type { FeatureQuery, SortKey } from '../../../core/feature/query.ts';
import { allOf, type Filter } from '../../../core/filter/ast.ts';
import { filterableProperty } from '../../../core/filter/typed-literal.ts';
import type { CrsReference } from '../../../core/geo/crs.ts';
import { readCursor } from '../../http/cursor.ts';
import { parseWhole } from '../../http/kvp.ts';
import { bboxFilter } from './bbox-parameter.ts';
import { readCrs } from './crs-parameter.ts';
import { datetimeFilter } from './datetime.ts';
import { cql2Filter } from './filter-parameter.ts';

export const LIMIT = { standard: 10, highest: 10_000 } as const;
const HIGHEST_OFFSET = 1e12;

const ITEMS_PARAMETERS = [
  'bbox',
  'bbox-crs',
  'crs',
  'datetime',
  'filter',
  'filter-crs',
  'filter-lang',
  'limit',
  'offset',
  'cursor',
  'properties',
  'skipGeometry',
  'sortby',
] as const;

/** Names of every parameter of the items of a layer: its queryables are some of them. */
export const itemsParameters = (layer: Layer): readonly string[] => [
  ...ITEMS_PARAMETERS,
  'id',
  ...layer.properties.map(({ name }) => name),
];

export interface ItemsRequest {
  /** Without limit. */
  readonly query: FeatureQuery;
  readonly limit: number;
  /** Rows before this page, as far as known. */
  readonly before: number;
  /** How many rows match, as the page before knew. */
  readonly matched: number | undefined;
  /** Whether pages can be continued by key. */
  readonly byKey: boolean;
  readonly crs: CrsReference;
}

/** @throws TwinError invalid-parameter */
export function readItemsRequest(parameters: URLSearchParams, layer: Layer): ItemsRequest {
  const crs = readCrs(parameters.get('crs'), 'crs', layer);
  const properties = namesOf(parameters.get('properties'), layer);
  const sort = readSort(parameters.get('sortby'), layer);
  const filter = readFilter(parameters, layer);
  const limit = Math.min(
    parseWhole(parameters.get('limit') ?? String(LIMIT.standard), 'limit', 1, Number.MAX_SAFE_INTEGER),
    LIMIT.highest,
  );
  const cursor = readPlace(parameters, sort);
  return {
    query: {
      layer: layer.name,
      srid: crs.srid,
      ...(filter ? { filter } : {}),
      ...(properties ? { properties } : {}),
      ...(readFlag(parameters, 'skipGeometry') ? { withGeometry: false } : {}),
      ...(sort.length > 0 ? { sort } : {}),
      ...(cursor.after === undefined ? {} : { after: cursor.after }),
      ...(cursor.after === undefined && cursor.before > 0 ? { offset: cursor.before } : {}),
    },
    limit,
    before: cursor.before,
    matched: cursor.matched,
    byKey: sort.length === 0,
    crs,
  };
}

function readPlace(parameters: URLSearchParams, sort: readonly SortKey[]) {
  const cursor = parameters.get('cursor');
  const offset = parameters.get('offset');
  if (cursor === null) {
    return {
      before: offset === null ? 0 : parseWhole(offset, 'offset', 0, HIGHEST_OFFSET),
      after: undefined,
      matched: undefined,
    };
  }
  if (offset !== null) throw invalidParameter('offset', 'offset and cursor cannot be given together');
  const place = readCursor(cursor);
  if (sort.length > 0 && place.after !== undefined) {
    throw invalidParameter(
      'cursor',
      'The cursor is of a listing without sortby; follow its links as they are',
    );
  }
  return place;
}

function readFilter(parameters: URLSearchParams, layer: Layer): Filter | undefined {
  const bbox = parameters.get('bbox');
  const bboxCrs = readCrs(parameters.get('bbox-crs'), 'bbox-crs', layer);
  const datetime = parameters.get('datetime');
  const equalities = [...parameters].flatMap(([property, value]): readonly Filter[] => {
    if (property === 'id') return [{ op: 'ids', ids: [value] }];
    if (!propertyOf(layer, property)) return [];
    return [{ op: 'compare', operator: '=', property, value }];
  });
  return allOf(
    bbox === null ? undefined : bboxFilter(bbox, bboxCrs),
    datetime === null ? undefined : datetimeFilter(datetime, layer),
    cql2Filter(parameters, layer),
    ...equalities,
  );
}

function namesOf(text: string | null, layer: Layer): readonly string[] | undefined {
  if (text === null) return undefined;
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'id');
  for (const name of names) filterableProperty(layer, name, 'properties');
  return names;
}

function readSort(text: string | null, layer: Layer): readonly SortKey[] {
  if (text === null) return [];
  return text.split(',').map((part) => {
    // A plus sign arrives as a space.
    const name = part.trim().replace(/^[+-]/, '');
    filterableProperty(layer, name, 'sortby');
    return { property: name, descending: part.trim().startsWith('-') };
  });
}

function readFlag(parameters: URLSearchParams, name: string): boolean {
  const text = parameters.get(name);
  if (text !== null && text !== 'true' && text !== 'false') {
    throw invalidParameter(name, `${name} must be true or false`);
  }
  return text === 'true';
}
