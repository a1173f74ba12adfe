import { asTwinError, conflict } from '../../core/errors.ts';
import { zipStream } from '../../tiles/zip-stream.ts';
import type { Identity } from '../access/identity.ts';
import type { ScenarioState } from '../access/view.ts';
import type { Task } from '../jobs/jobs.ts';
import type { Log } from '../log.ts';
import {
  type ClaimedPackage,
  claimPackage,
  endPackage,
  failPackage,
  keepPiece,
  PIECE_BYTES,
  postponePackage,
} from '../store/order-book.ts';
import type { Pool } from '../store/pool.ts';
import { filesOfOrder } from './pack-order.ts';
import { type OrderPlace, settleOrder } from './settle-order.ts';

export interface OrderMaking {
  readonly place: OrderPlace;
  readonly pool: Pool;
  readonly findScenario: (id: string, who: Identity) => Promise<ScenarioState | undefined>;
  readonly log: Log;
}

/** A package that has broken down so many servers is not begun again. */
const MOST_TRIES = 4;
const MOST_PERCENT = 99;
const UNWANTED = new Error('nobody wants the package any more');

/** The job that makes a package, piece by piece into the database: what a dead server wrote is written anew. */
export function orderTask({ place, pool, findScenario, log }: OrderMaking): Task {
  const make = async (claimed: ClaimedPackage, signal: AbortSignal): Promise<void> => {
    const { order, at } = claimed;
    const who: Identity = { who: claimed.who, roles: claimed.roles as Identity['roles'] };
    const scenario = claimed.scenario === null ? undefined : await findScenario(claimed.scenario, who);
    if (claimed.scenario !== null && !scenario) {
      throw conflict('The scenario is not there any more, or not for this profile', 'scenario');
    }
    const view = { who, ...(at !== null && { at: new Date(at) }), ...(scenario && { scenario }) };
    const settled = await settleOrder(place, order, view, signal);
    const expected = Math.max(1, settled.estimate.bytes);
    let [ordinal, written] = [0, 0];
    for await (const piece of inPieces(zipStream(filesOfOrder(place, settled)))) {
      signal.throwIfAborted();
      const percent = Math.min(MOST_PERCENT, Math.floor((100 * written) / expected));
      if (!(await keepPiece(pool, claimed, ordinal++, piece, percent))) throw UNWANTED;
      written += piece.length;
    }
    await endPackage(pool, claimed, written);
    log.info({ package: claimed.digest, bytes: written }, 'order packed');
  };

  return async (payload, stopping) => {
    const claimed = await claimPackage(pool, digestOf(payload));
    if (!claimed) return;
    if (claimed.tries > MOST_TRIES) {
      const message = `It was begun ${MOST_TRIES} times, and each time the work broke off; ${claimed.problem ? `the last time: ${claimed.problem.message}` : 'order less at once'}`;
      return failPackage(pool, claimed, { kind: 'unavailable', message });
    }
    try {
      await make(claimed, stopping);
    } catch (error) {
      if (error === UNWANTED) return;
      const { kind, message, cause } = asTwinError(error);
      // Another server, or this one after its start, goes on.
      if (stopping.aborted) throw error;
      if (kind === 'unavailable') {
        // Where the database is away it cannot be told; the next attempt removes what this one wrote.
        await postponePackage(pool, claimed, { kind, message }).catch(() => {});
        throw error;
      }
      if (kind === 'internal') log.error({ err: cause, package: claimed.digest }, 'an order failed');
      await failPackage(pool, claimed, {
        kind,
        message:
          kind === 'internal' ? 'The package could not be made; the log of the service says why' : message,
      });
    }
  };
}

/** The same bytes in pieces of one size, the last one shorter. */
async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(PIECE_BYTES);
  let length = 0;
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + PIECE_BYTES - length);
      piece.set(part, length);
      length += part.length;
      at += part.length;
      if (length < PIECE_BYTES) continue;
      yield piece;
      piece = new Uint8Array(PIECE_BYTES);
      length = 0;
    }
  }
  if (length > 0) yield piece.subarray(0, length);
}

function digestOf(payload: unknown): string {
  const digest =
    typeof payload === 'object' && payload !== null && 'digest' in payload ? payload.digest : undefined;
  if (typeof digest !== 'string') throw new Error('a job without a package');
  return digest;
}
