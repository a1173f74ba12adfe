import type { ObservationDraft, Recorded } from '../../core/live/sensor-things.ts';

type Record = (drafts: readonly ObservationDraft[]) => Promise<readonly Recorded[]>;

/** More in one statement bring nothing. */
const MOST_AT_ONCE = 1_000;
/** Statements under way at a time. */
const LANES = 2;

interface Waiting {
  readonly drafts: readonly ObservationDraft[];
  readonly resolve: (recorded: readonly Recorded[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes together what comes while the last write is under way: one commit and one notice for many senders of one
 * value each. A value that comes alone waits for nobody.
 */
export function gathered(record: Record): Record {
  let waiting: Waiting[] = [];
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
    return batch;
  };

  return (drafts) =>
    new Promise((resolve, reject) => {
      waiting.push({ drafts, resolve, reject });
      void writeNext();
    });
}
