import { TwinError, unavailable } from '../../core/errors.ts';
import type { ObservationDraft, Recorded } from '../../core/live/sensor-things.ts';
import { Allowance } from './allowance.ts';

type Record = (drafts: readonly ObservationDraft[]) => Promise<readonly Recorded[]>;

/** More in one statement bring nothing. */
const MOST_AT_ONCE = 1_000;
/** Statements under way at a time. */
const LANES = 2;
/** Values that may wait, so that memory is bounded when the database is slower than its senders. */
const MOST_WAITING = 50_000;

interface Waiting {
  readonly drafts: readonly ObservationDraft[];
  readonly resolve: (recorded: readonly Recorded[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes together what comes while the last write is under way: one commit and one notice for many senders of one
 * value each. A value that comes alone waits for nobody.
 * @param valuesPerS of one datastream in the long run; who sends more gets TwinError too-many-requests
 */
export function gathered(record: Record, valuesPerS: number): Record {
  const allowance = new Allowance(valuesPerS);
  let waiting: Waiting[] = [];
  let values = 0;
  let underWay = 0;

  const writeNext = async (): Promise<void> => {
    const batch = takeBatch();
    if (batch.length === 0) return;
    underWay++;
    try {
      const recorded = await record(batch.flatMap(({ drafts }) => drafts));
      let at = 0;
      for (const { drafts, resolve } of batch) {
        resolve(recorded.slice(at, at + drafts.length));
        at += drafts.length;
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      underWay--;
      void writeNext();
    }
  };

  const takeBatch = (): readonly Waiting[] => {
    if (underWay >= LANES) return [];
    let size = 0;
    let end = 0;
    for (const { drafts } of waiting) {
      if (end > 0 && size + drafts.length > MOST_AT_ONCE) break;
      size += drafts.length;
      end++;
    }
    const batch = waiting.slice(0, end);
    waiting = waiting.slice(end);
    values -= size;
    return batch;
  };

  const admit = (drafts: readonly ObservationDraft[]): void => {
    if (values + drafts.length > MOST_WAITING && values > 0) {
      throw unavailable(`${values} values wait to be written already; send again shortly`);
    }
    for (const { datastreamId } of drafts) {
      const waitS = allowance.take(datastreamId);
      if (waitS === 0) continue;
      throw new TwinError(
        'too-many-requests',
        `Datastream ${datastreamId} sends more than ${valuesPerS} values a second in the long run; wait ${waitS} s and send again`,
        { parameter: 'Datastream' },
      );
    }
  };

  return (drafts) =>
    new Promise((resolve, reject) => {
      admit(drafts);
      values += drafts.length;
      waiting.push({ drafts, resolve, reject });
      void writeNext();
    });
}
