/** Signals and banned turns where main streets of the demo city meet others. */
import { cross, dot, subtract, unit, type Xy } from '../../geo/plane.ts';
import type { CorridorKind, Skeleton, SkeletonEdge } from '../skeleton.ts';

/** Rules at the two ends of a corridor, as its first and last section carry them. */
export interface EndRules {
  /** Green/cycle in seconds; null without signals. */
  readonly signal: string | null;
  /** Roads that nobody may turn into there; undefined = into each. */
  readonly noTurnTo?: string;
}

/** By edge: rules at its `from` and at its `to`. */
export type CornerRules = ReadonlyMap<number, { readonly from: EndRules; readonly to: EndRules }>;

/** Two changes of 4 s are nobody's green. */
const [MAIN_SIGNAL, SIDE_SIGNAL] = ['49/90', '33/90'] as const;
const ARMS: readonly CorridorKind[] = ['avenue', 'collector', 'street'];
/** At every so many of the crossroads with signals where one could, nobody turns left off one side of the main street. */
const BAN_EVERY = 2;
const NONE: EndRules = { signal: null };

interface Arm {
  readonly edge: number;
  readonly isMain: boolean;
  /** The edge begins here. */
  readonly isStart: boolean;
  /** Away from the junction. */
  readonly outward: Xy;
}

/** Signals stand where a main street runs on and another meets it, but at no roundabout. */
export function cornerRules({ nodes, edges }: Skeleton): CornerRules {
  const arms = nodes.map((): Arm[] => []);
  for (const [edge, each] of edges.entries()) {
    if (!ARMS.includes(each.kind)) continue;
    arms[each.from]?.push(armOf(each, edge, true));
    arms[each.to]?.push(armOf(each, edge, false));
  }
  const rules = new Map<number, { from: EndRules; to: EndRules }>();
  let turns = 0;
  for (const [node, here] of arms.entries()) {
    const isBusy = here.length >= 3 && here.filter(({ isMain }) => isMain).length >= 2;
    if (!isBusy || nodes[node]?.roundM !== undefined) continue;
    const turn = here.length >= 4 ? leftTurn(here) : undefined;
    const ban = turn && turns++ % BAN_EVERY === 0 ? turn : undefined;
    for (const arm of here) {
      const own: EndRules = {
        signal: arm.isMain ? MAIN_SIGNAL : SIDE_SIGNAL,
        ...(ban?.off === arm && { noTurnTo: `UL-S${ban.into.edge}-1` }),
      };
      const ends = rules.get(arm.edge) ?? { from: NONE, to: NONE };
      rules.set(arm.edge, arm.isStart ? { ...ends, from: own } : { ...ends, to: own });
    }
  }
  return rules;
}

function armOf({ kind, path }: SkeletonEdge, edge: number, isStart: boolean): Arm {
  const walk = isStart ? path : path.toReversed();
  const outward = unit(subtract(walk[1] as Xy, walk[0] as Xy));
  return { edge, isMain: kind === 'avenue', isStart, outward };
}

/** Off a main street into the first section of another, whose name is known before its other junctions are. */
function leftTurn(arms: readonly Arm[]): { readonly off: Arm; readonly into: Arm } | undefined {
  for (const off of arms.filter(({ isMain }) => isMain)) {
    const into = arms.find(
      ({ isStart, outward }) =>
        isStart && cross(off.outward, outward) < -0.5 && Math.abs(dot(off.outward, outward)) < 0.8,
    );
    if (into) return { off, into };
  }
  return undefined;
}
