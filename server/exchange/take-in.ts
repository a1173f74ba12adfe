import type { LoadProblem, ReadEvent } from '../../core/formats/reader.ts';
import { beginLoad } from '../store/load.ts';
import type { LoadHeader, LoadTransaction } from '../store/load-contract.ts';
import type { Pool } from '../store/pool.ts';
import type { LoadCounts, LoadNote } from './load-report.ts';

type ReadObject = Extract<ReadEvent, { kind: 'object' }>;

export interface Intake {
  readonly pool: Pool;
  readonly events: AsyncIterable<ReadEvent>;
  /** Where the load goes, decided by its first object. */
  readonly headerFor: (first: ReadObject) => Promise<LoadHeader>;
  readonly signal: AbortSignal;
  readonly onStoring: (done: number, total: number) => void;
}

export interface TakenIn extends LoadCounts {
  readonly header: LoadHeader | undefined;
  readonly srids: ReadonlySet<number>;
  readonly notes: readonly LoadNote[];
  /** What ended the reading early; then nothing was stored. */
  readonly fault: unknown;
}

/**
 * Gives a stream of objects to the store in one transaction: all of it or nothing.
 * A failure of the stream itself is returned as `fault`; a failure of the store, and the reason of an aborted
 * signal, are thrown.
 */
export async function takeIn({ pool, events, headerFor, signal, onStoring }: Intake): Promise<TakenIn> {
  const problems: LoadProblem[] = [];
  const notes: LoadNote[] = [];
  const srids = new Set<number>();
  let read = 0;
  let header: LoadHeader | undefined;
  let load: LoadTransaction | undefined;
  const stop = () => void load?.abort();
  signal.addEventListener('abort', stop, { once: true });
  const iterator = events[Symbol.asyncIterator]();
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = await nextOf(iterator);
      if ('fault' in next) {
        await load?.abort();
        signal.throwIfAborted();
        const nothing = { written: 0, unchanged: 0, ended: 0, version: undefined };
        return { header, srids, read, ...nothing, problems, notes, fault: next.fault };
      }
      if (next.done === true) break;
      const event = next.value;
      if (event.kind === 'note') {
        const { kind: _, ...note } = event;
        notes.push(note);
        continue;
      }
      if (event.kind === 'addition') {
        await load?.add(event.layer, event.id, event.properties);
        continue;
      }
      read++;
      if (event.kind === 'rejected') {
        problems.push(event.problem);
        continue;
      }
      srids.add(event.srid);
      header ??= await headerFor(event);
      load ??= await beginLoad(pool, header);
      await load.write(event.feature, event.srid, event.ended);
    }
    signal.throwIfAborted();
    const stored = await load?.finish(onStoring, problems);
    return {
      header,
      srids,
      read,
      written: stored?.written ?? 0,
      unchanged: stored?.unchanged ?? 0,
      ended: stored?.ended ?? 0,
      problems: [...problems, ...(stored?.rejected ?? [])],
      notes,
      version: stored?.version,
      fault: undefined,
    };
  } catch (error) {
    await load?.abort();
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', stop);
    await iterator.return?.(undefined);
  }
}

/** Keeps a failure of the reader apart from a failure of the store. */
async function nextOf(
  iterator: AsyncIterator<ReadEvent>,
): Promise<IteratorResult<ReadEvent> | { readonly fault: unknown }> {
  try {
    return await iterator.next();
  } catch (fault) {
    return { fault };
  }
}
