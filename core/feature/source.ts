import type { CancelSignal } from '../cancel.ts';
import type { Feature } from './feature.ts';
import type { Layer } from './layer.ts';
import type { FeatureQuery } from './query.ts';

/** Rows in order, to be gone through once. */
export interface FeatureStream<F extends Feature = Feature> extends AsyncIterable<F> {
  /** The same rows, many at a time: waiting for each of a thousand costs as much as writing it. */
  readonly batches?: () => AsyncIterable<Iterable<F>>;
}

/** The rows of a stream as the source reads them, or one by one. */
export async function* batchesOf<F extends Feature>(features: FeatureStream<F>): AsyncGenerator<Iterable<F>> {
  if (features.batches) yield* features.batches();
  else for await (const feature of features) yield [feature];
}

/** How a feature becomes bytes. Under one key the same object of the same layer and query becomes the same bytes. */
export interface WrittenForm {
  readonly key: string;
  /** Bytes that are read before the next call. */
  readonly write: (feature: Feature) => Uint8Array;
}

/** Features in a form, one after another. */
export interface WrittenPage {
  readonly count: number;
  /** Whether the query matches rows beyond its limit. */
  readonly hasMore: boolean;
  /** In the order of ids. */
  readonly lastId: string | undefined;
  readonly bytes: Uint8Array;
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
  /**
   * Exact number of rows that the query matches without its paging.
   * @param most where counting stops: an answer of `most` means that many or more
   */
  count(query: FeatureQuery, signal: CancelSignal, most?: number): Promise<number>;
  /**
   * The rows of a query with a limit as a form writes them, held at once. Undefined where the source keeps nothing
   * written: then they are to be read and written one by one.
   */
  written?(
    query: FeatureQuery & { readonly limit: number },
    form: WrittenForm,
    signal: CancelSignal,
  ): Promise<WrittenPage | undefined>;
  /** One object by business id, or undefined. */
  byId(
    layer: string,
    id: string,
    srid: number | undefined,
    signal: CancelSignal,
  ): Promise<Feature | undefined>;
}
