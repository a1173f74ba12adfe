/**
 * Noise of streets at the most exposed façade of buildings: each stretch of street as points, over flat, hard ground and
 * over the roofs in between. Not counted: reflections, ways around corners, relief.
 */
import type { Xy } from '../../geo/plane.ts';
import { lengthOf, placeAt } from '../../geo/polyline.ts';
import type { Air } from './ground-effect.ts';
import { OCTAVES_HZ } from './noise-coefficients.ts';
import { soundLoss } from './propagation.ts';
import { A_WEIGHTS, decibels, power } from './road-emission.ts';
import { type Screen, Screens } from './screens.ts';
import type { CutPoint } from './sound-path.ts';

export interface NoisyLine {
  readonly path: readonly Xy[];
  /** dB by metre and octave, for each of the states that are told; null without traffic. */
  readonly powerPerM: readonly (readonly number[] | null)[];
}

/** A stretch of street is one point where it is no longer than half the distance. */
const LONGEST_M = 96;
const SHORTEST_M = 12;
const FAR_ENOUGH = 2;
/** Farther away a street of the city is not heard among the others. */
const REACH_M = 300;
const SOURCE_M = 0.05;
/** Height of strategic noise maps. */
const RECEIVER_M = 4;
const NEAREST_M = 2;
/** In front of a façade, whose own echo does not count. */
const BEFORE_M = 0.2;
const CELL_M = 100;
/** Below it nothing is told: no street within reach. */
const QUIET_DB = 20;
/** What all sources that are left out could add together: 0.1 dB. */
const LEFT_OUT = 0.023;
/** Of the power before a façade as if nothing stood between. */
const LAST_PART = 0.1;
const TOLD_EVERY = 500;
const BANDS = OCTAVES_HZ.length;

interface Stretch {
  readonly at: Xy;
  readonly lengthM: number;
  /** A-weighted power by metre and octave, not level, state after state. */
  readonly perM: Float64Array;
  /** Its halves, where it is long enough to have any. */
  readonly halves: readonly Stretch[];
}

export interface Town {
  /** How many states the lines tell of. */
  readonly states: number;
  /** What stands in the way in all of them. */
  readonly screens: readonly Screen[];
  /** Of outlines, 0 to 1; may throw to end it. */
  readonly progress?: (part: number) => void;
}

/** @returns of each outline, state by state, the A-weighted level at its most exposed side, dB; null where no street is near */
export function facadeLevels(
  lines: readonly NoisyLine[],
  outlines: readonly (readonly Xy[])[],
  { states, screens, progress }: Town,
): (number | null)[][] {
  const sources = gridOf(lines, states);
  const hearing = new Hearing(states, new Screens(screens));
  const cells = Math.ceil(REACH_M / CELL_M);
  return outlines.map((outline, done) => {
    if (done % TOLD_EVERY === 0) progress?.(done / outlines.length);
    const middle = outline[0];
    const near: Stretch[] = [];
    if (middle) {
      const [column, row] = [Math.floor(middle[0] / CELL_M), Math.floor(middle[1] / CELL_M)];
      for (let c = column - cells; c <= column + cells; c++) {
        for (let r = row - cells; r <= row + cells; r++) near.push(...(sources.get(`${c} ${r}`) ?? []));
      }
    }
    return hearing.loudest(outline, near).map((heard) => {
      const level = decibels(heard);
      return level > QUIET_DB ? Math.round(level * 10) / 10 : null;
    });
  });
}

/** One source before a façade, as if nothing stood between. */
interface Heard {
  readonly source: Stretch;
  readonly awayM: number;
  /** Power that arrives, by state. */
  readonly open: readonly number[];
  readonly most: number;
}

class Hearing {
  private readonly states: number;
  private readonly screens: Screens;
  private readonly openShare = openShares();

  constructor(states: number, screens: Screens) {
    this.states = states;
    this.screens = screens;
  }

  /** Power at the loudest side of an outline, by state. */
  loudest(outline: readonly Xy[], near: readonly Stretch[]): readonly number[] {
    const loudest = Array<number>(this.states).fill(0);
    const isLeft = turnsLeft(outline);
    const sides = outline.slice(0, -1).map((a, corner) => {
      const b = outline[corner + 1] as Xy;
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
      const length = Math.hypot(dx, dy) || 1;
      const outward: Xy = isLeft ? [dy / length, -dx / length] : [-dy / length, dx / length];
      const at: Xy = [(a[0] + b[0]) / 2 + BEFORE_M * outward[0], (a[1] + b[1]) / 2 + BEFORE_M * outward[1]];
      return { at, heard: this.before(at, outward, near) };
    });
    const ranked = sides
      .map(({ at, heard }) => ({
        at,
        heard,
        most: loudest.map((_, state) => sumOf(heard.map(({ open }) => open[state] as number))),
      }))
      .sort((a, b) => Math.max(...b.most) - Math.max(...a.most));
    for (const { at, heard, most } of ranked) {
      // Screens take away: a side that is quieter than another without them stays so.
      if (most.every((each, state) => each <= (loudest[state] as number))) continue;
      const arrived = this.behindScreens(at, heard, most);
      for (const [state, each] of arrived.entries())
        loudest[state] = Math.max(loudest[state] as number, each);
    }
    return loudest;
  }

  /** Those in front of a façade and within reach. */
  private before(at: Xy, outward: Xy, near: readonly Stretch[]): readonly Heard[] {
    const heard: Heard[] = [];
    const listen = (source: Stretch): void => {
      const [dx, dy] = [source.at[0] - at[0], source.at[1] - at[1]];
      const awayM = Math.hypot(dx, dy);
      if (source.halves.length > 0 && awayM < FAR_ENOUGH * source.lengthM) {
        for (const half of source.halves) listen(half);
        return;
      }
      if (awayM >= REACH_M || dx * outward[0] + dy * outward[1] <= 0) return;
      const row = Math.round(Math.max(NEAREST_M, awayM)) * BANDS;
      const open = this.arriving(source, this.openShare, row);
      const most = Math.max(...open);
      if (most > 0) heard.push({ source, awayM, open, most });
    };
    for (const source of near) listen(source);
    return heard;
  }

  /** Power of a stretch by state, of which by octave so much arrives. */
  private arriving({ perM, lengthM }: Stretch, shares: ArrayLike<number>, from = 0): number[] {
    const arrived: number[] = [];
    for (let state = 0; state < this.states; state++) {
      let sum = 0;
      for (let octave = 0; octave < BANDS; octave++) {
        sum += (perM[state * BANDS + octave] as number) * (shares[from + octave] as number);
      }
      arrived.push(sum * lengthM);
    }
    return arrived;
  }

  /**
   * The loudest sources first, until those that are left could add no more than a tenth of a decibel. Of the last tenth
   * of the power those behind screens lose what such lost on average before them.
   */
  private behindScreens(at: Xy, heard: readonly Heard[], most: readonly number[]): readonly number[] {
    const arrived = most.map(() => 0);
    const left = [...most];
    let [screened, kept] = [0, 0];
    for (const { source, awayM, open } of heard.toSorted((a, b) => b.most - a.most)) {
      if (left.every((each, state) => each <= LEFT_OUT * (arrived[state] as number))) break;
      const isLast = left.every((each, state) => each <= LAST_PART * (most[state] as number)) && screened > 0;
      const cuts = awayM > NEAREST_M ? this.screens.cuts(source.at, at) : [];
      let come = open;
      if (cuts.length > 0 && isLast) come = open.map((each) => (each * kept) / screened);
      else if (cuts.length > 0) {
        come = this.arriving(source, sharesOver(cuts, awayM));
        screened += sumOf(open);
        kept += sumOf(come);
      }
      for (let state = 0; state < this.states; state++) {
        left[state] = (left[state] as number) - (open[state] as number);
        arrived[state] = (arrived[state] as number) + (come[state] as number);
      }
    }
    return arrived;
  }
}

const sumOf = (parts: readonly number[]): number => parts.reduce((sum, each) => sum + each, 0);

function turnsLeft(ring: readonly Xy[]): boolean {
  let twice = 0;
  const [ox, oy] = ring[0] ?? [0, 0];
  for (let k = 0; k + 1 < ring.length; k++) {
    const [[ax, ay], [bx, by]] = [ring[k] as Xy, ring[k + 1] as Xy];
    twice += (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
  }
  return twice > 0;
}

/** By octave, the part of the power that arrives over flat, hard ground and what stands on it, half of the time downwind. */
function sharesOver(cuts: readonly CutPoint[], awayM: number): number[] {
  const end = (alongM: number): CutPoint => ({ alongM, groundM: 0, ground: 0 });
  const path = { sourceM: SOURCE_M, receiverM: RECEIVER_M, points: [end(0), ...cuts, end(awayM)] };
  const lost = (['homogeneous', 'favourable'] satisfies Air[]).map((air) => soundLoss(path, air));
  return OCTAVES_HZ.map(
    (_, octave) => lost.reduce((sum, loss) => sum + power(-(loss[octave] as number)), 0) / lost.length,
  );
}

/** The same by metre of distance where nothing stands between. */
function openShares(): Float64Array {
  const table = new Float64Array((REACH_M + 1) * BANDS);
  for (let metre = NEAREST_M; metre <= REACH_M; metre++) table.set(sharesOver([], metre), metre * BANDS);
  return table;
}

/** Stretches of every line by the cell that they lie in. */
function gridOf(lines: readonly NoisyLine[], states: number): ReadonlyMap<string, readonly Stretch[]> {
  const grid = new Map<string, Stretch[]>();
  for (const { path, powerPerM } of lines) {
    const lengthM = lengthOf(path);
    const count = Math.max(1, Math.round(lengthM / LONGEST_M));
    const perM = new Float64Array(states * BANDS);
    for (const [state, levels] of powerPerM.entries()) {
      for (const [octave, level] of (levels ?? []).entries()) {
        perM[state * BANDS + octave] = power(level + (A_WEIGHTS[octave] ?? 0));
      }
    }
    for (let k = 0; k < count; k++) {
      const stretch = stretchOf(path, (k * lengthM) / count, lengthM / count, perM);
      const key = `${Math.floor(stretch.at[0] / CELL_M)} ${Math.floor(stretch.at[1] / CELL_M)}`;
      const cell = grid.get(key) ?? [];
      cell.push(stretch);
      grid.set(key, cell);
    }
  }
  return grid;
}

function stretchOf(path: readonly Xy[], fromM: number, lengthM: number, perM: Float64Array): Stretch {
  const half = lengthM / 2;
  return {
    at: placeAt(path, fromM + half).point,
    lengthM,
    perM,
    halves:
      lengthM < 2 * SHORTEST_M
        ? []
        : [stretchOf(path, fromM, half, perM), stretchOf(path, fromM + half, half, perM)],
  };
}
