import { within } from '../access/walk-subsets.ts';
import type { SitingTask } from './siting-task.ts';

/** What each site of the table adds to the places for a hundred people of each district (2SFCA), were it open. */
export interface DistrictShares {
  /** By district. */
  readonly people: readonly number[];
  readonly share: readonly ReadonlyMap<number, number>[];
  /** The same for one place more. */
  readonly perPlace: readonly ReadonlyMap<number, number>[];
}

/** A site shares its places among all within its reach, whatever else is open: so shares add up. */
export function districtShares({ table, terms, facts, demand, newSite }: SitingTask): DistrictShares {
  const near = within(table, terms.reachM);
  const districtOf = (c: number): number =>
    c < facts.demand.id.length
      ? (facts.demand.district[c] as number)
      : (facts.planned[c - facts.demand.id.length]?.district ?? -1);
  const people = facts.districts.map(() => 0);
  for (const [c, own] of demand.people.entries()) {
    const d = districtOf(c);
    if (d !== -1) people[d] = (people[d] as number) + own;
  }
  const share = facts.districts.map(() => new Map<number, number>());
  const perPlace = facts.districts.map(() => new Map<number, number>());
  for (let site = 0; site < near.siteCount; site++) {
    const places =
      site < facts.existing.length ? (facts.existing[site]?.capacity ?? 0) : (newSite(site).places ?? 1);
    let around = 0;
    const byDistrict = new Map<number, number>();
    for (let k = near.start[site] as number; k < (near.start[site + 1] as number); k++) {
      const c = near.customer[k] as number;
      const own = demand.people[c] as number;
      around += own;
      const d = districtOf(c);
      if (d !== -1) byDistrict.set(d, (byDistrict.get(d) ?? 0) + own);
    }
    if (around === 0) continue;
    for (const [d, own] of byDistrict) {
      const one = (100 * own) / around / (people[d] as number);
      if (own === 0) continue;
      share[d]?.set(site, one * places);
      perPlace[d]?.set(site, one);
    }
  }
  return { people, share, perPlace };
}
