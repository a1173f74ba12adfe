import { describe, expect, it } from 'vitest';
import { sensorKind } from '../sensor-kinds.ts';
import type { EpisodeChange, StreamState, WatchedStream } from './quality-rule.ts';
import { watchCity } from './watch-city.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 0, 15);

const streamOf = (kind: string, id = 1, more: Partial<WatchedStream> = {}): WatchedStream => ({
  id,
  kind: sensorKind(kind),
  range: undefined,
  intervalS: 600,
  at: [6_427_000 + 500 * id, 5_808_000],
  isForecast: false,
  ...more,
});

/** Feeds one value each ten minutes; null leaves it out. Gives what was said, and with which step. */
function feed(
  values: readonly (number | null)[],
  stream = streamOf('temperature'),
  watch = watchCity([stream]),
) {
  const said: (EpisodeChange & { at: number })[] = [];
  const believed = values.map((value, step) => {
    if (value === null) return null;
    const timeMs = START_MS + step * 10 * MINUTE_MS;
    const judged = watch.take(stream.id, { timeMs, value, receivedMs: timeMs, isAhead: false });
    said.push(...judged.changes.map((change) => ({ ...change, at: step })));
    return judged.isBelieved;
  });
  const steps = said.map(({ rule, at, toMs, fromMs, retracted }) => ({
    rule,
    at,
    from: (fromMs - START_MS) / (10 * MINUTE_MS),
    to: toMs === null ? null : (toMs - START_MS) / (10 * MINUTE_MS),
    ...(retracted && { retracted }),
  }));
  return { said, steps, believed };
}

const wave = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => Math.round(10 * (8 + Math.sin((n + from) / 5))) / 10);

describe('the rules of quality', () => {
  it('take both ends of the range for possible, and say what lies beyond in both languages', () => {
    expect(feed([-45, -45]).steps).toEqual([]);
    expect(feed([55]).steps).toEqual([]);
    const { said, steps, believed } = feed([8, -45.1, -50, 8], streamOf('temperature'));
    expect(steps).toEqual([
      { rule: 'range', at: 1, from: 1, to: null },
      { rule: 'range', at: 3, from: 1, to: 2 },
    ]);
    expect(said[0]?.reason).toEqual({
      pl: '−45,1 °C leży poza zakresem od −45 do 55 °C',
      en: '−45.1 °C is outside the range from −45 to 55 °C',
    });
    expect(said[1]?.count).toBe(2);
    expect(believed).toEqual([true, false, false, true]);
    expect(feed([8], streamOf('temperature', 1, { range: [0, 5] })).steps).toHaveLength(1);
  });

  it('call a jump that comes back a spike, and take the doubt back when the others follow it', () => {
    expect(feed([8, 8.1, 8, 8.2, 20, 8.1, 8]).steps).toEqual([
      { rule: 'spike', at: 4, from: 4, to: null },
      { rule: 'spike', at: 5, from: 4, to: 4 },
    ]);
    const fall = feed([20, 20.1, 20, 19.9, 12, 12.2, 11.9, 11.8]);
    expect(fall.steps).toEqual([
      { rule: 'spike', at: 4, from: 4, to: null },
      { rule: 'spike', at: 6, from: 4, to: 5, retracted: true },
    ]);
    expect(fall.believed.slice(4)).toEqual([false, false, true, true]);
    // Nothing to compare with: no doubt.
    expect(feed([8, 20]).steps).toEqual([]);
    expect(
      feed([8, 8.1, 8, ...Array.from({ length: 12 }, () => null), 20]).steps.map(({ rule }) => rule),
    ).toEqual(['outage', 'outage']);
  });

  it('see a frozen sensor after its time, from the beginning of the freeze, but let quiet streets rest', () => {
    const frozen = feed([...wave(10), ...Array.from({ length: 40 }, () => 7.7), ...wave(5)]);
    expect(frozen.steps).toEqual([
      { rule: 'flat-line', at: 40, from: 10, to: null },
      { rule: 'flat-line', at: 50, from: 10, to: 49 },
    ]);
    expect(frozen.said[0]?.reason?.en).toBe('the same value 7.7 °C for 5 h; 5 h is allowed');
    const night = Array.from({ length: 40 }, () => 0);
    expect(feed(night, streamOf('bicycle-flow')).steps).toEqual([]);
  });

  it('find an outage while it lasts and from a gap, and not in a value or two that are missing', () => {
    const gap = feed([
      ...wave(3),
      null,
      null,
      ...wave(2, 5),
      ...Array.from({ length: 6 }, () => null),
      ...wave(2, 13),
    ]);
    expect(gap.steps).toEqual([
      { rule: 'outage', at: 13, from: 7, to: null },
      { rule: 'outage', at: 13, from: 7, to: 13 },
    ]);
    const stream = streamOf('temperature');
    const watch = watchCity([stream]);
    feed(wave(3), stream, watch);
    const lastMs = START_MS + 20 * MINUTE_MS;
    expect(watch.findSilent(lastMs + 42 * MINUTE_MS)).toEqual([]);
    const [silent] = watch.findSilent(lastMs + 43 * MINUTE_MS);
    expect(silent?.change.reason?.en).toBe('no data for 43 min; expected every 10 min');
    expect(watch.findSilent(lastMs + 60 * MINUTE_MS)).toEqual([]);
    // A sender that makes up for lost values is not silent.
    watch.take(1, { timeMs: START_MS + 5, value: 8, receivedMs: lastMs + 90 * MINUTE_MS, isAhead: false });
    expect(
      watchCity([stream], new Map([[1, structuredClone(watch.stateOf(1)) as StreamState]])).findSilent(
        lastMs + 100 * MINUTE_MS,
      ),
    ).toEqual([]);
  });

  it('doubt what comes with times ahead, and find neither an outage nor lateness in it', () => {
    const stream = streamOf('temperature');
    const watch = watchCity([stream]);
    feed(wave(5), stream, watch);
    const take = (step: number, aheadMin: number) => {
      const receivedMs = START_MS + step * 10 * MINUTE_MS;
      const timeMs = receivedMs + aheadMin * MINUTE_MS;
      return watch.take(1, { timeMs, value: 8 + step / 10, receivedMs, isAhead: aheadMin > 2 });
    };
    const during = Array.from({ length: 10 }, (_, n) => take(5 + n, 90));
    expect(during.flatMap(({ changes }) => changes).map(({ rule, reason }) => [rule, reason?.en])).toEqual([
      ['clock', 'its clock is ahead by 1 h 30 min'],
    ]);
    expect(during.some(({ isBelieved }) => isBelieved)).toBe(false);
    const after = take(15, 0);
    expect(after.changes.map(({ rule, toMs }) => [rule, toMs === null])).toEqual([['clock', false]]);
    expect(after.isBelieved).toBe(true);
  });

  it('say who of five disagrees when one lies, allow for what is usual at a place, and believe all when all rise', () => {
    const streams = [1, 2, 3, 4, 5].map((id) => streamOf('pm10', id));
    const watch = watchCity(streams);
    const levels = [1, 1.5, 0.8, 1.1, 2.2];
    const said: [step: number, id: number, rule: string, ended: boolean][] = [];
    for (let step = 0; step < 200; step++) {
      // Smog from step 60 on; the second one lies from 120 to 160.
      const air = (25 + 5 * Math.sin(step / 9)) * (step < 60 ? 1 : Math.min(4, 1 + (step - 60) / 8));
      for (const { id } of streams) {
        const lie = id === 2 && step >= 120 && step < 160 ? 3 : 1;
        const value = air * (levels[id - 1] ?? 1) * lie + Math.sin(step * id);
        const timeMs = START_MS + step * 10 * MINUTE_MS;
        const { changes } = watch.take(id, { timeMs, value, receivedMs: timeMs, isAhead: false });
        for (const { rule, toMs, retracted } of changes) {
          if (rule !== 'spike' || (toMs !== null && !retracted)) said.push([step, id, rule, toMs !== null]);
        }
      }
    }
    // The jump is taken for a new level first, and for a lie after an hour of disagreement.
    expect(said).toEqual([
      [128, 2, 'neighbours', false],
      [161, 2, 'neighbours', true],
    ]);
  });

  it('go on from what was remembered as if nothing had happened in between', () => {
    const values = [...wave(30), 25, ...Array.from({ length: 40 }, () => 7.7), 99, ...wave(10)];
    const stream = streamOf('temperature');
    const whole = feed(values, stream).said;
    const parts: EpisodeChange[] = [];
    let kept: StreamState | undefined;
    for (const [step, value] of values.entries()) {
      const watch = watchCity([stream], new Map(kept === undefined ? [] : [[1, kept]]));
      const timeMs = START_MS + step * 10 * MINUTE_MS;
      parts.push(...watch.take(1, { timeMs, value, receivedMs: timeMs, isAhead: false }).changes);
      kept = JSON.parse(JSON.stringify(watch.stateOf(1))) as StreamState;
    }
    expect(parts).toEqual(whole.map(({ at: _, ...change }) => change));
    expect(whole.length).toBeGreaterThan(4);
  });

  it('judge a value once: what comes again or late changes nothing but for being impossible', () => {
    const stream = streamOf('temperature');
    const watch = watchCity([stream]);
    feed([...wave(20), 30], stream, watch);
    const before = JSON.stringify(watch.stateOf(1));
    const again = watch.take(1, { timeMs: START_MS, value: 8, receivedMs: START_MS, isAhead: false });
    const late = watch.take(1, { timeMs: START_MS + 5, value: 300, receivedMs: START_MS, isAhead: false });
    expect(again.changes).toEqual([]);
    expect(late.changes).toMatchObject([{ rule: 'range', fromMs: START_MS + 5, toMs: START_MS + 5 }]);
    expect(JSON.stringify(watch.stateOf(1))).toBe(before);
  });

  it('leave forecasts alone', () => {
    const watch = watchCity([streamOf('temperature', 1, { isForecast: true })]);
    const ahead = { timeMs: START_MS + 9e7, value: 999, receivedMs: START_MS, isAhead: true };
    expect(watch.take(1, ahead)).toEqual({ changes: [], isBelieved: true });
    expect(watch.findSilent(START_MS + 9e9)).toEqual([]);
  });
});
