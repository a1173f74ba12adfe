/** The question of traffic: as it stands in the link, and as the model is asked. */
import { TRAFFIC_NOISE_SHARE, TRAFFIC_READING_SHARE } from '../../core/analysis/traffic/reading-share.ts';
import { DEMAND_PURPOSES } from '../../core/wire/edits/demand.ts';
import type { TrafficParameters } from '../../core/wire/traffic-parameters.ts';

/** Flow and load, against the base, speed, noise at homes, or whose trips one link carries. */
export const TRAFFIC_MAPS = [
  'flow',
  'difference',
  'speed',
  'noiseBefore',
  'noise',
  'noiseChange',
  'why',
] as const;
export type TrafficMap = (typeof TRAFFIC_MAPS)[number];

const PRINCIPLES = ['user', 'system'] as const;
const DELAYS = ['bpr', 'conical'] as const;
const GAPS = [1e-2, 1e-3, 1e-4, 1e-6, 1e-8] as const;
/** Offered to be chosen. */
export const CHOSEN_GAPS = [1e-4, 1e-6, 1e-8] as const;
const MOST_FACTOR = 10;
const FITS = ['none', 'counts', 'matrix'] as const;
const MOST_ELASTICITY = 3;
/** What the model takes as a weight of the trips before a fit, and as mean minutes of trips. */
export const [LEAST_PRIOR, MOST_PRIOR] = [0.01, 100] as const;
export const [LEAST_MINUTES, MOST_MINUTES] = [1, 90] as const;

export interface TrafficAsk {
  /** From this hour to the next. */
  readonly hour: number;
  /** Relative gap to reach. */
  readonly gap: number;
  readonly principle: TrafficParameters['principle'];
  readonly delay: TrafficParameters['delay'];
  readonly elasticity: number;
  /** All trips times this. */
  readonly demand: number;
  /** How trips are brought to the counts on streets first. */
  readonly fit: TrafficParameters['fit'];
  /** Of a fit from zone to zone: how much the trips before it are believed beside the counts. */
  readonly prior: number;
  /** Mean minutes of generated trips by purpose; purposes without keep what is assumed. */
  readonly minutes: TrafficParameters['tripMinutes'];
  /** Noise over the whole city, not only at homes. */
  readonly isMapped: boolean;
  /** The moment whose closures and narrowings of the obstruction register hold, `yyyy-mm-ddThh:mmZ`. */
  readonly obstructionsAt: string | undefined;
  /** Undefined: the difference where there is one, else the flow. */
  readonly map: TrafficMap | undefined;
  /** Whether an answer is wanted. */
  readonly isRun: boolean;
  /** The link whose trips are told. */
  readonly why: string | undefined;
}

export const FIRST_TRAFFIC: TrafficAsk = {
  ...{ hour: 7, gap: 1e-6, principle: 'user', delay: 'bpr', elasticity: 0, demand: 1, fit: 'none' },
  ...{ prior: 1, minutes: {}, isMapped: false },
  ...{ obstructionsAt: undefined, map: undefined, isRun: false, why: undefined },
};

/** `hour:7;gap:1e-6;map:difference;run:yes;why:UL-S40-1-` */
export function writeTraffic(ask: TrafficAsk): string {
  const parts = [`hour:${ask.hour}`];
  const add = (name: string, value: string | number, usual: string | number) => {
    if (value !== usual) parts.push(`${name}:${value}`);
  };
  add('gap', ask.gap.toExponential(), FIRST_TRAFFIC.gap.toExponential());
  add('aim', ask.principle, FIRST_TRAFFIC.principle);
  add('delay', ask.delay, FIRST_TRAFFIC.delay);
  add('yield', ask.elasticity, FIRST_TRAFFIC.elasticity);
  add('demand', ask.demand, FIRST_TRAFFIC.demand);
  add('fit', ask.fit, FIRST_TRAFFIC.fit);
  add('prior', ask.prior, FIRST_TRAFFIC.prior);
  const minutes = DEMAND_PURPOSES.flatMap((purpose) => {
    const mean = ask.minutes[purpose];
    return mean === undefined ? [] : [`${purpose}~${mean}`];
  });
  add('minutes', minutes.join(), '');
  if (ask.isMapped) parts.push('noise:map');
  if (ask.obstructionsAt !== undefined) parts.push(`works:${ask.obstructionsAt}`);
  if (ask.map !== undefined) parts.push(`map:${ask.map}`);
  if (ask.isRun) parts.push('run:yes');
  if (ask.why !== undefined) parts.push(`why:${encodeURIComponent(ask.why)}`);
  return parts.join(';');
}

/** What is not understood is left out. */
export function readTraffic(text: string): TrafficAsk {
  const parts = new Map(
    text.split(';').flatMap((part) => {
      const at = part.indexOf(':');
      return at > 0 ? [[part.slice(0, at), part.slice(at + 1)] as const] : [];
    }),
  );
  const oneOf = <T extends string>(name: string, known: readonly T[], usual: T): T =>
    known.find((word) => word === parts.get(name)) ?? usual;
  const within = (name: string, most: number, usual: number): number => {
    const value = Number(parts.get(name) || Number.NaN);
    return value >= 0 && value <= most ? value : usual;
  };
  const hour = within('hour', 23, FIRST_TRAFFIC.hour);
  const works = parts.get('works');
  return {
    hour: Number.isInteger(hour) ? hour : FIRST_TRAFFIC.hour,
    gap: GAPS.find((gap) => gap === Number(parts.get('gap'))) ?? FIRST_TRAFFIC.gap,
    principle: oneOf('aim', PRINCIPLES, FIRST_TRAFFIC.principle),
    delay: oneOf('delay', DELAYS, FIRST_TRAFFIC.delay),
    elasticity: within('yield', MOST_ELASTICITY, FIRST_TRAFFIC.elasticity),
    demand: within('demand', MOST_FACTOR, FIRST_TRAFFIC.demand),
    fit: oneOf('fit', FITS, FIRST_TRAFFIC.fit),
    prior: Math.max(LEAST_PRIOR, within('prior', MOST_PRIOR, FIRST_TRAFFIC.prior)),
    minutes: readMinutes(parts.get('minutes') ?? ''),
    isMapped: parts.get('noise') === 'map',
    obstructionsAt: works && /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/.test(works) ? works : undefined,
    map: TRAFFIC_MAPS.find((map) => map === parts.get('map')),
    isRun: parts.get('run') === 'yes',
    why: plain(parts.get('why')),
  };
}

/** `work~25,shopping~12` */
const readMinutes = (text: string): TrafficAsk['minutes'] =>
  Object.fromEntries(
    text.split(',').flatMap((part) => {
      const [name, minutes] = part.split('~');
      const [purpose, mean] = [DEMAND_PURPOSES.find((known) => known === name), Number(minutes)];
      return purpose && mean >= LEAST_MINUTES && mean <= MOST_MINUTES ? [[purpose, mean] as const] : [];
    }),
  );

function plain(text: string | undefined): string | undefined {
  try {
    return text === undefined || text === '' ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** As the model is asked: what is usual is left to it, so that the same question is the same run. */
export function parametersOf(ask: TrafficAsk): Partial<TrafficParameters> {
  return {
    hour: ask.hour,
    targetGap: ask.gap,
    ...(ask.principle !== 'user' && { principle: ask.principle }),
    ...(ask.delay !== 'bpr' && { delay: ask.delay }),
    ...(ask.elasticity > 0 && { elasticity: ask.elasticity }),
    ...(ask.demand !== 1 && { demandFactor: ask.demand }),
    ...(ask.fit !== 'none' && { fit: ask.fit }),
    ...(ask.fit === 'matrix' && ask.prior !== 1 && { priorWeight: ask.prior }),
    ...(Object.keys(ask.minutes).length > 0 && { tripMinutes: ask.minutes }),
    ...(ask.isMapped && { noiseMap: {} }),
    ...(ask.obstructionsAt !== undefined && { obstructionsAt: ask.obstructionsAt.replace('Z', ':00Z') }),
  };
}

/** How far the solution has gone. */
export interface GapStep {
  readonly state: 'before' | 'after';
  readonly gap: number;
}

/**
 * The gap that a progress of the run stands for; undefined while the city is read. The model tells orders of magnitude on
 * the way from 1 to a hundredth of the target: the base in the first half, what is beside it in the second.
 */
export function gapOfProgress(percent: number, targetGap: number): GapStep | undefined {
  const solved = (1 - TRAFFIC_READING_SHARE) * (1 - TRAFFIC_NOISE_SHARE);
  const halves = (2 * (percent / 100 - TRAFFIC_READING_SHARE)) / solved;
  if (halves <= 0) return undefined;
  const state = halves < 1 ? 'before' : 'after';
  return { state, gap: (targetGap / 100) ** (state === 'before' ? halves : Math.min(1, halves - 1)) };
}

/** The loosest gap that is offered and was reached: whoever has seen enough is answered with it. */
export const reachedGap = (gap: number): number =>
  GAPS.findLast((offered) => offered >= gap && offered <= GAPS[0]) ?? GAPS[0];
