import type { CancelSignal } from '../cancel.ts';
import { allOf, type Literal } from '../filter/ast.ts';
import { comparableValue, compileFilter, shownValue } from '../filter/evaluate.ts';
import { filterableProperty } from '../filter/typed-literal.ts';
import { reproject } from '../geo/crs.ts';
import { checkQuery, layerNamed, propertiesReturned } from './check-query.ts';
import type { Feature } from './feature.ts';
import type { Layer } from './layer.ts';
import type { FeatureQuery } from './query.ts';
import type { FeatureSource } from './source.ts';

/**
 * Features held in memory, their geometries in the storage CRS of their layer. The reference for what
 * every other source must answer.
 */
export function memorySource(layers: readonly Layer[], features: readonly Feature[]): FeatureSource {
  const byLayer = new Map<string, Feature[]>(layers.map(({ name }) => [name, []]));
  for (const feature of features) byLayer.get(feature.layer)?.push(feature);

  const rows = (layer: Layer, query: FeatureQuery): readonly Feature[] => {
    checkQuery(query, layer);
    const filter = allOf(query.bbox && { op: 'bbox', bbox: query.bbox }, query.filter);
    const matches = filter ? compileFilter(filter, layer) : () => true;
    return (byLayer.get(layer.name) ?? []).filter((feature) => matches(feature) === true);
  };

  return {
    layers: async () => layers,

    async *query(query, signal) {
      signal.throwIfAborted();
      const layer = layerNamed(layers, query.layer);
      const sorted = rows(layer, query).toSorted(orderOf(query, layer));
      const { after } = query;
      const remaining = after === undefined ? sorted : sorted.filter(({ id }) => id > after);
      const start = query.offset ?? 0;
      const page = remaining.slice(start, query.limit === undefined ? undefined : start + query.limit);
      for (const feature of page) {
        signal.throwIfAborted();
        yield asAsked(feature, query, layer);
      }
    },

    async count(query, signal, most = Number.POSITIVE_INFINITY) {
      signal.throwIfAborted();
      return Math.min(rows(layerNamed(layers, query.layer), query).length, most);
    },

    async byId(name: string, id: string, srid: number | undefined, signal: CancelSignal) {
      signal.throwIfAborted();
      const layer = layerNamed(layers, name);
      const query: FeatureQuery = srid === undefined ? { layer: name } : { layer: name, srid };
      checkQuery(query, layer);
      const feature = byLayer.get(name)?.find((each) => each.id === id);
      return feature && asAsked(feature, query, layer);
    },
  };
}

function orderOf(query: FeatureQuery, layer: Layer): (a: Feature, b: Feature) => number {
  const keys = (query.sort ?? []).map((key) => ({
    property: filterableProperty(layer, key.property, 'sortby'),
    sign: key.descending ? -1 : 1,
  }));
  return (a, b) => {
    for (const { property, sign } of keys) {
      const order = compareNullsLast(comparableValue(a, property), comparableValue(b, property), sign);
      if (order !== 0) return order;
    }
    return a.id < b.id ? -1 : Number(a.id > b.id);
  };
}

/** Absent values stand last in either direction. */
function compareNullsLast(a: Literal, b: Literal, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -sign : a > b ? sign : 0;
}

function asAsked(feature: Feature, query: FeatureQuery, layer: Layer): Feature {
  const properties = Object.fromEntries(
    propertiesReturned(query, layer).map((property) => [property.name, shownValue(feature, property)]),
  );
  const shown = query.withGeometry === false ? undefined : feature.geometry;
  const geometry = shown && reproject(shown, layer.srid, query.srid ?? layer.srid);
  return { layer: layer.name, id: feature.id, geometry, properties };
}
