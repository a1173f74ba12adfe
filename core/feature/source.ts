import type { CancelSignal } from '../cancel.ts';
import type { Feature } from './feature.ts';
import type { Layer } from './layer.ts';
import type { FeatureQuery } from './query.ts';

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
  query(query: FeatureQuery, signal: CancelSignal): AsyncIterable<Feature>;
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
