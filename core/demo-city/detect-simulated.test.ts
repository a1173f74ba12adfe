import { expect, it } from 'vitest';
import { detectSimulated } from './detect-simulated.ts';
import { scoreDetection } from './detection-score.ts';
import { generateDemoCity } from './generate.ts';
import { demoSensors } from './sensors.ts';
import { simulatedDay } from './simulated-day.ts';

const sensors = demoSensors(generateDemoCity({ size: 'district', seed: 1 }));

/** Limits were chosen on the seeds 1 to 10; these are others, on days of all seasons. */
const SEEDS = [301, 302, 303, 304, 305, 306, 307, 308];
const startOf = (seed: number) => Date.UTC(2026, 0, 1 + seed * 23);

it('finds nearly all that goes wrong on days it has never seen, and doubts little that is right', () => {
  const scores = SEEDS.flatMap((seed) => {
    const { faults, episodes } = detectSimulated(sensors, { seed, startMs: startOf(seed) });
    return scoreDetection(faults, episodes);
  });
  const shares = [...new Set(scores.map(({ fault }) => fault))].map((fault) => {
    const own = scores.filter((score) => score.fault === fault);
    const sum = (part: 'made' | 'found' | 'said' | 'right') =>
      own.reduce((all, score) => all + score[part], 0);
    return {
      fault,
      made: sum('made'),
      recall: sum('found') / sum('made'),
      precision: sum('right') / sum('said'),
    };
  });
  const least = { freeze: 0.95, lie: 0.8, spikes: 0.95, nonsense: 0.95, outage: 0.95, clock: 0.95 };
  expect(shares.map(({ fault }) => fault)).toEqual(Object.keys(least));
  for (const { fault, made, recall, precision } of shares) {
    expect([fault, made >= SEEDS.length, recall >= least[fault], precision >= 0.9]).toEqual([
      fault,
      true,
      true,
      true,
    ]);
  }
});

it('makes the same day from the same seed, another from another, and its faults leave a trace in what is sent', () => {
  const startMs = Date.UTC(2026, 10, 20);
  const one = simulatedDay(sensors, { seed: 5, startMs });
  expect(simulatedDay(sensors, { seed: 5, startMs }).faults).toEqual(one.faults);
  expect(simulatedDay(sensors, { seed: 6, startMs }).faults).not.toEqual(one.faults);
  expect(new Set(one.faults.map(({ thing, datastream }) => `${thing} ${datastream}`)).size).toBe(
    one.faults.length,
  );
  expect(new Set(one.faults.map(({ kind }) => kind)).size).toBe(6);
  for (const { thing, datastream, fromMs, kind } of one.faults) {
    const simulated = one.streams.find(
      ({ sensor, stream }) =>
        sensor.thing.externalId === thing && stream.measure.observedProperty.name === datastream,
    );
    const sent = simulated?.sentAt(fromMs);
    expect([kind, sent === undefined]).toEqual([kind, kind === 'outage']);
    if (kind === 'clock') expect(sent?.timeMs).toBeGreaterThan(fromMs);
    else if (sent !== undefined) expect(sent.timeMs).toBe(fromMs);
  }
});
