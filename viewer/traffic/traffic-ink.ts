/** How traffic is drawn: flow as width, load as colour; changes told apart by hue, width and, when closed, dashes. */
import type { AreaRings } from '../../core/analysis/noise/noise-bands.ts';
import {
  bandAreas,
  CHANGE_INKS,
  CLEARLY_DB,
  changeAreas,
  NOISE_BANDS,
} from '../../core/analysis/noise/noise-colours.ts';
import type { SelectedLink, TrafficLink } from '../../core/wire/traffic-link.ts';
import type { NoiseMap } from '../../core/wire/traffic-noise.ts';
import { SCENARIO_INK, type Theme, withAlpha } from '../style/ink.ts';
import type { Word } from '../text/text.ts';
import type { TrafficMap } from './traffic-query.ts';

export interface TrafficClass {
  readonly ink: Readonly<Record<Theme, string>>;
  readonly word: Word;
  readonly values?: Readonly<Record<string, string | number>>;
  /** Closed links are dashed. */
  readonly isDashed?: boolean;
}

/** Below a share of the capacity; light when free, dark when jammed. */
const LOADS: readonly (readonly [below: number, TrafficClass])[] = [
  [0.5, { ink: { light: '#3d7f6a', dark: '#6fc3a5' }, word: 'trafficLoadBelow', values: { percent: 50 } }],
  [0.8, { ink: { light: '#b08a1e', dark: '#d9bd5c' }, word: 'trafficLoadTo', values: { from: 50, to: 80 } }],
  [1, { ink: { light: '#c4601a', dark: '#f09a55' }, word: 'trafficLoadTo', values: { from: 80, to: 100 } }],
  [
    Infinity,
    { ink: { light: '#8c1d2f', dark: '#ff7f8d' }, word: 'trafficLoadOver', values: { percent: 100 } },
  ],
];
/** Speed as a share of that on the empty street, from below. */
const SPEEDS: readonly (readonly [below: number, TrafficClass])[] = [
  [0.5, { ink: { light: '#8c1d2f', dark: '#ff7f8d' }, word: 'trafficSpeedBelow', values: { percent: 50 } }],
  [
    0.75,
    { ink: { light: '#c4601a', dark: '#f09a55' }, word: 'trafficSpeedTo', values: { from: 50, to: 75 } },
  ],
  [0.9, { ink: { light: '#b08a1e', dark: '#d9bd5c' }, word: 'trafficSpeedTo', values: { from: 75, to: 90 } }],
  [
    Infinity,
    { ink: { light: '#3d7f6a', dark: '#6fc3a5' }, word: 'trafficSpeedOver', values: { percent: 90 } },
  ],
];
const CHANGES = {
  more: { ink: { light: '#b5451b', dark: '#ff9b6b' }, word: 'trafficGains' },
  less: { ink: { light: '#14618c', dark: '#6cbcf0' }, word: 'trafficLoses' },
  closed: { ink: SCENARIO_INK, word: 'trafficClosedHere', isDashed: true },
  same: { ink: { light: '#9b9483', dark: '#5d6a77' }, word: 'trafficSame' },
} as const satisfies Record<string, TrafficClass>;
const WHY: TrafficClass = { ink: { light: '#1659a8', dark: '#7cb8f5' }, word: 'trafficWhyInk' };
/** The same on paper: published colours mean the same everywhere. */
const both = (ink: string): TrafficClass['ink'] => ({ light: ink, dark: ink });
const NOISES: readonly (readonly [belowDb: number, TrafficClass])[] = NOISE_BANDS.map(
  ({ fromDb, ink }, k) => {
    const next = NOISE_BANDS[k + 1]?.fromDb ?? Number.POSITIVE_INFINITY;
    return [next, { ink: both(ink), ...bandWords(fromDb, next) }];
  },
);

function bandWords(from: number, to: number): Pick<TrafficClass, 'word' | 'values'> {
  if (from === Number.NEGATIVE_INFINITY) return { word: 'trafficNoiseBelow', values: { db: to } };
  return to === Number.POSITIVE_INFINITY
    ? { word: 'trafficNoiseOver', values: { db: from } }
    : { word: 'trafficNoiseTo', values: { from, to } };
}

/** LDWN after less before, in steps that are heard (1 dB hardly, 3 dB clearly). */
const NOISE_CHANGES = {
  clearlyLouder: {
    ink: { light: CHANGE_INKS.clearlyLouder, dark: '#ff7f8d' },
    word: 'trafficMuchLouder',
    values: { db: 3 },
  },
  louder: { ink: { light: CHANGE_INKS.louder, dark: '#de7b48' }, word: 'trafficLouder', values: { db: 3 } },
  same: { ink: { light: '#9b9483', dark: '#5d6a77' }, word: 'trafficSame' },
  quieter: {
    ink: { light: CHANGE_INKS.quieter, dark: '#4f96c4' },
    word: 'trafficQuieter',
    values: { db: 3 },
  },
  clearlyQuieter: {
    ink: { light: CHANGE_INKS.clearlyQuieter, dark: '#a5d6f7' },
    word: 'trafficMuchQuieter',
    values: { db: 3 },
  },
} as const satisfies Record<string, TrafficClass>;

/** @param boundDb up to which a difference is none */
export function noiseChangeClass(byDb: number, boundDb: number): TrafficClass {
  if (Math.abs(byDb) <= boundDb + 1e-9) return NOISE_CHANGES.same;
  if (byDb > 0) return byDb >= CLEARLY_DB ? NOISE_CHANGES.clearlyLouder : NOISE_CHANGES.louder;
  return byDb <= -CLEARLY_DB ? NOISE_CHANGES.clearlyQuieter : NOISE_CHANGES.quieter;
}

const classIn = (classes: readonly (readonly [number, TrafficClass])[], value: number): TrafficClass =>
  (classes.find(([below]) => value < below) ?? (classes.at(-1) as (typeof classes)[number]))[1];

export const noiseClass = (ldwnDb: number): TrafficClass => classIn(NOISES, ldwnDb);

/** A part of the noise map. */
export interface DrawnArea {
  readonly rings: AreaRings;
  readonly look: TrafficClass;
}

/** Isophones from the quietest, each with all that is louder in it; the quietest class of the legend has no area. */
export const noiseAreas = (map: NoiseMap, levels: readonly (number | null)[]): readonly DrawnArea[] =>
  bandAreas(map, levels).flatMap(({ band, areas }) =>
    areas.map((rings) => ({ rings, look: noiseClass(band.fromDb) })),
  );

/** Where it is louder or quieter by more than the bound. */
export function noiseChangeAreas(map: NoiseMap): readonly DrawnArea[] {
  const { ldwnBeforeDb, ldwnAfterDb, boundDb } = map;
  if (!ldwnAfterDb) return [];
  return changeAreas(map, ldwnBeforeDb, ldwnAfterDb, boundDb).flatMap(({ change, areas }) =>
    areas.map((rings) => ({ rings, look: NOISE_CHANGES[change] })),
  );
}

export const isNoise = (map: TrafficMap): boolean =>
  map === 'noise' || map === 'noiseBefore' || map === 'noiseChange';

/** What colours of the map mean. */
export function trafficClasses(map: TrafficMap): readonly TrafficClass[] {
  switch (map) {
    case 'flow':
      return LOADS.map(([, each]) => each);
    case 'speed':
      return SPEEDS.map(([, each]) => each);
    case 'difference':
      return Object.values(CHANGES);
    case 'noise':
    case 'noiseBefore':
      return NOISES.map(([, each]) => each);
    case 'noiseChange':
      return Object.values(NOISE_CHANGES);
    case 'why':
      return [WHY];
  }
}

/** One link as it is drawn; the widest of a map has width 1. */
export interface DrawnLink {
  readonly id: string;
  readonly path: TrafficLink['path'];
  readonly width: number;
  readonly look: TrafficClass;
}

/** Flows below it are no line. */
const LEAST_VEH_PER_H = 1;

/** What is drawn of a map of links, the least first, so that the most lies on top. */
export function drawnLinks(
  links: readonly TrafficLink[],
  map: TrafficMap,
  why: SelectedLink | undefined,
): readonly DrawnLink[] {
  const carried = new Map(why?.links.map(({ id, vehPerH }) => [id, vehPerH]));
  const found = links.flatMap((link) => drawnAs(link, map, carried));
  const most = found.reduce((largest, { width }) => Math.max(largest, width), 1);
  return found.map((each) => ({ ...each, width: each.width / most })).sort((a, b) => a.width - b.width);
}

/** @param carried vehicles an hour of the link that is asked about, by the links that they drive on */
function drawnAs(link: TrafficLink, map: TrafficMap, carried: ReadonlyMap<string, number>): DrawnLink[] {
  const { id, path, state, before, after, difference } = link;
  const now = state === 'closed' ? null : (after ?? before);
  const drawn = (width: number, look: TrafficClass) => [{ id, path, width, look }];
  if (map === 'why') {
    const vehPerH = carried.get(id) ?? 0;
    return vehPerH < LEAST_VEH_PER_H / 2 ? [] : drawn(vehPerH, WHY);
  }
  const isOfHomes = isNoise(map);
  if (state === 'closed' && !isOfHomes) return drawn(before?.flowVehPerH ?? 0, CHANGES.closed);
  if (map === 'difference') {
    // A street that is new has nothing to be compared with: all of its traffic is more.
    const by = difference?.flowVehPerH ?? (state === 'added' ? (after?.flowVehPerH ?? 0) : 0);
    const isReal = difference ? difference.isBeyondNoise : Math.abs(by) >= LEAST_VEH_PER_H;
    if (!isReal || Math.abs(by) < LEAST_VEH_PER_H) return now ? drawn(0, CHANGES.same) : [];
    return drawn(Math.abs(by), by > 0 ? CHANGES.more : CHANGES.less);
  }
  if (!now || isOfHomes) return [];
  if (now.flowVehPerH < LEAST_VEH_PER_H) return [];
  const look =
    map === 'speed' ? classIn(SPEEDS, now.speedKmH / link.freeSpeedKmH) : classIn(LOADS, now.vOverC);
  return drawn(now.flowVehPerH, look);
}

/** A home by its most exposed façade. */
export interface DrawnHome {
  readonly id: string;
  readonly at: readonly [number, number];
  readonly look: TrafficClass;
}

export interface PaintedTraffic {
  readonly links: readonly DrawnLink[];
  readonly homes: readonly DrawnHome[];
  /** Below all else. */
  readonly areas: readonly DrawnArea[];
  /** Ids of links of the street that is selected. */
  readonly chosen: ReadonlySet<string>;
  readonly theme: Theme;
}

/** Where a place is drawn, pixels. */
type Place = (e: number, n: number) => readonly [x: number, y: number];

/** The widest line; near the ground lines may be as wide as streets. */
const [MOST_PX, LEAST_PX, MOST_M, HOME_M, HOME_PX] = [15, 1.1, 14, 7, 2.2] as const;
const HAIR = 0.02;
/** Areas lie over each other, and the city is to be seen through them. */
const AREA_ALPHA = 0.6;

/**
 * Draws links beside the middle of their street, on the side they are driven on.
 * @param pxPerM of the picture
 * @param pxPerPoint pixels of the picture for each point of the screen
 */
export function paintTraffic(
  context: CanvasRenderingContext2D,
  { links, homes, areas, chosen, theme }: PaintedTraffic,
  place: Place,
  pxPerM: number,
  pxPerPoint: number,
): void {
  const paper = theme === 'dark' ? '#12171d' : '#fcfaf4';
  for (const { rings, look } of areas) {
    context.beginPath();
    for (const ring of rings) {
      for (const [k, [e, n]] of ring.entries()) {
        const [x, y] = place(e, n);
        if (k === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
      context.closePath();
    }
    context.fillStyle = withAlpha(look.ink[theme], AREA_ALPHA);
    context.fill('evenodd');
  }
  const radius = Math.max(HOME_PX * pxPerPoint, HOME_M * pxPerM);
  for (const { at, look } of homes) {
    const [x, y] = place(...at);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = withAlpha(look.ink[theme], 0.9);
    context.fill();
    context.lineWidth = 0.7 * pxPerPoint;
    context.strokeStyle = paper;
    context.stroke();
  }
  context.lineCap = 'butt';
  context.lineJoin = 'round';
  const most = Math.max(MOST_PX * pxPerPoint, MOST_M * pxPerM);
  for (const { id, path, width, look } of links) {
    const px = Math.max(LEAST_PX * pxPerPoint, width * most);
    trace(context, path, place, px / 2 + 0.5 * pxPerPoint);
    context.setLineDash(look.isDashed ? [3 * px + 3 * pxPerPoint, px + 3 * pxPerPoint] : []);
    if (chosen.has(id)) {
      context.lineWidth = px + 5 * pxPerPoint;
      context.strokeStyle = theme === 'dark' ? '#ffffff' : '#1f262d';
      context.stroke();
    }
    if (width > HAIR) {
      context.lineWidth = px + 1.6 * pxPerPoint;
      context.strokeStyle = paper;
      context.stroke();
    }
    context.lineWidth = px;
    context.strokeStyle = withAlpha(look.ink[theme], width > HAIR ? 0.92 : 0.7);
    context.stroke();
  }
  context.setLineDash([]);
}

/** A line moved to the right of its direction. */
function trace(
  context: CanvasRenderingContext2D,
  path: DrawnLink['path'],
  place: Place,
  aside: number,
): void {
  const points = path.map(([e, n]) => place(e, n));
  context.beginPath();
  for (const [k, [x, y]] of points.entries()) {
    const [fromX, fromY] = points[k - 1] ?? [x, y];
    const [toX, toY] = points[k + 1] ?? [x, y];
    const length = Math.hypot(toX - fromX, toY - fromY) || 1;
    context.lineTo(x - ((toY - fromY) / length) * aside, y + ((toX - fromX) / length) * aside);
  }
}
