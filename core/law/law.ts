/** The law of a day. */
import type { Provision } from './provision.ts';
import { EARTHWORKS } from './provisions/earthworks.ts';
import { NATURE } from './provisions/nature.ts';
import { NETWORK_STRIPS } from './provisions/networks.ts';
import { NOISE_AND_HEALTH } from './provisions/noise-and-health.ts';
import { PLANNING } from './provisions/planning.ts';
import { REGISTER } from './provisions/register.ts';
import { ROADS_AND_RAIL } from './provisions/roads.ts';
import { SITING } from './provisions/siting.ts';

/** Rises with every change of a provision, so that an answer says by which law it was given. */
export const LAW_VERSION = '2';

/** Every version of every provision that parcels and excavations are checked by. */
export const PROVISIONS: readonly Provision[] = [
  ...PLANNING,
  ...SITING,
  ...ROADS_AND_RAIL,
  ...NETWORK_STRIPS,
  ...NATURE,
  ...NOISE_AND_HEALTH,
  ...REGISTER,
  ...EARTHWORKS,
];

const byId = new Map<string, Provision[]>();
for (const each of PROVISIONS) byId.set(each.id, [...(byId.get(each.id) ?? []), each]);

/**
 * The version of a provision on a day.
 * @param day YYYY-MM-DD
 * @returns undefined when it was not law on that day, or is not known to have been
 * @throws Error for an id that there is not: a mistake in our data
 */
export function provisionAt(id: string, day: string): Provision | undefined {
  const versions = byId.get(id);
  if (!versions) throw new Error(`There is no provision "${id}"`);
  return versions.find(({ from, to = '9999-12-31' }) => from <= day && day <= to);
}

/** The first version: what a finding names of a provision that was not law yet. */
export function firstVersion(id: string): Provision {
  const [first] = byId.get(id)?.toSorted((a, b) => (a.from < b.from ? -1 : 1)) ?? [];
  if (!first) throw new Error(`There is no provision "${id}"`);
  return first;
}
