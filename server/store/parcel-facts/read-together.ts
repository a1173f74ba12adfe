import { join, kept, name, type Sql, sql } from '../sql.ts';
import type { CheckedCity } from './checked-city.ts';

/** A reader that sends one statement after another, until one fails. */
export function readInTurn({ read }: Pick<CheckedCity, 'read'>): CheckedCity['read'] {
  let last: Promise<unknown> = Promise.resolve();
  return <T extends object>(statement: Sql) => {
    const rows = last.then(() => read<T>(statement));
    last = rows;
    return rows;
  };
}

interface Asked {
  readonly statement: Sql;
  readonly resolve: (rows: readonly never[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A reader that sends all statements of one turn as one: a trip to the database costs as much as many a statement. Their rows
 * come as JSON: moments and bytes must be asked for as text. When one fails, all of them do.
 */
export function readTogether({ read, view }: Pick<CheckedCity, 'read' | 'view'>): CheckedCity['read'] {
  let waiting: Asked[] = [];
  const send = async () => {
    const asked = waiting;
    waiting = [];
    const answers = asked.map(
      ({ statement }, index) =>
        sql`(select coalesce(json_agg(found), '[]') from (${statement}) as found) as ${name(`answer${index}`)}`,
    );
    const together = sql`select ${join(answers, ', ')}`;
    try {
      // Every set of edited layers makes a text of its own: those are not worth keeping.
      const [row] = await read<Record<string, readonly never[]>>(view.scenario ? together : kept(together));
      for (const [index, { resolve }] of asked.entries()) resolve(row?.[`answer${index}`] ?? []);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  };
  return (statement) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) queueMicrotask(() => void send());
      waiting.push({ statement, resolve, reject });
    });
}
