/**
 * Long changes told as they go, one line of JSON after another (`application/x-ndjson`): `{"progress": 0.42}` every
 * second, at last `{"result": …}` or `{"problem": …}`. So no deadline takes silence for death, and whoever hangs up
 * calls the work off.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { asTwinError } from '../../core/errors.ts';
import { parseWishes } from './negotiate.ts';
import { explainAsProblem } from './problem.ts';
import type { Ask, Reply } from './protocol.ts';

const LINES = 'application/x-ndjson';
const BEAT_MS = 1_000;

/** @param part 0 to 1 */
export type Hear = (part: number) => void;

/** Whether the client wants lines rather than one document. */
export const wantsLines = ({ headers }: Pick<Ask, 'headers'>): boolean =>
  parseWishes(headers['accept']).some(({ value }) => value === LINES);

/** What fails before the first line is an answer of its own, with its status. */
export function lineReply(ask: Pick<Ask, 'requestId'>, work: (hear: Hear) => Promise<object>): Reply {
  return {
    status: 200,
    // Kept whole by whatever stands between, or lines would wait in its buffers.
    headers: { 'content-type': LINES, 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' },
    body: lines(ask, work),
  };
}

async function* lines(
  ask: Pick<Ask, 'requestId'>,
  work: (hear: Hear) => Promise<object>,
): AsyncGenerator<string> {
  let part = 0;
  const ended = work((now) => {
    part = now;
  }).then(
    (result) => ({ line: { result }, error: undefined }),
    (error: unknown) => ({ line: { problem: problemOf(error, ask) }, error }),
  );
  for (let isFirst = true; ; isFirst = false) {
    const pause = new AbortController();
    const end = await Promise.race([
      ended,
      sleep(BEAT_MS, undefined, { signal: pause.signal }).catch(() => undefined),
    ]);
    pause.abort();
    if (end) {
      if (isFirst && end.error !== undefined) throw end.error;
      yield `${JSON.stringify(end.line)}\n`;
      return;
    }
    yield `${JSON.stringify({ progress: Math.round(part * 1_000) / 1_000 })}\n`;
  }
}

const problemOf = (error: unknown, ask: Pick<Ask, 'requestId'>): unknown =>
  JSON.parse(String(explainAsProblem(asTwinError(error), ask).body));
