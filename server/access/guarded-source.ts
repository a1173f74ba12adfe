import { notSupported } from '../../core/errors.ts';
import { checkQuery, layerNamed, propertiesReturned } from '../../core/feature/check-query.ts';
import { withoutDetail } from '../../core/feature/critical-detail.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import { propertiesOf } from '../../core/filter/ast.ts';
import { filterableProperty } from '../../core/filter/typed-literal.ts';
import type { Identity } from './identity.ts';
import { visibleLayers } from './visible-layer.ts';

/**
 * A source as this person may see it: hidden properties are in no answer, and whoever filters or sorts by one
 * hears that there is no such property. Critical detail is null; a source that keeps all of it cannot be filtered or
 * sorted by it without telling, so that this is refused. Works over any source.
 */
export function guardedSource(source: FeatureSource, who: Identity): FeatureSource {
  const layers = async () => visibleLayers(await source.layers(), who);

  /** The query with nothing hidden in it, and what of its rows is told. */
  const permitted = async (query: FeatureQuery): Promise<{ asked: FeatureQuery; told: Telling }> => {
    const layer = layerNamed(await layers(), query.layer);
    const { critical } = layer;
    checkQuery(query, layer);
    const filtered = query.filter ? propertiesOf(query.filter) : [];
    for (const property of filtered) filterableProperty(layer, property, 'filter');
    const returned = propertiesReturned(query, layer).map(({ name }) => name);
    if (!critical) return { asked: { ...query, properties: returned }, told: (feature) => feature };
    const kept = [...filtered, ...(query.sort ?? []).map(({ property }) => property)].find((property) =>
      critical.properties.includes(property),
    );
    if (kept !== undefined) {
      throw notSupported(
        `${kept} is told of some objects only; this source cannot filter or sort by it`,
        kept,
      );
    }
    const judgedBy = critical.objects.flatMap((conditions) => Object.keys(conditions));
    return {
      asked: { ...query, properties: [...new Set([...returned, ...judgedBy])] },
      told: (feature) => {
        const { properties } = withoutDetail(critical, feature);
        return {
          ...feature,
          properties: Object.fromEntries(returned.map((name) => [name, properties[name] ?? null])),
        };
      },
    };
  };

  return {
    layers,
    async *query(query, signal) {
      signal.throwIfAborted();
      const { asked, told } = await permitted(query);
      for await (const feature of source.query(asked, signal)) yield told(feature);
    },
    async count(query, signal, most) {
      signal.throwIfAborted();
      return source.count((await permitted(query)).asked, signal, most);
    },
    async byId(layer, id, srid, signal) {
      signal.throwIfAborted();
      const { asked, told } = await permitted({
        layer,
        filter: { op: 'ids', ids: [id] },
        limit: 1,
        ...(srid !== undefined && { srid }),
      });
      for await (const feature of source.query(asked, signal)) return told(feature);
      return undefined;
    },
  };
}

type Telling = (feature: Feature) => Feature;
