import { invalidParameter } from '../../errors.ts';
import type { SitingPreview } from '../../wire/siting.ts';
import type { WalkTable } from '../access/walk.ts';
import { joinedWays } from '../access/walk-subsets.ts';
import { effectOf, type NewSite, type SitingEffect } from './siting-report.ts';
import { termsOf } from './siting-terms.ts';
import { demandOf, doorsAt, type SitingWorld, waysFrom } from './siting-world.ts';

/** Walks beyond this are not told apart in a quick look. */
const LONGEST_MIN = 60;

/** A world that is asked again and again as sites are moved about: what does not move is computed once. */
export interface PreviewedWorld {
  readonly world: SitingWorld;
  /** Ways from what is there, by the bound. */
  readonly kept: Map<number, WalkTable>;
}

/**
 * The effect of sites as somebody has put them.
 * @param parcels on which the sites stand, in their order
 * @throws TwinError invalid-parameter when a facility to close is not there
 */
export function previewSites(
  { world, kept }: PreviewedWorld,
  asked: SitingPreview,
  parcels: readonly (string | null)[],
): SitingEffect {
  const terms = termsOf(asked);
  const boundM = LONGEST_MIN * terms.metresPerMin;
  const { existing } = world.facts;
  const fixed = kept.get(boundM) ?? waysFrom(world, world.existing, boundM);
  kept.set(boundM, fixed);
  const doors = doorsAt(world.finder, asked.sites);
  const sites = asked.sites.map(
    ({ e, n, capacity }, k): NewSite => ({
      ...{ id: String(k + 1), e, n, parcel: parcels[k] ?? null, areaM2: null },
      offM: doors.offM[k] as number,
      row: existing.length + k,
      places: terms.capacity === undefined ? undefined : (capacity ?? terms.capacity),
    }),
  );
  const closed = asked.closed.map((id) => {
    const row = existing.findIndex((each) => each.id === id);
    if (row === -1) {
      throw invalidParameter('closed', `There is no ${asked.kind} "${id.slice(0, 100)}" here to close`);
    }
    return row;
  });
  const choice = { sites, closed, enlarged: new Map<number, number>() };
  const table = joinedWays(fixed, waysFrom(world, doors, boundM));
  return effectOf(world, table, demandOf(world.facts, terms), choice, terms);
}
