/**
 * What arrives of streets at a place in a town, by CNOSSOS-EU: over relief and ground of its softness, over roofs, around
 * corners where the way over is barred, and by one mirror of façades.
 */
import type { Xy } from '../../geo/plane.ts';
import { edgeLoss } from './diffraction.ts';
import type { Air } from './ground-effect.ts';
import { OCTAVES_HZ } from './noise-coefficients.ts';
import { CARRIAGEWAY_M, heightOf, meanFactor } from './noise-ground.ts';
import type { NoiseSources, Stretch } from './noise-sources.ts';
import { isBarred } from './path-edges.ts';
import { soundLoss } from './propagation.ts';
import { power } from './road-emission.ts';
import type { Crossing, Wall } from './screens.ts';
import type { CutPoint, SoundPath } from './sound-path.ts';
import { type NoiseTown, pathsAround, straightPath } from './town-paths.ts';

/** Farther away a street of the city is not heard among the others. */
export const REACH_M = 300;
const SOURCE_M = 0.05;
/** Height of strategic noise maps. */
export const RECEIVER_M = 4;
const NEAREST_M = 2;
/** What all sources that are left out could add together: 0.1 dB. */
const LEFT_OUT = 0.023;
/** Of the power at a place as if nothing stood between. */
const LAST_PART = 0.1;
/** Around a corner a third of the power comes at most, and two corners are looked for. */
const BY_CORNERS = 2 / 3;
/** What would add less to what has arrived is not looked for around corners: 0.04 dB. */
const LEAST_PART = 0.01;
/** Façades farther away are no mirrors. */
const MIRROR_REACH_M = 50;
/** Of sound that a façade throws back; in each octave, an assumption of noise maps. */
export const FACADE_ABSORPTION = 0.2;
/** Mirrored are the loudest sources, up to this part of the power. */
const MIRRORED_PART = 0.9;
const BANDS = OCTAVES_HZ.length;
/** Steps of the ground factor in the table of open ground. */
const FACTOR_STEPS = 10;
const AIRS: readonly Air[] = ['homogeneous', 'favourable'];

/** One source at a place, as if nothing stood between and all ground were hard: so loud it may be at most. */
export interface Heard {
  readonly source: Stretch;
  readonly awayM: number;
  /** Power that arrives, by state. */
  readonly open: readonly number[];
  readonly most: number;
}

export class TownHearing {
  readonly states: number;
  private readonly sources: NoiseSources;
  readonly town: NoiseTown;
  /** By step of the ground factor (hard first) and metre, the part of the power that arrives, by octave. */
  private readonly table = openTable();

  constructor(states: number, sources: NoiseSources, town: NoiseTown) {
    this.states = states;
    this.sources = sources;
    this.town = town;
  }

  /** Power that all sources within reach send at most, by state. @param outward of a façade: those behind it are not heard */
  mostAt(at: Xy, outward?: Xy): readonly number[] {
    const most = Array<number>(this.states).fill(0);
    this.eachBefore(at, outward, (source, awayM) => {
      const row = rowOf(awayM);
      for (let state = 0; state < this.states; state++)
        most[state] = (most[state] as number) + this.comesTo(source, state, this.table, row);
    });
    return most;
  }

  /** The same one by one. */
  openAt(at: Xy, outward?: Xy): readonly Heard[] {
    const heard: Heard[] = [];
    this.eachBefore(at, outward, (source, awayM) => {
      const open = this.arriving(source, this.table, rowOf(awayM));
      const most = Math.max(...open);
      if (most > 0) heard.push({ source, awayM, open, most });
    });
    return heard.sort((a, b) => b.most - a.most);
  }

  private eachBefore(at: Xy, outward: Xy | undefined, hear: (source: Stretch, awayM: number) => void): void {
    this.sources.eachNear(at, REACH_M, (source, awayM) => {
      const [dx, dy] = [source.at[0] - at[0], source.at[1] - at[1]];
      if (!outward || dx * outward[0] + dy * outward[1] > 0) hear(source, awayM);
    });
  }

  /**
   * Power at a place by state: the loudest sources first, until those that are left could add no more than a tenth of a
   * decibel. Of the last tenth of the power those behind screens lose what such lost on average before them. Without
   * mirrors.
   * @param ranked loudest first
   * @param corners whether ways around corners are looked for
   */
  directAt(at: Xy, ranked: readonly Heard[], corners = true): readonly number[] {
    const most = Array.from({ length: this.states }, (_, state) =>
      ranked.reduce((sum, { open }) => sum + (open[state] as number), 0),
    );
    const arrived = most.map(() => 0);
    const left = [...most];
    let [screened, kept] = [0, 0];
    for (const { source, awayM, open } of ranked) {
      if (left.every((each, state) => each <= LEFT_OUT * (arrived[state] as number))) break;
      const isLast = left.every((each, state) => each <= LAST_PART * (most[state] as number)) && screened > 0;
      const crossings = awayM > NEAREST_M ? this.town.screens.crossings(source.at, at) : [];
      let come: readonly number[];
      if (crossings.length > 0 && isLast) come = open.map((each) => (each * kept) / screened);
      else {
        const byCorners =
          corners && arrived.some((each, state) => (open[state] as number) * BY_CORNERS > LEAST_PART * each);
        come = this.comes(at, source, awayM, crossings, byCorners);
        if (crossings.length > 0) {
          screened += sumOf(open);
          kept += sumOf(come);
        }
      }
      for (let state = 0; state < this.states; state++) {
        left[state] = (left[state] as number) - (open[state] as number);
        arrived[state] = (arrived[state] as number) + (come[state] as number);
      }
    }
    return arrived;
  }

  private comes(
    at: Xy,
    source: Stretch,
    awayM: number,
    crossings: readonly Crossing[],
    byCorners: boolean,
  ): readonly number[] {
    const [from, to] = [
      { at: source.at, overGroundM: SOURCE_M },
      { at, overGroundM: RECEIVER_M },
    ];
    const straight = awayM > NEAREST_M ? straightPath(this.town, from, to, crossings) : undefined;
    if (!straight)
      return this.arriving(source, this.openShares(awayM, meanFactor(this.town.ground, source.at, at)));
    const around = crossings.length > 0 && byCorners ? pathsAround(this.town, from, to, crossings) : [];
    return this.arriving(source, sharesOf(straight, around));
  }

  /** Power by state that one mirror sends to a place: the loudest sources, where both legs are free. */
  mirroredAt(at: Xy, ranked: readonly Heard[]): readonly number[] {
    const sum = Array<number>(this.states).fill(0);
    const all = ranked.reduce((power, { open }) => power + sumOf(open), 0);
    const walls = this.town.screens.wallsAround(at, MIRROR_REACH_M);
    if (walls.length === 0) return sum;
    let seen = 0;
    for (const { source, open } of ranked) {
      if (seen > MIRRORED_PART * all) break;
      seen += sumOf(open);
      for (const wall of walls) {
        const come = this.byMirror(at, source, wall);
        if (!come) continue;
        for (let state = 0; state < this.states; state++)
          sum[state] = (sum[state] as number) + (come[state] as number);
      }
    }
    return sum;
  }

  private byMirror(at: Xy, source: Stretch, { from, to, topM }: Wall): readonly number[] | undefined {
    const [ex, ey] = [to[0] - from[0], to[1] - from[1]];
    const length = Math.hypot(ex, ey);
    const before = ([x, y]: Xy) => ((x - from[0]) * ey - (y - from[1]) * ex) / length;
    const [ofPlace, ofSource] = [before(at), before(source.at)];
    if (ofPlace * ofSource <= 0) return undefined;
    // Where the ray meets the wall, as a share of both distances from it.
    const share = Math.abs(ofSource) / (Math.abs(ofSource) + Math.abs(ofPlace));
    const alongOf = ([x, y]: Xy) => ((x - from[0]) * ex + (y - from[1]) * ey) / length;
    const along = alongOf(source.at) * (1 - share) + alongOf(at) * share;
    if (along <= 0 || along >= length) return undefined;
    const sign = Math.sign(ofPlace);
    const spot: Xy = [
      from[0] + (along * ex) / length + (sign * BEFORE_WALL_M * ey) / length,
      from[1] + (along * ey) / length - (sign * BEFORE_WALL_M * ex) / length,
    ];
    const legs = [source.at, at].map((end) => Math.hypot(end[0] - spot[0], end[1] - spot[1])) as [
      number,
      number,
    ];
    const awayM = legs[0] + legs[1];
    if (awayM >= REACH_M) return undefined;
    const { ground, screens } = this.town;
    const ends = [heightOf(ground, source.at) + SOURCE_M, heightOf(ground, at) + RECEIVER_M] as const;
    const rayM = ends[0] + share * (ends[1] - ends[0]);
    if (rayM >= topM) return undefined;
    if (screens.crossings(source.at, spot).length > 0 || screens.crossings(spot, at).length > 0)
      return undefined;
    const factor =
      (meanFactor(ground, source.at, spot) * legs[0] + meanFactor(ground, spot, at) * legs[1]) / awayM;
    const over = Math.hypot(legs[0], topM - ends[0]) + Math.hypot(legs[1], topM - ends[1]);
    // What escapes over the upper edge (2.5.37).
    const escaped = edgeLoss(Math.hypot(awayM, ends[1] - ends[0]) - over, 0);
    const shares = this.openShares(awayM, factor);
    return this.arriving(
      source,
      shares.map((each, octave) => each * (1 - FACADE_ABSORPTION) * power(-(escaped[octave] as number))),
    );
  }

  /** Power of a stretch by state, of which by octave so much arrives. */
  private arriving(source: Stretch, shares: ArrayLike<number>, from = 0): number[] {
    const arrived: number[] = [];
    for (let state = 0; state < this.states; state++) arrived.push(this.comesTo(source, state, shares, from));
    return arrived;
  }

  private comesTo(
    { perM, lengthM }: Stretch,
    state: number,
    shares: ArrayLike<number>,
    from: number,
  ): number {
    let sum = 0;
    for (let octave = 0; octave < BANDS; octave++)
      sum += (perM[state * BANDS + octave] as number) * (shares[from + octave] as number);
    return sum * lengthM;
  }

  /** By octave, over flat ground of a mean factor. */
  private openShares(awayM: number, factor: number): number[] {
    const step = Math.min(FACTOR_STEPS - 1, Math.floor(factor * FACTOR_STEPS));
    const rest = factor * FACTOR_STEPS - step;
    const row = step * STEP_LENGTH + rowOf(awayM);
    const shares: number[] = [];
    for (let octave = row; octave < row + BANDS; octave++) {
      const [less, more] = [this.table[octave] as number, this.table[octave + STEP_LENGTH] as number];
      shares.push(less + rest * (more - less));
    }
    return shares;
  }
}

const STEP_LENGTH = (REACH_M + 1) * BANDS;
const rowOf = (awayM: number): number => Math.round(Math.max(NEAREST_M, awayM)) * BANDS;

/** The spot of a mirror lies before the wall, so that the wall itself is not in the way. */
const BEFORE_WALL_M = 0.05;

const sumOf = (parts: readonly number[]): number => parts.reduce((sum, each) => sum + each, 0);

/** By octave, the part of the power that arrives on all paths together, half of the time downwind. */
function sharesOf(straight: SoundPath, around: readonly SoundPath[]): number[] {
  const shares = Array<number>(BANDS).fill(0);
  for (const air of AIRS) {
    const paths = around.length > 0 && isBarred(straight, air) ? [straight, ...around] : [straight];
    for (const path of paths) {
      const lost = soundLoss(path, air);
      for (let octave = 0; octave < BANDS; octave++)
        shares[octave] = (shares[octave] as number) + power(-(lost[octave] as number)) / AIRS.length;
    }
  }
  return shares;
}

/** Over flat ground where nothing stands between, by metre of distance and step of its factor. */
function openTable(): Float64Array {
  const table = new Float64Array(STEP_LENGTH * (FACTOR_STEPS + 1));
  for (let metre = NEAREST_M; metre <= REACH_M; metre++) {
    for (let step = 0; step <= FACTOR_STEPS; step++) {
      const point = (alongM: number, ground: number): CutPoint => ({ alongM, groundM: 0, ground });
      const rest = step / FACTOR_STEPS;
      const points =
        metre > 2 * CARRIAGEWAY_M
          ? [point(0, 0), point(CARRIAGEWAY_M, rest), point(metre, 0)]
          : [point(0, 0), point(metre, 0)];
      const path = { sourceM: SOURCE_M, receiverM: RECEIVER_M, points };
      table.set(sharesOf(path, []), step * STEP_LENGTH + rowOf(metre));
    }
  }
  return table;
}
