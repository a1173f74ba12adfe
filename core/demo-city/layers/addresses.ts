/** Addresses: buildings on named streets, odd numbers at the left, even ones at the right. */
import type { Feature } from '../../feature/feature.ts';
import { between, distance, middleOf, type Xy } from '../../geo/plane.ts';
import { uuidOf } from '../random.ts';
import { registerProperties } from '../registers.ts';
import type { PlannedBuilding, PlannedParcel, PlannedQuarter } from '../town-plan.ts';
import { feature, pointOf } from './shapes.ts';
import { nearestOn, placeBeside, type Section } from './street-network.ts';

/** A building with its number and the street it stands at. */
export interface Addressed {
  readonly parcel: PlannedParcel;
  readonly building: PlannedBuilding;
  readonly section: Section;
  readonly number: string;
  /** Where the building is nearest to its street, on its wall. */
  readonly door: Xy;
  /** On the middle of the street in front of the door. */
  readonly street: Xy;
  readonly alongM: number;
}

const WITHOUT_ADDRESS: readonly string[] = ['g', 'i', 's', 't'];
/** Metres of a long street for each number of a side. */
const METRES_PER_NUMBER = 14;

export class Addresses {
  readonly #seed: number;
  readonly #taken = new Map<string, Set<string>>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  ofQuarter({ parcels, plan }: PlannedQuarter, sections: readonly Section[]): Addressed[] {
    if (plan.brief.kind === 'allotments') return [];
    const named = sections.filter(({ name }) => name !== null);
    const found = parcels.flatMap((parcel) =>
      parcel.buildings.flatMap((building) => {
        if (WITHOUT_ADDRESS.includes(building.design.kind)) return [];
        const middle = middleOf(building.design.parts[0]?.ring ?? []);
        let best: { section: Section; place: ReturnType<typeof placeBeside> } | undefined;
        for (const section of named) {
          const place = placeBeside(section.path, middle);
          if (!best || place.awayM < best.place.awayM) best = { section, place };
        }
        if (!best || best.place.awayM > 160) return [];
        const { section, place } = best;
        const door = doorOf(building, place.at);
        return [{ parcel, building, section, place, door, alongM: section.alongM + place.alongM }];
      }),
    );
    found.sort((a, b) => a.alongM - b.alongM || (a.building.id < b.building.id ? -1 : 1));
    const ranks = new Map<string, number>();
    const addressed = found.map(({ parcel, building, section, place, door, alongM }): Addressed => {
      const name = section.name as string;
      const sideKey = `${name} ${place.left}`;
      const rank = ranks.get(sideKey) ?? 0;
      ranks.set(sideKey, rank + 1);
      const ordinal = section.long ? Math.floor(alongM / METRES_PER_NUMBER) : rank;
      const number = this.#free(name, 2 * ordinal + (place.left ? 1 : 2));
      return { parcel, building, section, number, door, street: place.at, alongM: place.alongM };
    });
    // A street within a quarter never comes again.
    for (const { section } of addressed) if (!section.long) this.#taken.delete(section.name as string);
    return addressed;
  }

  #free(street: string, wanted: number): string {
    const taken = this.#taken.get(street) ?? new Set();
    this.#taken.set(street, taken);
    for (let i = 0; ; i++) {
      const number = i === 0 ? String(wanted) : `${wanted}${String.fromCharCode(96 + i)}`;
      if (taken.has(number)) continue;
      taken.add(number);
      return number;
    }
  }

  featureOf({ parcel, building, section, number, door }: Addressed): Feature {
    const key = `address ${building.id}`;
    const middle = middleOf(building.design.parts[0]?.ring ?? []);
    const precinct = Number(parcel.precinct);
    return feature('addresses', uuidOf(this.#seed, key), pointOf(between(door, middle, 0.2)), {
      town: 'Poznań',
      street: section.name,
      house_number: number,
      town_code: '0969400',
      street_code: String(10_000 + Number.parseInt(uuidOf(section.name ?? '').slice(0, 4), 16)).padStart(
        5,
        '0',
      ),
      postal_code: `61-${String(100 + ((precinct * 37) % 800)).padStart(3, '0')}`,
      parcel_id: parcel.id,
      building_id: building.id,
      ...registerProperties(this.#seed, key),
    });
  }
}

/** The place on the walls of a building nearest to a point, away from corners, which neighbours may share. */
function doorOf({ design }: PlannedBuilding, to: Xy): Xy {
  let best: Xy | undefined;
  for (const { ring } of design.parts) {
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length] as Xy;
      const at = nearestOn(to, between(a, b, 0.3), between(a, b, 0.7));
      if (!best || distance(at, to) < distance(best, to)) best = at;
    });
  }
  return best ?? to;
}
