/** Trees as a few low bodies, one for each habit, that are drawn many times in many sizes. */

import { channelsOf } from './linear-colour.ts';

/** Habits that are told apart from a distance. */
export const TREE_HABITS = ['round', 'oval', 'spruce', 'pine', 'column', 'shrub', 'dead'] as const;
export type TreeHabit = (typeof TREE_HABITS)[number];

/** Of a tree one high with a crown one wide, standing at the origin; glTF axes, y up. */
export interface TreeBody {
  readonly positions: readonly number[];
  readonly normals: readonly number[];
  /** sRGB, `[red, green, blue]` for each vertex, 0 to 1. */
  readonly colors: readonly number[];
  readonly indices: readonly number[];
}

/** Height above the ground and distance from the axis. */
type Profile = readonly (readonly [heightM: number, radiusM: number])[];

interface Habit {
  readonly crown: Profile;
  /** Quiet tones of a map, not of a meadow: bottom and top of the crown, sRGB. */
  readonly shade: string;
  readonly light: string;
  /** Height and foot radius of the trunk. */
  readonly trunk?: readonly [topM: number, radiusM: number, color: string];
  readonly sides: number;
}

const BARK = '#85735f';

const HABITS: Readonly<Record<TreeHabit, Habit>> = {
  round: {
    crown: [
      [0.24, 0.06],
      [0.34, 0.36],
      [0.56, 0.5],
      [0.8, 0.38],
      [0.95, 0.16],
      [1, 0],
    ],
    ...{ shade: '#66794f', light: '#9bb07c', trunk: [0.4, 0.036, BARK], sides: 7 },
  },
  oval: {
    crown: [
      [0.2, 0.05],
      [0.32, 0.36],
      [0.5, 0.5],
      [0.74, 0.36],
      [1, 0],
    ],
    ...{ shade: '#7b8c5c', light: '#b1c18b', trunk: [0.36, 0.03, '#cfc8ba'], sides: 7 },
  },
  spruce: {
    crown: [
      [0.09, 0.1],
      [0.11, 0.5],
      [0.45, 0.24],
      [0.46, 0.37],
      [0.74, 0.13],
      [0.75, 0.23],
      [1, 0],
    ],
    ...{ shade: '#3f5c4a', light: '#6b8a70', trunk: [0.16, 0.04, BARK], sides: 7 },
  },
  pine: {
    crown: [
      [0.5, 0.08],
      [0.58, 0.42],
      [0.74, 0.5],
      [0.9, 0.3],
      [1, 0],
    ],
    ...{ shade: '#52704f', light: '#7f9a72', trunk: [0.62, 0.045, '#a07c5f'], sides: 7 },
  },
  column: {
    crown: [
      [0.02, 0.28],
      [0.14, 0.46],
      [0.42, 0.5],
      [0.76, 0.32],
      [1, 0],
    ],
    ...{ shade: '#486350', light: '#7c977a', sides: 6 },
  },
  shrub: {
    crown: [
      [-0.05, 0.38],
      [0.3, 0.5],
      [0.74, 0.38],
      [1, 0],
    ],
    ...{ shade: '#7a8b60', light: '#b0bf90', sides: 6 },
  },
  dead: {
    crown: [
      [0.3, 0.04],
      [0.52, 0.3],
      [0.8, 0.2],
      [1, 0],
    ],
    ...{ shade: '#83796a', light: '#a99e8c', trunk: [0.6, 0.05, '#75695b'], sides: 5 },
  },
};

/** How far a crown is from round, of its radius. */
const UNEVEN = 0.09;
/** Below the ground, so that a trunk on a slope does not float. */
const FOOT = -0.06;

export function treeBody(habit: TreeHabit): TreeBody {
  const { crown, shade, light, trunk, sides } = HABITS[habit];
  const body = { positions: [], normals: [], colors: [], indices: [] };
  if (trunk) {
    const [top, radius, color] = trunk;
    addLathe(
      body,
      [
        [FOOT, radius],
        [top, radius * 0.7],
      ],
      4,
      [color, color],
      0,
    );
  }
  addLathe(body, crown, sides, [shade, light], UNEVEN);
  return body;
}

type Growing = { readonly [part in keyof TreeBody]: number[] };

/** Turns a profile about the axis; a radius of 0 closes it. */
function addLathe(
  { positions, normals, colors, indices }: Growing,
  profile: Profile,
  sides: number,
  [low, high]: readonly [string, string],
  uneven: number,
): void {
  const first = positions.length / 3;
  const [bottom = [0, 0], top = [1, 0]] = [profile[0], profile.at(-1)];
  const [from, to] = [channelsOf(low), channelsOf(high)];
  profile.forEach(([y, radius], ring) => {
    const [before, after] = [profile[ring - 1] ?? profile[ring], profile[ring + 1] ?? profile[ring]];
    const [rise, out] = [(after?.[0] ?? y) - (before?.[0] ?? y), (after?.[1] ?? 0) - (before?.[1] ?? 0)];
    const length = Math.hypot(rise, out) || 1;
    const part = (y - bottom[0]) / (top[0] - bottom[0]);
    for (let side = 0; side < sides; side++) {
      // Rings are turned against each other, so that edges do not line up.
      const angle = (2 * Math.PI * (side + (ring % 2) / 2)) / sides;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const reach = radius * (1 + uneven * Math.sin(12.9898 * ring + 78.233 * side));
      positions.push(cos * reach, y, sin * reach);
      normals.push((cos * rise) / length, -out / length, (sin * rise) / length);
      for (const channel of [0, 1, 2]) {
        colors.push((from[channel] ?? 0) * (1 - part) + (to[channel] ?? 0) * part);
      }
    }
    if (ring === 0) return;
    const [under, over] = [first + (ring - 1) * sides, first + ring * sides];
    for (let side = 0; side < sides; side++) {
      const next = (side + 1) % sides;
      // The upper ring is half a side further on, or half a side behind.
      const middle = over + (ring % 2 === 1 ? side : next);
      indices.push(under + side, middle, under + next);
      if (radius === 0) continue;
      if (ring % 2 === 1) indices.push(under + next, over + side, over + next);
      else indices.push(under + side, over + side, over + next);
    }
  });
}

/** Genera by Latin and Polish names; any other is round, or a spruce if it has needles. */
const BY_GENUS: readonly (readonly [TreeHabit, RegExp])[] = [
  ['oval', /^(betula|salix|fraxinus|prunus avium|brzoza|wierzba|jesion)\b/i],
  ['pine', /^(pinus|sosna)\b/i],
  ['column', /^(thuja|taxus|juniperus|carpinus betulus fastigiata|populus nigra|żywotnik|cis|jałowiec)\b/i],
];

/** What a tree looks like, from its register. */
export function habitOf(
  names: readonly (string | null)[],
  form: string | null,
  health: string | null,
): TreeHabit {
  if (health === 'dead') return 'dead';
  if (form === 'shrub') return 'shrub';
  const [habit] = BY_GENUS.find(([, pattern]) => names.some((text) => text && pattern.test(text))) ?? [];
  return habit ?? (form === 'coniferous' ? 'spruce' : 'round');
}
