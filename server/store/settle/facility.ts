/** Settling edits of facilities. */
import { invalidParameter } from '../../../core/errors.ts';
import { touched } from '../../../core/scenario/scenario-row.ts';
import type { AddFacility, ChangeFacility, CloseFacility } from '../../../core/wire/edits/facility.ts';
import type { Finding } from '../../../core/wire/scenario.ts';
import { plannedId } from '../random-name.ts';
import { ewkb } from '../settle-place.ts';
import { type EditedCity, objectNamed, refuseOutside, type SettledEdit } from './edited-city.ts';
import { near } from './neighbours.ts';

/** Kinds of which a planner counts the places. */
const WITH_PLACES: readonly string[] = [
  'nursery',
  'kindergarten',
  'primary_school',
  'secondary_school',
  'care_home',
];

export async function settleAddFacility(city: EditedCity, edit: AddFacility): Promise<SettledEdit> {
  const { at, ageFrom, ageTo } = edit;
  if (ageFrom !== undefined && ageTo !== undefined && ageFrom > ageTo) {
    throw invalidParameter('ageTo', `ageTo (${ageTo}) must not be less than ageFrom (${ageFrom})`);
  }
  const place = ewkb({ type: 'Point', coordinates: at });
  await refuseOutside(city, place, [at], 'at');
  const [building] = await near(city, 'buildings', place, 0);
  const objects = [{ layer: 'facilities', id: plannedId(), change: 'added' } as const];
  return {
    settled: { objects, ...(building && { buildingId: building.id }) },
    findings: [
      ...(building ? [] : [OUTSIDE_BUILDING]),
      ...(edit.capacity === undefined && WITH_PLACES.includes(edit.facility) ? [CAPACITY_UNKNOWN] : []),
    ],
  };
}

export async function settleCloseFacility(
  city: EditedCity,
  { facility }: CloseFacility,
): Promise<SettledEdit> {
  const found = await objectNamed(city, 'facilities', facility, 'facility');
  return {
    settled: { objects: [touched(found, 'facilities', 'removed')] },
    findings: withoutPlace(found.id, found.properties['enrolled'], 0),
  };
}

export async function settleChangeFacility(
  city: EditedCity,
  { facility, capacity }: ChangeFacility,
): Promise<SettledEdit> {
  const found = await objectNamed(city, 'facilities', facility, 'facility');
  if (found.properties['capacity'] === capacity) {
    throw invalidParameter(
      'capacity',
      `The facility has ${capacity} places already; the edit would change nothing`,
    );
  }
  return {
    settled: { objects: [touched(found, 'facilities', 'changed')] },
    findings: withoutPlace(found.id, found.properties['enrolled'], capacity),
  };
}

/** How many of those who are enrolled would have no place. */
function withoutPlace(id: string, enrolled: unknown, capacity: number): readonly Finding[] {
  if (typeof enrolled !== 'number' || enrolled <= capacity) return [];
  const left = enrolled - capacity;
  return [
    {
      code: 'capacity-below-enrolled',
      severity: 'warning',
      message: {
        pl: `Zapisanych jest ${enrolled}, miejsc będzie ${capacity}; bez miejsca zostaje ${left}`,
        en: `${enrolled} are enrolled, there will be ${capacity} places; ${left} are left without one`,
      },
      ids: [id],
    },
  ];
}

const OUTSIDE_BUILDING: Finding = {
  code: 'facility-outside-building',
  severity: 'warning',
  message: {
    pl: 'W tym miejscu nie stoi żaden budynek; dodaj go w scenariuszu albo wskaż istniejący',
    en: 'No building stands here; add one in the scenario, or point at one that is there',
  },
  ids: [],
};

const CAPACITY_UNKNOWN: Finding = {
  code: 'capacity-unknown',
  severity: 'warning',
  message: {
    pl: 'Nie podano liczby miejsc; placówka nie liczy się do zaspokojenia potrzeb',
    en: 'The number of places is not given; the facility does not count towards what is needed',
  },
  ids: [],
};
