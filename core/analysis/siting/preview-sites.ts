import type { SitingPreview } from '../../wire/siting-question.ts';
import type { WalkTable } from '../access/walk.ts';
import { joinedWays } from '../access/walk-subsets.ts';
import { type SitedState, stateOf } from './siting-effect.ts';
import { sitingRefusal } from './siting-refusal.ts';
import { effectOf, type NewSite, type SitingEffect } from './siting-report.ts';
import { type SitingTerms, termsOf } from './siting-terms.ts';
import { type Demand, demandOf, doorsAt, type SitingWorld, waysFrom } from './siting-world.ts';

/** Walks beyond this are not told apart in a quick look. */
const LONGEST_MIN = 45;

/** A world that is asked again and again as sites are moved about: what does not move is computed once. */
export interface PreviewedWorld {
  readonly world: SitingWorld;
  /** Of the terms asked last: ways from what is there, who lives where, and who is served by it. */
  kept?: {
    readonly terms: string;
    readonly fixed: WalkTable;
    readonly demand: Demand;
    readonly before: SitedState;
  };
}

/**
 * The effect of sites as somebody has put them.
 * @param parcels on which the sites stand, in their order
 * @throws TwinError invalid-parameter when a facility to close is not there
 */
export function previewSites(
  previewed: PreviewedWorld,
  asked: SitingPreview,
  parcels: readonly (string | null)[],
): SitingEffect {
  const terms = termsOf(asked);
  const boundM = LONGEST_MIN * terms.metresPerMin;
  const { world } = previewed;
  const { existing } = world.facts;
  const { fixed, demand, before } = standing(previewed, terms, boundM);
  const doors = doorsAt(world.finder, asked.sites);
  const sites = asked.sites.map(
    ({ e, n, capacity, siteKind }, k): NewSite => ({
      ...{ id: String(k + 1), siteKind, e, n, parcel: parcels[k] ?? null, areaM2: null },
      offM: doors.offM[k] as number,
      row: existing.length + k,
      places: terms.capacity === undefined ? undefined : (capacity ?? terms.capacity),
    }),
  );
  const closed = asked.closed.map((id) => {
    const row = existing.findIndex((each) => each.id === id);
    if (row === -1) {
      const known = id.slice(0, 100);
      throw sitingRefusal('nothing-to-close', `There is no ${asked.kind} "${known}" here to close`, {
        id: known,
      });
    }
    return row;
  });
  const choice = { sites, closed, enlarged: new Map<number, number>() };
  const table = joinedWays(fixed, waysFrom(world, doors, boundM));
  return effectOf(world, table, demand, choice, terms, { known: before, points: asked.points });
}

function standing(previewed: PreviewedWorld, terms: SitingTerms, boundM: number) {
  const key = JSON.stringify(terms);
  if (previewed.kept?.terms === key) return previewed.kept;
  const { world } = previewed;
  const demand = demandOf(world.facts, terms);
  const fixed = waysFrom(world, world.existing, boundM);
  const places = world.facts.existing.map(({ capacity }) => capacity ?? 0);
  const rows = world.facts.existing.map((_, row) => row);
  const counted = terms.capacity === undefined ? undefined : places;
  const before = stateOf(fixed, rows, counted, demand.people, terms);
  previewed.kept = { terms: key, fixed, demand, before };
  return previewed.kept;
}
