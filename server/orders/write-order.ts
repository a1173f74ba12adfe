/** An order written into a file, without a queue. */
import type { NewDataOrder, OrderEstimate } from '../../core/wire/order.ts';
import { zipStream } from '../../tiles/zip-stream.ts';
import type { View } from '../access/view.ts';
import type { Pool } from '../store/pool.ts';
import { useSql } from '../store/use-register.ts';
import { checkAmount } from './check-amount.ts';
import { checkIncluded, needCase, seenInProfile } from './check-profile.ts';
import { filesOfOrder, orderVersion } from './pack-order.ts';
import { type OrderPlace, settleOrder } from './settle-order.ts';
import { writeWhole } from './write-whole.ts';

export interface OrderWriting {
  readonly place: OrderPlace;
  /** Where the use register is kept. */
  readonly pool: Pool;
  readonly order: NewDataOrder;
  /** Of the office. */
  readonly view: View;
  readonly path: string;
  readonly signal: AbortSignal;
  /** @param total bytes as estimated */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface OrderWritten {
  readonly file: string;
  readonly bytes: number;
  readonly objects: number;
  readonly crs: string;
  readonly heights: string;
  /** As of the same order by the API in the same profile. */
  readonly version: string;
  readonly layers: OrderEstimate['layers'];
  readonly skipped: OrderEstimate['skipped'];
  readonly seconds: number;
}

/**
 * Packs an order beside its place and puts it there when it is whole; it is then put down in the use register.
 * @throws TwinError as `Orders.put`, and as `writeWhole`; the signal's reason when aborted. Nothing was written then.
 */
export async function writeOrder(writing: OrderWriting): Promise<OrderWritten> {
  const { place, pool, order, view, path, signal, onProgress = () => {} } = writing;
  const started = performance.now();
  needCase(order);
  checkIncluded(order);
  const settled = await settleOrder(place, order, seenInProfile(order, view), signal);
  await checkAmount(place, settled);
  const version = await orderVersion(place, settled);
  const { objects, layers, skipped, bytes: expected } = settled.estimate;
  async function* watched(): AsyncGenerator<Uint8Array> {
    let done = 0;
    for await (const chunk of zipStream(filesOfOrder(place, settled))) {
      signal.throwIfAborted();
      yield chunk;
      done += chunk.length;
      onProgress(Math.min(done, expected), expected);
    }
  }
  const bytes = await writeWhole(path, watched(), async () => {
    signal.throwIfAborted();
    await pool.read(useSql({ order, who: view.who.who, objects }));
  });
  return {
    ...{ file: path, bytes, objects, crs: `EPSG:${order.srid}`, heights: order.heights, version },
    ...{ layers, skipped },
    seconds: Math.round(performance.now() - started) / 1000,
  };
}
