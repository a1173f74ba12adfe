import { unknownLayer } from '../../core/feature/check-query.ts';
import type { Feature, PropertyValue } from '../../core/feature/feature.ts';
import type { Layer, PropertyDeclaration } from '../../core/feature/layer.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import type { Row } from './connection.ts';
import type { Pool } from './pool.ts';
import { currentRelation, type Relation } from './relation.ts';
import { countSql, rowProperties, rowsSql } from './rows-sql.ts';

/** Up to this many rows are asked for at once; more go through a cursor. */
const ROWS_IN_ONE_ANSWER = 1_000;

/** The layers that stand in the store now. */
export type LayersProvider = () => Promise<readonly Layer[]>;

/** The rows of a layer; undefined when it is not there at all. */
export type RelationOf = (layer: Layer) => Relation | undefined;

/**
 * The features of the store, by default all that is current. Rows are streamed; a query whose signal aborts is
 * cancelled in the database.
 */
export function postgisSource(
  pool: Pool,
  layersOfStore: LayersProvider,
  relationOf: RelationOf = currentRelation,
): FeatureSource {
  const relations = async (): Promise<readonly Relation[]> =>
    (await layersOfStore()).flatMap((layer) => relationOf(layer) ?? []);
  const relationNamed = async (name: string): Promise<Relation> => {
    const known = await relations();
    const relation = known.find(({ layer }) => layer.name === name);
    if (relation) return relation;
    throw unknownLayer(
      known.map(({ layer }) => layer),
      name,
    );
  };

  const source: FeatureSource = {
    async layers() {
      return (await relations()).map(({ layer }) => layer);
    },

    async *query(query, signal) {
      signal.throwIfAborted();
      const relation = await relationNamed(query.layer);
      const statement = rowsSql(relation, query);
      const toFeature = featureMaker(relation, query);
      const isSmall = query.limit !== undefined && query.limit <= ROWS_IN_ONE_ANSWER;
      const rows = isSmall ? await pool.read(statement, signal) : pool.stream(statement, signal);
      for await (const row of rows) {
        signal.throwIfAborted();
        yield toFeature(row);
      }
    },

    async count(query, signal) {
      signal.throwIfAborted();
      const relation = await relationNamed(query.layer);
      const [row] = await pool.read<{ count: number }>(countSql(relation, query), signal);
      return row?.count ?? 0;
    },

    async byId(layer, id, srid, signal) {
      const one: FeatureQuery = { layer, filter: { op: 'ids', ids: [id] }, limit: 1 };
      const query = srid === undefined ? one : { ...one, srid };
      for await (const feature of source.query(query, signal)) return feature;
      return undefined;
    },
  };
  return source;
}

function featureMaker(relation: Relation, query: FeatureQuery): (row: Row) => Feature {
  const properties = rowProperties(relation, query);
  const layer = relation.layer.name;
  return (row) => ({
    layer,
    id: String(row['id']),
    geometry: row['geometry'] instanceof Uint8Array ? readWkb(row['geometry']) : undefined,
    properties: propertiesOf(row, properties),
  });
}

function propertiesOf(
  row: Row,
  properties: readonly PropertyDeclaration[],
): Readonly<Record<string, PropertyValue>> {
  const values: Record<string, PropertyValue> = {};
  for (const [index, property] of properties.entries()) {
    values[property.name] = (row[`p${index}`] ?? null) as PropertyValue;
  }
  return values;
}
