import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

const later = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

describe('turns', () => {
  it('run no more at once than there is room for, each of them, in order', async () => {
    const turns = new Turns(10);
    const { signal } = new AbortController();
    let [now, most] = [0, 0];
    const order: number[] = [];
    const work = (weight: number, index: number) =>
      turns.run(weight, signal, async () => {
        order.push(index);
        now += Math.min(weight, 10);
        most = Math.max(most, now);
        await later();
        now -= Math.min(weight, 10);
      });
    await Promise.all([4, 4, 4, 1, 99, 3].map(work));
    expect(order).toEqual([0, 1, 2, 3, 4, 5]);
    expect([most <= 10, now]).toEqual([true, 0]);
  });

  it('forget who leaves while waiting, and go on after a failure', async () => {
    const turns = new Turns(1);
    const { signal } = new AbortController();
    const gone = new AbortController();
    const first = turns.run(1, signal, async () => {
      await later();
      throw new Error('broken');
    });
    const second = turns.run(1, gone.signal, async () => 'second');
    const third = turns.run(1, signal, async () => 'third');
    const endings = Promise.all([
      expect(first).rejects.toThrow('broken'),
      expect(second).rejects.toThrow('gone'),
    ]);
    gone.abort(new Error('gone'));
    await endings;
    expect(await third).toBe('third');
  });
});
