/** What both states have in common, worked out once from the base. */
import { COVERAGE } from './area-error.ts';
import type { CellFact, ConsequenceFacts } from './facts.ts';

/** People by residential floor area, from the population grid of the base. */
export interface PeopleSetting {
  readonly residentsPerM2: number;
  /** Relative bound of that for one building: how far cells differ from each other. */
  readonly residentsBound: number;
  /** Share of children of 0–2 years among residents; undefined where no cell tells. */
  readonly childShare?: number;
  readonly childBound?: number;
  /** Whether that share is the whole city's, as no cell here publishes ages. */
  readonly isChildShareOfCity?: boolean;
}

export interface Setting {
  /** Unsealed share of unbuilt touched land, 0 to 1. */
  readonly unsealedShare: number;
  /** Undefined where no cell with residents and dwellings touches the area. */
  readonly people?: PeopleSetting | undefined;
  readonly emptyLayers: readonly string[];
}

export function settingOf({ setting, before }: ConsequenceFacts): Setting {
  const builtM2 = (before.standing ?? []).reduce((sum, { areaM2 }) => sum + areaM2, 0);
  const landM2 = (before.parcels ?? []).reduce((sum, { areaM2 }) => sum + areaM2, 0);
  return {
    unsealedShare: unsealedShareOf(setting.cover ?? [], landM2, builtM2),
    people: peopleOf(setting.cells ?? [], setting.ages),
    emptyLayers: setting.emptyLayers,
  };
}

/** Land cover counts buildings as sealed; where it says nothing, half is. */
function unsealedShareOf(
  cover: NonNullable<ConsequenceFacts['setting']['cover']>,
  landM2: number,
  builtM2: number,
): number {
  const coveredM2 = cover.reduce((sum, { areaM2 }) => sum + areaM2, 0);
  const unsealedM2 =
    cover.reduce((sum, { areaM2, sealedPct }) => sum + areaM2 * (1 - (sealedPct ?? 50) / 100), 0) +
    Math.max(0, landM2 - coveredM2) / 2;
  return landM2 <= builtM2 ? 0 : Math.min(1, Math.max(0, unsealedM2 / (landM2 - builtM2)));
}

/** Sums of all cells; the bound is twice the spread of the cells about them, weighted by floor area. */
function peopleOf(
  all: readonly CellFact[],
  ages: ConsequenceFacts['setting']['ages'],
): PeopleSetting | undefined {
  const cells = all.filter(({ residentialFloorM2 }) => residentialFloorM2 > 0);
  const floorM2 = cells.reduce((sum, cell) => sum + cell.residentialFloorM2, 0);
  const residents = cells.reduce((sum, cell) => sum + cell.residents, 0);
  if (floorM2 === 0 || residents === 0) return undefined;
  const mean = residents / floorM2;
  const variance =
    cells.reduce(
      (sum, cell) => sum + cell.residentialFloorM2 * (cell.residents / cell.residentialFloorM2 - mean) ** 2,
      0,
    ) / floorM2;
  return {
    residentsPerM2: mean,
    // One cell tells nothing of how much they differ.
    residentsBound: cells.length < 2 ? 1 : (COVERAGE * Math.sqrt(variance)) / mean,
    ...childrenOf(cells, ages),
  };
}

/** From the cells here; where none publishes ages, from all of the city. */
function childrenOf(
  cells: readonly CellFact[],
  ages: ConsequenceFacts['setting']['ages'],
): Omit<PeopleSetting, 'residentsPerM2' | 'residentsBound'> {
  const telling = cells.flatMap(({ age0to2, residents }) =>
    age0to2 === null ? [] : [{ children: age0to2, residents }],
  );
  const here = {
    residents: telling.reduce((sum, cell) => sum + cell.residents, 0),
    children: telling.reduce((sum, cell) => sum + cell.children, 0),
  };
  const isChildShareOfCity = here.children === 0;
  const { residents, children } = isChildShareOfCity ? (ages ?? here) : here;
  if (residents === 0 || children === 0) return {};
  const childShare = children / residents;
  // Of a count of independent people.
  const childBound = COVERAGE * Math.sqrt((1 - childShare) / children);
  return { childShare, childBound, isChildShareOfCity };
}
