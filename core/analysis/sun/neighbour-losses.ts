/** Buildings around edits that lose what the law asks of their sun or open sector, or get it back. */
import type { NeighbourPoint } from './neighbour-points.ts';
import { SECTOR_BOUND_M } from './open-sector.ts';

export interface NeighbourLoss {
  readonly code: 'neighbour-loses-sun' | 'neighbour-loses-open-sector';
  /** `vanishes`: the edits take away what stood before it. */
  readonly change: 'appears' | 'vanishes';
  /** Its id among the shapes. */
  readonly building: string;
  /** False where an error of heights decides every point. */
  readonly isSure: boolean;
  /** Points that lack it in one state only, and all that are asked. */
  readonly points: number;
  readonly asked: number;
  /** At the worst of them, in the state in which it is lacking: minutes of sun, or metres that lack. */
  readonly measured: number;
  /** Minutes asked; of an open sector nothing may lack. */
  readonly limit: number;
}

/** By building, in the order of the points. @param before, after points of both states in the same order */
export function neighbourLosses(
  before: readonly NeighbourPoint[],
  after: readonly NeighbourPoint[],
): readonly NeighbourLoss[] {
  const buildings = new Map<string, Pair[]>();
  for (const [n, was] of before.entries()) {
    const is = after[n];
    if (!is) continue;
    const known = buildings.get(was.building);
    if (known) known.push([was, is]);
    else buildings.set(was.building, [[was, is]]);
  }
  return [...buildings].flatMap(([building, pairs]) =>
    [lossOfSun(pairs), lossOfSector(pairs)].flatMap((loss) => (loss ? [{ building, ...loss }] : [])),
  );
}

type Pair = readonly [was: NeighbourPoint, is: NeighbourPoint];
type Loss = Omit<NeighbourLoss, 'building'>;

/** Of the two ways the one that more points go. */
function pointsThatTurn(pairs: readonly Pair[], lacks: (point: NeighbourPoint) => boolean) {
  const lost = pairs.filter(([was, is]) => !lacks(was) && lacks(is));
  const gained = pairs.filter(([was, is]) => lacks(was) && !lacks(is));
  const turned = lost.length >= gained.length ? lost : gained;
  if (turned.length === 0) return undefined;
  const change = turned === lost ? ('appears' as const) : ('vanishes' as const);
  return { change, turned, lacking: turned.map(([was, is]) => (change === 'appears' ? is : was)) };
}

function lossOfSun(pairs: readonly Pair[]): Loss | undefined {
  const asked = pairs.filter(([was]) => was.lacksSun !== undefined);
  const found = pointsThatTurn(asked, ({ lacksSun }) => lacksSun === true);
  if (!found) return undefined;
  return {
    code: 'neighbour-loses-sun',
    change: found.change,
    isSure: found.turned.some((pair) => pair.every(({ sunIsNear }) => sunIsNear === false)),
    ...{ points: found.turned.length, asked: asked.length },
    measured: Math.floor(Math.min(...found.lacking.map(({ minutes = 0 }) => minutes))),
    limit: Math.max(...found.lacking.map(({ requiredMin = 0 }) => requiredMin)),
  };
}

function lossOfSector(pairs: readonly Pair[]): Loss | undefined {
  const asked = pairs.filter(([was]) => was.lackingM !== undefined);
  const found = pointsThatTurn(asked, ({ lackingM = 0 }) => lackingM > 0);
  if (!found) return undefined;
  const mostM = Math.max(...found.lacking.map(({ lackingM = 0 }) => lackingM));
  return {
    code: 'neighbour-loses-open-sector',
    change: found.change,
    isSure: mostM > SECTOR_BOUND_M,
    ...{ points: found.turned.length, asked: asked.length },
    measured: Math.round(mostM * 100) / 100,
    limit: 0,
  };
}
