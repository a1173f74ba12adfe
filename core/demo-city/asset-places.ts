/** What the city owns and watches: meters of its buildings, parking bays, signals. Tied to objects of the catalogue. */
import { distance, middleOf } from '../geo/plane.ts';
import { faultsOf } from './defects.ts';
import type { DemoCity } from './generate.ts';
import { demoBays } from './layers/parking-bays.ts';
import { randomOf } from './random.ts';
import type { SensorPlace } from './sensor-place.ts';
import type { CorridorKind, Skeleton } from './skeleton.ts';
import type { PlannedBuilding, PlannedParcel } from './town-plan.ts';

const METERED_BUILDINGS = 6;
const WATCHED_BAYS = 10;
const SIGNALS = 3;
/** Signals stand where so many streets with traffic meet. */
const LEAST_ARMS = 3;
const APART_M = 120;
const WITH_TRAFFIC: readonly CorridorKind[] = ['avenue', 'collector', 'street'];

export function assetPlaces(city: Pick<DemoCity, 'skeleton' | 'quarters' | 'seed'>): readonly SensorPlace[] {
  return [...meters(city), ...bays(city.skeleton), ...signals(city.skeleton)];
}

/** Towns are planned quarter by quarter, so that no more of a large one is planned than is needed. */
function meters({ quarters, seed }: Pick<DemoCity, 'quarters' | 'seed'>): readonly SensorPlace[] {
  const found: SensorPlace[] = [];
  for (const quarter of quarters) {
    const faults = faultsOf(quarter);
    for (const parcel of quarter.parcels) {
      const [building] = parcel.buildings;
      const what = building && municipalUse(parcel, building);
      if (!what || faults.buildings.has(building.id) || faults.without3d.has(building.id)) continue;
      found.push({
        kind: 'meter',
        at: middleOf(building.design.parts[0]?.ring ?? []),
        strength: randomOf(seed, 'meter', building.id).integer(90, 420),
        pl: `Liczniki: ${what[0]}, ${building.id}`,
        en: `Meters: ${what[1]}, ${building.id}`,
        belongsTo: { building: building.id },
      });
      if (found.length === METERED_BUILDINGS) return found;
    }
  }
  return found;
}

/** As the facilities of the demo city are made of buildings (`layers/society.ts`). */
function municipalUse(
  { role }: PlannedParcel,
  { design }: PlannedBuilding,
): readonly [pl: string, en: string] | undefined {
  if (role === 'square') return ['urząd', 'town hall'];
  if (role !== 'civic') return undefined;
  if (design.kind === 'z') return ['przychodnia', 'clinic'];
  return design.pkob === '1263' ? ['szkoła lub przedszkole', 'school or kindergarten'] : undefined;
}

const bays = (skeleton: Skeleton): readonly SensorPlace[] =>
  demoBays(skeleton)
    .filter(({ monitored }) => monitored)
    .slice(0, WATCHED_BAYS)
    .map(({ id, middle }) => ({
      kind: 'parking',
      at: middle,
      strength: 1,
      pl: `Miejsce postojowe ${id}`,
      en: `Parking bay ${id}`,
      belongsTo: { bay: id },
    }));

function signals({ nodes, edges }: Skeleton): readonly SensorPlace[] {
  const arms = new Map<number, number>();
  for (const { from, to, kind } of edges) {
    if (!WITH_TRAFFIC.includes(kind)) continue;
    for (const node of [from, to]) arms.set(node, (arms.get(node) ?? 0) + 1);
  }
  const taken: SensorPlace[] = [];
  const busy = nodes
    .filter((_, node) => (arms.get(node) ?? 0) >= LEAST_ARMS)
    .toSorted((a, b) => Math.hypot(...a.at) - Math.hypot(...b.at));
  for (const { at } of busy) {
    if (taken.some((other) => distance(other.at, at) < APART_M)) continue;
    const number = taken.length + 1;
    taken.push({
      kind: 'junction',
      at,
      strength: 1,
      pl: `Sygnalizacja ${number}`,
      en: `Signals ${number}`,
    });
    if (number === SIGNALS) break;
  }
  return taken;
}
