/** Noise of streets at the most exposed façade of buildings. */
import { signedArea, type Xy } from '../../geo/plane.ts';
import type { NoiseGround } from './noise-ground.ts';
import { NoiseSources, type NoisyLine } from './noise-sources.ts';
import { decibels } from './road-emission.ts';
import { type Screen, Screens } from './screens.ts';
import { type Heard, TownHearing } from './town-hearing.ts';

/** In front of a façade, whose own echo does not count. */
const BEFORE_M = 0.2;
/** Below it nothing is told: no street within reach. */
const QUIET_DB = 20;
const TOLD_EVERY = 500;
/** Sides within 2 dB of the loudest may be louder than it by what comes around corners: 1.5 dB were seen at most. */
const NEARLY_LOUDEST = 10 ** -0.2;

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

/**
 * Power at the loudest side of an outline, by state. Sides are told apart by the straight ways alone; what comes around
 * corners and by mirrors is looked for at the loudest ones, as it would take most of the time.
 */
function loudest(hearing: TownHearing, outline: readonly Xy[]): readonly number[] {
  const most = Array<number>(hearing.states).fill(0);
  const heardSides: {
    readonly at: Xy;
    readonly heard: readonly Heard[];
    readonly straight: readonly number[];
  }[] = [];
  const sides = sidesOf(hearing, outline).sort((a, b) => Math.max(...b.most) - Math.max(...a.most));
  for (const { at, outward, most: atMost } of sides) {
    // Screens take away: a side that is quieter than another without them stays so.
    if (atMost.every((each, state) => each <= (most[state] as number))) continue;
    const heard = hearing.openAt(at, outward);
    const straight = hearing.directAt(at, heard, false);
    heardSides.push({ at, heard, straight });
    for (const [state, each] of straight.entries()) most[state] = Math.max(most[state] as number, each);
  }
  const direct = most.map(() => 0);
  const mirrored = most.map(() => 0);
  for (const { at, heard, straight } of heardSides) {
    if (straight.every((each, state) => each < NEARLY_LOUDEST * (most[state] as number))) continue;
    const arrived = hearing.directAt(at, heard);
    const back = hearing.mirroredAt(at, heard);
    for (const [state, each] of arrived.entries()) {
      if (each <= (direct[state] as number)) continue;
      direct[state] = each;
      mirrored[state] = back[state] as number;
    }
  }
  return direct.map((each, state) => each + (mirrored[state] as number));
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
