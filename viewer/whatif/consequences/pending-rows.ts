/** Rows of a table of consequences that a run has still to tell. */
import type { ConsequenceRow } from '../../../core/wire/consequences.ts';
import { waitForRun } from '../../api/follow-run.ts';

type Pending = Pick<ConsequenceRow, 'pending'>;

/**
 * Reads a table again and again until no row of it waits for a run.
 * @param cellsOf all that may wait
 * @param hear the table as it is while some wait, and how far the slowest of their runs is, percent
 */
export async function readUntilWhole<Table>(
  read: () => Promise<Table>,
  cellsOf: (table: Table) => readonly Pending[],
  signal: AbortSignal,
  hear: (table: Table, percent: number) => void,
): Promise<Table> {
  for (;;) {
    const table = await read();
    const waiting = new Map(
      cellsOf(table).flatMap(({ pending }) => (pending ? [[pending.run, pending.percent]] : [])),
    );
    if (waiting.size === 0) return table;
    const tell = () => hear(table, Math.min(...waiting.values()));
    tell();
    await Promise.all(
      [...waiting.keys()].map((run) =>
        waitForRun(run, signal, (percent) => {
          waiting.set(run, percent);
          tell();
        }),
      ),
    );
  }
}
