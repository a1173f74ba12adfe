/**
 * The one way out for measured values: notices of the database come in, readers get what was written. A server hears
 * of its own writes as it hears of another's, so any number of servers on one database behave as one.
 *
 * A position is a transaction id: whoever got everything up to it has missed nothing but values of transactions with
 * that id or a later one. Ids of rows would not do, for they are given before a commit and seen after it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { invalidParameter, unavailable } from '../../core/errors.ts';
import { type Observation, observationId } from '../../core/live/sensor-things.ts';
import type { LiveFeed, LiveMessage } from '../services/live-feed.ts';
import { type Notices, notices } from './notices.ts';
import { Reader } from './reader.ts';

/** What the store offers to a follower of its observations (`server/store/observations.ts`). */
export interface FollowedLog {
  horizon(): Promise<bigint>;
  writtenIn(transactions: readonly bigint[], limit: number): Promise<readonly Observation[] | undefined>;
  writtenSince(horizon: bigint, limit: number): Promise<readonly Observation[] | undefined>;
}

interface Listener {
  onConnected(): void;
  onLost(): void;
  onNotice(payload: string, channel: string): void;
}

export interface LiveHubOptions {
  readonly log: FollowedLog;
  readonly listen: (listener: Listener) => { close(): Promise<void> };
  readonly mostReaders: number;
  /** The channel of what is told by topic; every other one tells of observations. */
  readonly noticeChannel: string;
}

export interface LiveHub extends LiveFeed {
  /** Ends every reader's stream with a word of farewell, and stops listening. */
  close(): Promise<void>;
}

/** Notices that come within this time are read together and told in one message; longer, the more readers there are. */
const GATHER_MS = 15;
const GATHER_MS_PER_READER = 0.2;
const LONGEST_GATHER_MS = 250;
const RETRY_MS = 500;
/** More values than this at once are not told one by one. */
const MOST_TOLD = 20_000;
/** Keys of values told lately, so that catching up repeats little. */
const MOST_REMEMBERED = 20_000;

export function openLiveHub({ log, listen, mostReaders, noticeChannel }: LiveHubOptions): LiveHub {
  const readers = new Set<Reader>();
  const told = new Set<string>();
  const closing = new AbortController();
  let position = 0n;
  let isStarted = false;
  let live = false;
  let since = new Date();
  let heard: { transaction: bigint; horizon: bigint }[] = [];
  let hears = false;
  let mustCatchUp = false;
  let wakened: () => void = () => {};

  const tell = (message: LiveMessage) => {
    for (const reader of readers) reader.push(message);
  };
  const status = (): LiveMessage => ({ kind: 'status', position: String(position), live, since });
  const setLive = (now: boolean) => {
    if (live === now) return;
    live = now;
    since = new Date();
    tell(status());
  };
  const tellNew = (observations: readonly Observation[] | undefined) => {
    if (observations === undefined) {
      tell({ kind: 'reset', position: String(position), reason: 'more than can be told one by one' });
      return;
    }
    const fresh = observations.filter((one) => !told.has(keyOf(one)));
    for (const one of fresh) told.add(keyOf(one));
    for (const key of told) {
      if (told.size <= MOST_REMEMBERED) break;
      told.delete(key);
    }
    if (fresh.length > 0) tell({ kind: 'observations', position: String(position), observations: fresh });
  };

  const catchUp = async () => {
    mustCatchUp = false;
    const horizon = await log.horizon();
    if (!isStarted) {
      isStarted = true;
      position = horizon;
    } else {
      const missed = await log.writtenSince(position, MOST_TOLD);
      position = horizon;
      tellNew(missed);
    }
    if (hears && !mustCatchUp) setLive(true);
  };
  const readHeard = async () => {
    const notices = heard;
    heard = [];
    const written = await log.writtenIn(
      notices.map(({ transaction }) => transaction),
      MOST_TOLD,
    );
    position = notices.at(-1)?.horizon ?? position;
    tellNew(written);
  };

  /** One thing after the other, so that positions only grow. */
  const follow = async () => {
    while (!closing.signal.aborted) {
      try {
        if (mustCatchUp) await catchUp();
        else if (heard.length > 0 && isStarted) await readHeard();
        else {
          await new Promise<void>((resolve) => {
            wakened = resolve;
          });
          await pause(Math.min(LONGEST_GATHER_MS, GATHER_MS + GATHER_MS_PER_READER * readers.size));
        }
      } catch {
        // What was to be read now is read from the position on.
        mustCatchUp = true;
        setLive(false);
        await pause(RETRY_MS);
      }
    }
  };
  const topical: Notices = notices(GATHER_MS, tell);
  const pause = (ms: number) => sleep(ms, undefined, { signal: closing.signal }).catch(() => {});

  const listening = listen({
    onConnected() {
      hears = true;
      mustCatchUp = true;
      wakened();
    },
    onLost() {
      hears = false;
      setLive(false);
    },
    onNotice(payload, channel) {
      if (channel === noticeChannel) {
        topical.hear(payload);
        return;
      }
      const [transaction, horizon] = payload.split(' ');
      if (!isPosition(transaction) || !isPosition(horizon)) return;
      heard.push({ transaction: BigInt(transaction), horizon: BigInt(horizon) });
      wakened();
    },
  });
  const following = follow();

  return {
    subscribe({ datastreams, topics, since: from }, signal) {
      if (from !== undefined && !isPosition(from)) {
        throw invalidParameter('since', 'since must be the id of an event of this service');
      }
      if (closing.signal.aborted) throw unavailable('The service is stopping; try again shortly');
      if (readers.size >= mostReaders) {
        throw unavailable(`${mostReaders} readers follow the live values already; try again later`);
      }
      const reader = new Reader(datastreams, topics);
      readers.add(reader);
      const leave = () => {
        readers.delete(reader);
        reader.stop();
      };
      signal.addEventListener('abort', leave, { once: true });
      reader.push(status());
      return messagesOf(reader, from === undefined ? undefined : () => missedSince(log, BigInt(from)), leave);
    },
    async close() {
      closing.abort();
      topical.close();
      wakened();
      tell({ kind: 'end', reason: 'the service is stopping' });
      await Promise.all([listening.close(), following]);
    },
  };
}

/** A value that was corrected is news. */
const keyOf = (one: Observation): string => `${observationId(one)} ${JSON.stringify(one.result)}`;

const isPosition = (text: string | undefined): text is string => /^\d{1,19}$/.test(text ?? '');

async function* messagesOf(
  reader: Reader,
  missed: (() => Promise<LiveMessage | undefined>) | undefined,
  leave: () => void,
): AsyncGenerator<LiveMessage> {
  try {
    const first = await missed?.();
    // What is told meanwhile waits with the reader.
    if (first !== undefined) reader.unshift(first);
    yield* reader.messages();
  } finally {
    leave();
  }
}

async function missedSince(log: FollowedLog, from: bigint): Promise<LiveMessage | undefined> {
  const horizon = String(await log.horizon());
  const observations = await log.writtenSince(from, MOST_TOLD);
  if (observations === undefined) {
    return { kind: 'reset', position: horizon, reason: 'more was missed than can be told one by one' };
  }
  return observations.length === 0 ? undefined : { kind: 'observations', position: horizon, observations };
}
