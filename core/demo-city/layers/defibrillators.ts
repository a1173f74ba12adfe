import type { Feature } from '../../feature/feature.ts';
import { randomOf } from '../random.ts';
import { feature } from './shapes.ts';

/** Facilities that keep a defibrillator, by kind, and when one can get to it; undefined = as the facility is open. */
const KEEPERS: Readonly<Record<string, string | undefined>> = {
  office: '24/7',
  clinic: undefined,
  primary_school: 'Mo-Fr 07:00-20:00',
  secondary_school: 'Mo-Fr 07:00-20:00; Sa 08:00-14:00',
  library: undefined,
  pharmacy: '24/7',
};

/** The defibrillator of a facility, where it has one. */
export function* defibrillatorsOf(facility: Feature, seed: number): Generator<Feature> {
  const { kind, name, opening_hours, building_id } = facility.properties;
  if (typeof kind !== 'string' || !Object.hasOwn(KEEPERS, kind) || !facility.geometry) return;
  const random = randomOf(seed, 'defibrillator', facility.id);
  const hours = KEEPERS[kind] ?? opening_hours ?? null;
  yield feature('defibrillators', `AED-${facility.id.slice(-4)}`, facility.geometry, {
    place: name ?? null,
    opening_hours: hours,
    access: kind === 'pharmacy' ? 'customers' : 'public',
    indoor: hours !== '24/7',
    building_id: building_id ?? null,
    checked_on: `2026-0${random.integer(1, 9)}-${random.integer(10, 28)}`,
  });
}
