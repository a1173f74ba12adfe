import type { CancelSignal } from '../cancel.ts';
import type { Feature } from './feature.ts';
import type { Layer } from './layer.ts';
import type { FeatureQuery } from './query.ts';

/** Rows in order, to be gone through once. */
export interface FeatureStream extends AsyncIterable<Feature> {
  /** The same rows, many at a time: waiting for each of a thousand costs as much as writing it. */
  readonly batches?: () => AsyncIterable<Iterable<Feature>>;
}

/** The rows of a stream as the source reads them, or one by one. */
export async function* batchesOf(features: FeatureStream): AsyncGenerator<Iterable<Feature>> {
  if (features.batches) yield* features.batches();
  else for await (const feature of features) yield [feature];
}

/**
 * Where features come from. Implementations: memory (tests, demo generator), PostGIS; decorators narrow or
 * change what is seen. All are held to `test/contract/feature-source.cases.ts`.
 *
 * Every method throws TwinError `not-found` for an unknown layer, `invalid-parameter` for an unknown or hidden
 * property, and rejects with the signal's reason when aborted.
 */
export interface FeatureSource {
  /** The layers that can be asked for. */
  layers(): Promise<readonly Layer[]>;
  /** Rows in order, streamed; nothing is held in memory. */
  query(query: FeatureQuery, signal: CancelSignal): FeatureStream;
  /** Exact number of rows that the query matches without its paging. */
  count(query: FeatureQuery, signal: CancelSignal): Promise<number>;
  /** One object by business id, or undefined. */
  byId(
    layer: string,
    id: string,
    srid: number | undefined,
    signal: CancelSignal,
  ): Promise<Feature | undefined>;
}
