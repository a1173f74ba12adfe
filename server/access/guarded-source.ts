import { checkQuery, layerNamed, propertiesReturned } from '../../core/feature/check-query.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import { propertiesOf } from '../../core/filter/ast.ts';
import { filterableProperty } from '../../core/filter/typed-literal.ts';
import type { Identity } from './identity.ts';
import { visibleLayers } from './visible-layer.ts';

/**
 * A source as this person may see it: hidden properties are in no answer, and whoever filters or sorts by one
 * hears that there is no such property. Works over any source.
 */
export function guardedSource(source: FeatureSource, who: Identity): FeatureSource {
  const layers = async () => visibleLayers(await source.layers(), who);

  /** The query with nothing hidden in it. */
  const permitted = async (query: FeatureQuery): Promise<FeatureQuery> => {
    const layer = layerNamed(await layers(), query.layer);
    checkQuery(query, layer);
    for (const property of query.filter ? propertiesOf(query.filter) : []) {
      filterableProperty(layer, property, 'filter');
    }
    return { ...query, properties: propertiesReturned(query, layer).map(({ name }) => name) };
  };

  return {
    layers,
    async *query(query, signal) {
      signal.throwIfAborted();
      yield* source.query(await permitted(query), signal);
    },
    async count(query, signal) {
      signal.throwIfAborted();
      return source.count(await permitted(query), signal);
    },
    async byId(layer, id, srid, signal) {
      signal.throwIfAborted();
      const query = await permitted({
        layer,
        filter: { op: 'ids', ids: [id] },
        limit: 1,
        ...(srid !== undefined && { srid }),
      });
      for await (const feature of source.query(query, signal)) return feature;
      return undefined;
    },
  };
}
