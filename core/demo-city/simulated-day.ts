/**
 * A day of the demo city's sensors with what goes wrong in it: seeded, and with the truth by construction, so that
 * finding faults can be measured. What is a fault and what the city really did (smog, a closed street, a storm) are
 * told apart: the second must not be called suspect.
 */

import { type Random, randomOf } from './random.ts';
import type { DemoSensorKind, DemoStream } from './sensor-streams.ts';
import type { DemoSensor } from './sensors.ts';

/**
 * `freeze`: the same value again and again. `lie`: a wrong factor or a wrong offset. `spikes`: single wild values.
 * `nonsense`: codes of an instrument's failure sent as values. `outage`: nothing is sent. `clock`: times ahead.
 */
export type FaultKind = 'freeze' | 'lie' | 'spikes' | 'nonsense' | 'outage' | 'clock';

export interface SimulatedFault {
  readonly kind: FaultKind;
  /** External id of the thing. */
  readonly thing: string;
  /** Name of the datastream. */
  readonly datastream: string;
  /** Milliseconds since 1970; of spikes and nonsense the first and last such value. */
  readonly fromMs: number;
  readonly toMs: number;
  /** What was done: factor, offset, value, seconds. */
  readonly detail: Readonly<Record<string, number>>;
}

export interface SimulatedEvent {
  readonly kind: 'smog' | 'closed-street' | 'storm';
  readonly fromMs: number;
  readonly toMs: number;
}

export interface SimulatedStream {
  readonly sensor: DemoSensor;
  readonly stream: DemoStream;
  /** What is sent at a moment, with the time that the sensor gives it; undefined = nothing. */
  sentAt(timeMs: number): { readonly timeMs: number; readonly value: number } | undefined;
}

export interface SimulatedDay {
  readonly streams: readonly SimulatedStream[];
  readonly faults: readonly SimulatedFault[];
  readonly events: readonly SimulatedEvent[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Target {
  readonly sensor: DemoSensor;
  readonly stream: DemoStream;
  readonly kind: DemoSensorKind;
  readonly measures: Measured;
}
type Measured = 'dust' | 'temperature' | 'traffic' | 'other';

/** @param startMs the day begins; before and after it nothing is wrong */
export function simulatedDay(
  sensors: readonly DemoSensor[],
  { seed, startMs }: { readonly seed: number; readonly startMs: number },
): SimulatedDay {
  const random = randomOf('simulated day', seed);
  const targets = sensors.flatMap((sensor) => sensor.streams.map((stream) => targetOf(sensor, stream)));
  const world = worldOf(targets, random, startMs);
  const faults = faultsOf(
    targets.filter(({ kind }) => !ASSETS.includes(kind)),
    random,
    startMs,
  );
  return {
    events: world.events,
    faults: faults.map(({ target, fault }) => ({
      ...fault,
      thing: target.sensor.thing.externalId ?? '',
      datastream: target.stream.measure.observedProperty.name,
    })),
    streams: targets.map((target) => {
      const { sensor, stream } = target;
      const own = faults.filter((each) => each.target === target).map(({ fault }) => fault);
      const unit = 10 ** stream.measure.decimals;
      const measured = (timeMs: number) =>
        Math.round(world.changed(target, timeMs, stream.valueAt(timeMs)) * unit) / unit;
      return { sensor, stream, sentAt: (timeMs) => sent(own, stream, measured, timeMs, unit) };
    }),
  };
}

function targetOf(sensor: DemoSensor, stream: DemoStream): Target {
  const kind = sensor.thing.properties['kind'] as DemoSensorKind;
  const { name } = stream.measure.observedProperty;
  const measures = name.startsWith('PM') ? 'dust' : name === 'Temperatura' ? 'temperature' : 'other';
  return { sensor, stream, kind, measures: kind === 'traffic' ? 'traffic' : measures };
}

/** What really happens: all stations of the town see the smog and the storm, one street is closed. */
function worldOf(targets: readonly Target[], random: Random, startMs: number) {
  const within = (lengthMs: number) => startMs + random.next() * (DAY_MS - lengthMs);
  const smogMs = random.between(6, 12) * HOUR_MS;
  const smog = { fromMs: within(smogMs), lengthMs: smogMs, factor: random.between(2, 5) };
  const stormMs = 3 * HOUR_MS;
  const storm = { fromMs: within(stormMs), lengthMs: stormMs, fallC: random.between(5, 9) };
  const streets = targets.filter(({ kind }) => kind === 'traffic').map(({ sensor }) => sensor);
  const closedMs = random.between(2, 4) * HOUR_MS;
  const closed = {
    fromMs: within(closedMs),
    lengthMs: closedMs,
    sensor: streets[random.integer(0, streets.length - 1)],
  };
  const events: SimulatedEvent[] = (
    [
      ['smog', smog],
      ['storm', storm],
      ['closed-street', closed],
    ] as const
  ).map(([kind, { fromMs, lengthMs }]) => ({ kind, fromMs, toMs: fromMs + lengthMs }));
  /** 0 before and after, 1 in the middle, smooth in between. */
  const share = ({ fromMs, lengthMs }: typeof smog | typeof storm, timeMs: number) =>
    timeMs <= fromMs || timeMs >= fromMs + lengthMs
      ? 0
      : Math.sin((Math.PI * (timeMs - fromMs)) / lengthMs) ** 2;
  return {
    events,
    changed({ measures, sensor, stream }: Target, timeMs: number, value: number): number {
      if (measures === 'dust') return value * (1 + (smog.factor - 1) * share(smog, timeMs));
      if (measures === 'temperature') return value - storm.fallC * share(storm, timeMs);
      const isClosed =
        sensor === closed.sensor && timeMs > closed.fromMs && timeMs < closed.fromMs + closed.lengthMs;
      return isClosed && stream.measure.unitEn !== undefined ? 0.15 * value : value;
    },
  };
}

type OwnFault = Omit<SimulatedFault, 'thing' | 'datastream'> & { readonly moments?: readonly number[] };

/** What stays sound: readings and states that no rule but that of silence could judge. */
const ASSETS: readonly DemoSensorKind[] = ['meter', 'parking', 'junction'];

/** Which stream each kind of fault befalls, how often a day; no stream has two. */
const PLAN: readonly (readonly [FaultKind, times: number, fits: (target: Target) => boolean])[] = [
  ['lie', 1, ({ measures }) => measures === 'dust'],
  ['lie', 1, ({ measures }) => measures === 'temperature'],
  ['freeze', 1, ({ measures }) => measures === 'dust'],
  ['freeze', 1, ({ measures }) => measures === 'temperature' || measures === 'traffic'],
  ['spikes', 2, ({ measures }) => measures !== 'other'],
  ['nonsense', 1, () => true],
  ['outage', 2, () => true],
  ['clock', 1, () => true],
];

const LENGTH_H: Readonly<Record<FaultKind, readonly [number, number]>> = {
  freeze: [5, 11],
  lie: [5, 12],
  spikes: [3, 8],
  nonsense: [1, 4],
  outage: [1.5, 6],
  clock: [2, 8],
};

/** What instruments send when they fail. */
const FAILURE_CODES = [-999, -9999, 65_535, 32_767] as const;

function faultsOf(targets: readonly Target[], random: Random, startMs: number) {
  const free = new Set(targets);
  const faults: { readonly target: Target; readonly fault: OwnFault }[] = [];
  for (const [kind, times, fits] of PLAN) {
    for (let time = 0; time < times; time++) {
      const fitting = [...free].filter(fits);
      const target = fitting[random.integer(0, fitting.length - 1)];
      if (target === undefined) continue;
      free.delete(target);
      faults.push({ target, fault: makeFault(kind, target, random, startMs) });
    }
  }
  return faults;
}

function makeFault(kind: FaultKind, { stream, measures }: Target, random: Random, startMs: number): OwnFault {
  const lengthMs = random.between(...LENGTH_H[kind]) * HOUR_MS;
  const stepMs = stream.intervalS * 1000;
  const firstMs = Math.ceil((startMs + random.next() * (DAY_MS - lengthMs)) / stepMs) * stepMs;
  const count = Math.max(2, Math.floor(lengthMs / stepMs));
  const span = { fromMs: firstMs, toMs: firstMs + (count - 1) * stepMs };
  switch (kind) {
    case 'freeze':
    case 'outage':
      return { kind, ...span, detail: {} };
    case 'lie':
      return measures === 'temperature'
        ? { kind, ...span, detail: { offset: random.between(7, 14) * (random.chance(0.5) ? 1 : -1) } }
        : { kind, ...span, detail: { factor: random.between(2.5, 5) } };
    case 'clock':
      return { kind, ...span, detail: { aheadS: Math.round(random.between(10, 180)) * 60 } };
    case 'nonsense':
    case 'spikes': {
      const times = kind === 'spikes' ? random.integer(3, 6) : random.integer(1, 3);
      // Never two in a row: that would be something else.
      const moments = Array.from(
        { length: times },
        () => firstMs + 2 * random.integer(0, count >> 1) * stepMs,
      );
      return {
        kind,
        fromMs: Math.min(...moments),
        toMs: Math.max(...moments),
        moments: moments.toSorted((a, b) => a - b),
        detail: kind === 'spikes' ? { factor: random.between(4, 9) } : { value: random.pick(FAILURE_CODES) },
      };
    }
  }
}

/** A spike adds so much at least, by what is measured: dust µg/m³, degrees, vehicles an hour or km/h. */
const LEAST_SPIKE: Readonly<Record<Measured, number>> = {
  dust: 120,
  temperature: 15,
  traffic: 120,
  other: 100,
};

function sent(
  faults: readonly OwnFault[],
  stream: DemoStream,
  measured: (timeMs: number) => number,
  timeMs: number,
  unit: number,
): { readonly timeMs: number; readonly value: number } | undefined {
  const fault = faults.find(({ fromMs, toMs, moments }) =>
    moments === undefined
      ? timeMs >= fromMs && timeMs <= toMs
      : moments.some((moment) => Math.abs(timeMs - moment) < (stream.intervalS * 1000) / 2),
  );
  if (fault === undefined) return { timeMs, value: measured(timeMs) };
  const { detail, fromMs } = fault;
  switch (fault.kind) {
    case 'outage':
      return undefined;
    case 'freeze':
      return { timeMs, value: measured(fromMs) };
    case 'clock':
      return { timeMs: timeMs + 1000 * (detail['aheadS'] ?? 0), value: measured(timeMs) };
    case 'nonsense':
      return { timeMs, value: detail['value'] ?? 0 };
    case 'lie': {
      const lied = measured(timeMs) * (detail['factor'] ?? 1) + (detail['offset'] ?? 0);
      return { timeMs, value: Math.round(lied * unit) / unit };
    }
    case 'spikes': {
      const least = LEAST_SPIKE[measuresOf(stream)];
      const wild = measured(timeMs) * (detail['factor'] ?? 1) + least;
      return { timeMs, value: Math.round(wild * unit) / unit };
    }
  }
}

const measuresOf = ({ measure }: DemoStream): Measured => {
  const { name } = measure.observedProperty;
  if (name.startsWith('PM')) return 'dust';
  return name === 'Temperatura' ? 'temperature' : 'other';
};
