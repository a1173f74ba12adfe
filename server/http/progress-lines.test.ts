import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { conflict } from '../../core/errors.ts';
import { type Hear, lineReply, wantsLines } from './progress-lines.ts';

const ASK = { requestId: 'r1' };

/** Lines of a change that somebody steers from outside. */
function change() {
  let settle: { resolve(value: object): void; reject(error: unknown): void; hear: Hear } | undefined;
  const { body } = lineReply(
    ASK,
    (hear) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject, hear };
      }),
  );
  const lines = (body as AsyncIterable<string>)[Symbol.asyncIterator]();
  const next = async () => {
    const step = lines.next();
    // Refused while the clock runs, heard after it.
    step.catch(() => {});
    await vi.advanceTimersByTimeAsync(1_000);
    const { done, value } = await step;
    return done ? undefined : (JSON.parse(value) as unknown);
  };
  return { next, steer: () => settle as NonNullable<typeof settle> };
}

describe('a long change', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('says how far it is, also while it stands still, and at last what it gave', async () => {
    const { next, steer } = change();
    expect(await next()).toEqual({ progress: 0 });
    steer().hear(0.41667);
    expect(await next()).toEqual({ progress: 0.417 });
    expect(await next()).toEqual({ progress: 0.417 });
    steer().resolve({ report: 7 });
    expect(await next()).toEqual({ result: { report: 7 } });
    expect(await next()).toBeUndefined();
  });

  it('is refused by a status while nothing was said, and by a line afterwards', async () => {
    const early = change();
    const first = early.next();
    first.catch(() => {});
    early.steer().reject(conflict('somebody was faster', 'if-match'));
    await expect(first).rejects.toThrow('somebody was faster');
    const late = change();
    await late.next();
    late.steer().reject(conflict('somebody was faster', 'if-match'));
    expect(await late.next()).toEqual({
      problem: expect.objectContaining({ status: 409, detail: 'somebody was faster', requestId: 'r1' }),
    });
    expect(await late.next()).toBeUndefined();
  });

  it('is told in lines only to whoever wants them', () => {
    const wants = (accept: string) => wantsLines({ headers: { accept } });
    expect([wants('application/x-ndjson'), wants('*/*'), wants('application/json')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
