/** Noise of streets at the most exposed façade of buildings. */
import { signedArea, type Xy } from '../../geo/plane.ts';
import type { NoiseGround } from './noise-ground.ts';
import { NoiseSources, type NoisyLine } from './noise-sources.ts';
import { decibels } from './road-emission.ts';
import { type Screen, Screens } from './screens.ts';
import { TownHearing } from './town-hearing.ts';

/** In front of a façade, whose own echo does not count. */
const BEFORE_M = 0.2;
/** Below it nothing is told: no street within reach. */
const QUIET_DB = 20;
const TOLD_EVERY = 500;

export interface Town {
  /** How many states the lines tell of. */
  readonly states: number;
  /** What stands in the way in all of them. */
  readonly screens: readonly Screen[];
  /** Without it flat and hard. */
  readonly ground?: NoiseGround | undefined;
}

export const hearingOf = (lines: readonly NoisyLine[], { states, screens, ground = {} }: Town): TownHearing =>
  new TownHearing(states, new NoiseSources(lines, states), { screens: new Screens(screens, ground), ground });

/**
 * @param progress of outlines, 0 to 1; may throw to end it
 * @returns of each outline, state by state, the A-weighted level at its most exposed side, dB; null where no street is near
 */
export function facadeLevels(
  hearing: TownHearing,
  outlines: readonly (readonly Xy[])[],
  progress: (part: number) => void = () => {},
): (number | null)[][] {
  return outlines.map((outline, done) => {
    if (done % TOLD_EVERY === 0) progress(done / outlines.length);
    return loudest(hearing, outline).map(levelOf);
  });
}

/** To a tenth; null where no street is near. */
export function levelOf(arrived: number): number | null {
  const level = decibels(arrived);
  return level > QUIET_DB ? Math.round(level * 10) / 10 : null;
}

interface Side {
  readonly at: Xy;
  readonly outward: Xy;
  readonly most: readonly number[];
}

/** Power at the side of an outline that is loudest without mirrors, with them, by state. */
function loudest(hearing: TownHearing, outline: readonly Xy[]): readonly number[] {
  const loudest = Array<number>(hearing.states).fill(0);
  const mirrored = [...loudest];
  const sides = sidesOf(hearing, outline).sort((a, b) => Math.max(...b.most) - Math.max(...a.most));
  for (const { at, outward, most } of sides) {
    // Screens take away: a side that is quieter than another without them stays so.
    if (most.every((each, state) => each <= (loudest[state] as number))) continue;
    const heard = hearing.openAt(at, outward);
    const arrived = hearing.directAt(at, heard);
    if (arrived.every((each, state) => each <= (loudest[state] as number))) continue;
    const back = hearing.mirroredAt(at, heard);
    for (const [state, each] of arrived.entries()) {
      if (each <= (loudest[state] as number)) continue;
      loudest[state] = each;
      mirrored[state] = back[state] as number;
    }
  }
  return loudest.map((each, state) => each + (mirrored[state] as number));
}

function sidesOf(hearing: TownHearing, outline: readonly Xy[]): Side[] {
  const turn = signedArea(outline) > 0 ? 1 : -1;
  return outline.slice(0, -1).map((a, corner) => {
    const b = outline[corner + 1] as Xy;
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const length = Math.hypot(dx, dy) || 1;
    const outward: Xy = [(turn * dy) / length, (-turn * dx) / length];
    const at: Xy = [(a[0] + b[0]) / 2 + BEFORE_M * outward[0], (a[1] + b[1]) / 2 + BEFORE_M * outward[1]];
    return { at, outward, most: hearing.mostAt(at, outward) };
  });
}
