/** Documents of many features, in chunks that are worth sending. */
import type { Feature } from '../feature/feature.ts';
import { batchesOf, type FeatureStream } from '../feature/source.ts';
import type { ByteWriter } from './byte-writer.ts';

/** About so much leaves at once; smaller chunks cost more calls into the system. */
const CHUNK_BYTES = 128 * 1024;

/** Writes one feature after another and gives what is written away by chunks; the rest stays in the writer. */
export async function* inChunks<F extends Feature>(
  out: ByteWriter,
  features: FeatureStream<F>,
  write: (feature: F) => void,
): AsyncGenerator<Uint8Array> {
  for await (const batch of batchesOf(features)) {
    for (const feature of batch) {
      write(feature);
      if (out.length >= CHUNK_BYTES) yield out.take();
    }
  }
}
