import type { CancelSignal } from '../../core/cancel.ts';
import { unknownLayer } from '../../core/feature/check-query.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import type { Row } from './connection.ts';
import { featureMaker } from './feature-maker.ts';
import type { KeptPieces } from './kept-pieces.ts';
import type { Pool } from './pool.ts';
import { currentRelation, type Relation } from './relation.ts';
import { countSql, rowsSql } from './rows-sql.ts';
import { writtenPage } from './written-features.ts';

/** Up to this many rows are asked for at once; more go through a cursor. */
const ROWS_IN_ONE_ANSWER = 1_000;

/** The layers that stand in the store now. */
export type LayersProvider = () => Promise<readonly Layer[]>;

/** The rows of a layer; undefined when it is not there at all. */
export type RelationOf = (layer: Layer) => Relation | undefined;

/**
 * The features of the store, by default all that is current. Rows are streamed; a query whose signal aborts is
 * cancelled in the database.
 * @param pieces where written features are kept; without it the source writes none
 */
export function postgisSource(
  pool: Pool,
  layersOfStore: LayersProvider,
  relationOf: RelationOf = currentRelation,
  pieces?: KeptPieces,
): FeatureSource {
  const knownLayers = async (): Promise<readonly Layer[]> =>
    (await layersOfStore()).flatMap((layer) => relationOf(layer)?.layer ?? []);
  const relationNamed = async (name: string): Promise<Relation> => {
    const layer = (await layersOfStore()).find((each) => each.name === name);
    const relation = layer && relationOf(layer);
    if (relation) return relation;
    throw unknownLayer(await knownLayers(), name);
  };

  async function* featureBatches(
    query: FeatureQuery,
    signal: CancelSignal,
  ): AsyncGenerator<Iterable<Feature>> {
    signal.throwIfAborted();
    const relation = await relationNamed(query.layer);
    const statement = rowsSql(relation, query);
    const toFeature = featureMaker(relation, query);
    const isSmall = query.limit !== undefined && query.limit <= ROWS_IN_ONE_ANSWER;
    if (isSmall) yield each(await pool.read(statement, signal), toFeature, signal);
    else for await (const rows of pool.stream(statement, signal)) yield each(rows, toFeature, signal);
  }

  const source: FeatureSource = {
    layers: knownLayers,

    query(query, signal) {
      const batches = () => featureBatches(query, signal);
      return { batches, [Symbol.asyncIterator]: () => oneByOne(batches()) };
    },

    async count(query, signal, most) {
      signal.throwIfAborted();
      const relation = await relationNamed(query.layer);
      const [row] = await pool.read<{ count: number }>(countSql(relation, query, most), signal);
      return row?.count ?? 0;
    },

    async written(query, form, signal) {
      signal.throwIfAborted();
      const relation = await relationNamed(query.layer);
      const { stamped } = relation;
      if (!pieces || !stamped) return undefined;
      return writtenPage({ pool, pieces }, { ...relation, stamped }, query, form, signal);
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

/** Features are made when they are asked for, so that only rows are held. */
function* each(
  rows: readonly Row[],
  toFeature: (row: Row) => Feature,
  signal: CancelSignal,
): Generator<Feature> {
  for (const row of rows) {
    signal.throwIfAborted();
    yield toFeature(row);
  }
}

async function* oneByOne(batches: AsyncIterable<Iterable<Feature>>): AsyncGenerator<Feature> {
  for await (const batch of batches) yield* batch;
}
