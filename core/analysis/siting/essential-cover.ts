import type { Coverage } from './maximal-cover.ts';

/**
 * What of a question "can p sites cover everybody?" is hard: a customer whose sites include all sites of another is
 * covered with that one, and a site whose customers another covers too is of no use beside it. Both are left out again
 * and again until nothing more goes. What those that stay cover is left out as well.
 */
export function essentialCover(coverage: Coverage, existing: readonly number[]): Coverage {
  const { siteCount, demand, start, site } = coverage;
  const stays = new Set(existing);
  let reach: Set<number>[] = [];
  for (let customer = 0; customer < demand.length; customer++) {
    const own = new Set<number>();
    for (let k = start[customer] as number; k < (start[customer + 1] as number); k++)
      own.add(site[k] as number);
    if (![...own].some((one) => stays.has(one))) reach.push(own);
  }
  for (;;) {
    const before = reach.length;
    reach = least(reach);
    const users = Array.from({ length: siteCount }, () => new Set<number>());
    for (const [customer, sites] of reach.entries()) {
      for (const one of sites) (users[one] as Set<number>).add(customer);
    }
    const dropped = uselessSites(users, reach);
    for (const sites of reach) for (const one of dropped) sites.delete(one);
    if (dropped.size === 0 && reach.length === before) break;
  }
  const starts = [0];
  for (const sites of reach) starts.push((starts.at(-1) as number) + sites.size);
  return {
    siteCount,
    demand: new Uint8Array(reach.length).fill(1),
    start: starts,
    site: reach.flatMap((sites) => [...sites]),
  };
}

/** Those that hold no other one; of equal ones the first. */
function least(sets: readonly Set<number>[]): Set<number>[] {
  const kept: Set<number>[] = [];
  for (const set of sets.toSorted((a, b) => a.size - b.size)) {
    if (!kept.some((other) => isWithin(other, set))) kept.push(set);
  }
  return kept;
}

/** Sites whose customers another site covers too; of equal ones the first is of use. */
function uselessSites(users: readonly Set<number>[], reach: readonly Set<number>[]): Set<number> {
  const dropped = new Set<number>();
  for (const [one, own] of users.entries()) {
    const [customer] = own;
    if (customer === undefined) continue;
    for (const other of reach[customer] as Set<number>) {
      const others = users[other] as Set<number>;
      if (other === one || dropped.has(other) || others.size < own.size) continue;
      if (others.size === own.size && other > one) continue;
      if (isWithin(own, others)) {
        dropped.add(one);
        break;
      }
    }
  }
  return dropped;
}

function isWithin(inner: ReadonlySet<number>, outer: ReadonlySet<number>): boolean {
  if (inner.size > outer.size) return false;
  for (const one of inner) if (!outer.has(one)) return false;
  return true;
}
