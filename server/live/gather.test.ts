import { describe, expect, it } from 'vitest';
import type { ObservationDraft, Recorded } from '../../core/live/sensor-things.ts';
import { Allowance } from './allowance.ts';
import { gathered } from './gather.ts';

const draft = (datastreamId: number): ObservationDraft => ({
  datastreamId,
  phenomenonTime: new Date(0),
  result: 1,
});
const written = (drafts: readonly ObservationDraft[]): readonly Recorded[] =>
  drafts.map(() => ({ outcome: 'unknown-datastream' }));

describe('values that come at the same time', () => {
  it('are written together, and each sender hears of its own', async () => {
    const sizes: number[] = [];
    const record = gathered(async (drafts) => {
      sizes.push(drafts.length);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return written(drafts);
    }, 100);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => record([draft(n), draft(n)])));
    expect(answers.map(({ length }) => length)).toEqual(Array.from({ length: 50 }, () => 2));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(100);
    expect(sizes.length).toBeLessThan(6);
  });

  it('are refused when more wait than memory should hold, and taken again afterwards', async () => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const record = gathered(async (drafts) => {
      await opened;
      return written(drafts);
    }, 1_000_000);
    const many = Array.from({ length: 1_000 }, (_, n) => draft(n));
    const sent = Array.from({ length: 52 }, () => record(many));
    await expect(record([draft(1)])).rejects.toMatchObject({ kind: 'unavailable' });
    open();
    await Promise.all(sent);
    expect(await record([draft(1)])).toHaveLength(1);
  });

  it('are refused with the time to wait when one datastream floods, and nobody else is', async () => {
    const record = gathered(async (drafts) => written(drafts), 1);
    for (let n = 0; n < 200; n++) await record([draft(7)]);
    await expect(record([draft(7)])).rejects.toMatchObject({
      kind: 'too-many-requests',
      message: expect.stringMatching(/Datastream 7 sends more than 1 values a second .* wait 1 s/),
    });
    expect(await record([draft(8)])).toHaveLength(1);
  });
});

it('an allowance grows again with time', () => {
  let nowMs = 0;
  const allowance = new Allowance(2, () => nowMs);
  for (let n = 0; n < 400; n++) expect(allowance.take(1)).toBe(0);
  expect(allowance.take(1)).toBe(1);
  nowMs += 1_000;
  expect([allowance.take(1), allowance.take(1), allowance.take(1)]).toEqual([0, 0, 1]);
});
