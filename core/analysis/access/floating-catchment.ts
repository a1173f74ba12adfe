import type { WalkTable } from './walk.ts';

/** A ring around a site: ways up to `withinM` count by `weight`. Rings in the order of their ways. */
export interface CatchmentRing {
  readonly withinM: number;
  readonly weight: number;
}

export interface FloatingCatchment {
  /** Places for each person, by customer. */
  readonly access: Float64Array;
  /** Places for each person within the catchment, by site; 0 where nobody is. */
  readonly ratio: Float64Array;
  /** Places of sites that nobody can reach: Σ demand · access + these = Σ supply. */
  readonly unreachedSupply: number;
}

/**
 * Two-step floating catchment areas: 2SFCA with one ring of weight 1 (Luo and Wang 2003), enhanced by rings of falling
 * weight as E2SFCA (Luo and Qi 2009). First the places of each site are shared among those around it, then everybody
 * adds up the shares of the sites around them.
 */
export function floatingCatchment(
  { siteCount, customerCount, start, customer, metres }: WalkTable,
  supply: ArrayLike<number>,
  demand: ArrayLike<number>,
  rings: readonly CatchmentRing[],
): FloatingCatchment {
  const weightOf = (way: number) => rings.find(({ withinM }) => way <= withinM)?.weight ?? 0;
  const ratio = new Float64Array(siteCount);
  const access = new Float64Array(customerCount);
  let unreachedSupply = 0;
  for (let site = 0; site < siteCount; site++) {
    let people = 0;
    for (let k = start[site] as number; k < (start[site + 1] as number); k++) {
      people += (demand[customer[k] as number] as number) * weightOf(metres[k] as number);
    }
    const places = supply[site] as number;
    if (people > 0) ratio[site] = places / people;
    else unreachedSupply += places;
    for (let k = start[site] as number; k < (start[site + 1] as number); k++) {
      const c = customer[k] as number;
      access[c] = (access[c] as number) + (ratio[site] as number) * weightOf(metres[k] as number);
    }
  }
  return { access, ratio, unreachedSupply };
}
