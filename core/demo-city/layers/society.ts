/** Facilities and people of a quarter. */
import type { Feature } from '../../feature/feature.ts';
import { middleOf, signedArea, type Xy } from '../../geo/plane.ts';
import { type Random, randomOf } from '../random.ts';
import type { PlannedBuilding, PlannedQuarter } from '../town-plan.ts';
import type { Addressed } from './addresses.ts';
import { GROWING } from './population-forecasts.ts';
import { feature, pointOf } from './shapes.ts';

const BANDS = ['0_2', '3_6', '7_14', '15_18', '19_64', '65_plus'] as const;
/** Shares of the age bands: families in houses and new estates, older people in the panel estates. */
const YOUNG = [0.11, 0.08, 0.12, 0.05, 0.54, 0.1];
const OLD = [0.03, 0.03, 0.06, 0.03, 0.55, 0.3];
const MIXED = [0.05, 0.05, 0.08, 0.04, 0.59, 0.19];

const NURSERY = ['nursery', 'Żłobek nr', [0, 2, 40]] as const;
const CARE_HOME = ['care_home', 'Dom opieki nr', [65, 110, 60]] as const;
/** Share of nurseries that are being built. */
const BEING_BUILT = 0.1;
const OPENS_ON = '2028-09-01';

const NOTHING_OF_PREMISES = {
  ...{ capacity: null, enrolled: null, waiting: null, age_from: null, age_to: null, opening_hours: null },
  ...{ opened_on: null, ownership: 'municipal', waiting_list_contact: null },
} as const;

const footprintM2 = ({ design }: PlannedBuilding): number =>
  design.parts.reduce((sum, { ring }) => sum + Math.abs(signedArea(ring)), 0);

export class Society {
  readonly #seed: number;
  #facilities = 0;
  #premises = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  *residents({ plan, parcels }: PlannedQuarter): Generator<Feature> {
    const { kind } = plan.brief;
    if (kind === 'allotments') return;
    const shares =
      kind === 'slab-estate'
        ? OLD
        : kind === 'houses' || kind === 'new-estate' || kind === 'terraces'
          ? YOUNG
          : MIXED;
    for (const parcel of parcels) {
      for (const building of parcel.buildings) {
        if (building.design.kind !== 'm') continue;
        const random = randomOf(this.#seed, 'residents', building.id);
        const floorM2 = footprintM2(building) * building.design.storeysAbove;
        const dwellings =
          building.design.pkob === '1122' || floorM2 > 500
            ? Math.max(2, Math.round((floorM2 * 0.72) / 56))
            : 1;
        const bands = BANDS.map(() => 0);
        let households = 0;
        for (let i = 0; i < dwellings; i++) {
          if (random.chance(0.06)) continue;
          households++;
          const people = dwellings === 1 ? random.integer(1, 5) : random.pick([1, 1, 2, 2, 2, 3, 4]);
          for (let k = 0; k < people; k++) {
            const band = k === 0 ? (random.chance(shares[5] as number) ? 5 : 4) : bandOf(shares, random);
            bands[band] = (bands[band] ?? 0) + 1;
          }
        }
        yield feature(
          'building_residents',
          building.id,
          pointOf(middleOf(building.design.parts[0]?.ring ?? [])),
          {
            building_id: building.id,
            residents: bands.reduce((sum, n) => sum + n, 0),
            ...Object.fromEntries(BANDS.map((band, i) => [`age_${band}`, bands[i] as number])),
            households,
            counted_on: '2025-12-31',
          },
        );
      }
    }
  }

  *facilities(quarter: PlannedQuarter, addressed: readonly Addressed[]): Generator<Feature> {
    const { kind } = quarter.plan.brief;
    const byBuilding = new Map(addressed.map((one) => [one.building.id, one]));
    const flats = addressed.filter(({ building }) => building.design.pkob === '1122');
    for (const { role, buildings } of quarter.parcels) {
      const building = buildings[0];
      if (!building) continue;
      if (role === 'square') yield this.#facility('office', 'Urząd Miasta', building, byBuilding, null);
      if (role !== 'civic') continue;
      const { design } = building;
      if (design.kind === 'z')
        yield this.#facility('clinic', 'Przychodnia Zdrowia', building, byBuilding, null);
      else if (design.kind === 'h')
        yield this.#facility('shop', 'Sklep spożywczy', building, byBuilding, null);
      else if (design.pkob === '1263') {
        const small = footprintM2(building) < 620;
        if (small) yield this.#facility('kindergarten', 'Przedszkole nr', building, byBuilding, [3, 6, 125]);
        else
          yield this.#facility('primary_school', 'Szkoła Podstawowa nr', building, byBuilding, [7, 14, 520]);
      } else if (design.kind === 'k' || design.pkob === '1272')
        yield this.#facility('church', 'Kościół parafialny', building, byBuilding, null);
    }
    if (kind === 'campus') {
      const building = quarter.parcels.flatMap(({ buildings }) => buildings)[0];
      if (building)
        yield this.#facility(
          'secondary_school',
          'Liceum Ogólnokształcące nr',
          building,
          byBuilding,
          [15, 18, 480],
        );
    }
    // Estates that grow have children and no nursery yet.
    const first = GROWING.includes(kind) ? CARE_HOME : NURSERY;
    const step = Math.max(1, Math.floor(flats.length / 4));
    const kinds = [
      first,
      ['pharmacy', 'Apteka', null],
      ['shop', 'Sklep osiedlowy', null],
      ['library', 'Filia biblioteczna nr', null],
    ] as const;
    for (const [i, [what, name, ages]] of kinds.entries()) {
      const one = flats[i * step];
      if (!one || flats.length < 8) break;
      yield this.#facility(what, name, one.building, byBuilding, ages);
    }
    for (const one of flats) {
      if (randomOf(this.#seed, 'vacant premises', one.building.id).chance(0.06)) yield this.#vacant(one);
    }
  }

  /** A ground floor of the city's that stands empty. */
  #vacant({ building, section, number }: Addressed): Feature {
    const order = ++this.#premises;
    const random = randomOf(this.#seed, 'premises', building.id);
    const groundM2 = footprintM2(building) * 0.72;
    const at = pointOf(middleOf(building.design.parts[0]?.ring ?? []));
    return feature('facilities', `LU-${String(order).padStart(4, '0')}`, at, {
      ...NOTHING_OF_PREMISES,
      name: `Lokal użytkowy nr ${order}`,
      kind: 'vacant_premises',
      area_m2: Math.round(Math.min(groundM2, 650) * random.between(0.4, 1)),
      address: `${section.name} ${number}`,
      building_id: building.id,
    });
  }

  #facility(
    kind: string,
    title: string,
    building: PlannedBuilding,
    addresses: ReadonlyMap<string, Addressed>,
    ages: readonly [from: number, to: number, places: number] | null,
  ): Feature {
    const number = ++this.#facilities;
    const random = randomOf(this.#seed, 'facility', building.id, kind);
    const capacity = ages ? Math.round(ages[2] * random.between(0.75, 1.25)) : null;
    const address = addresses.get(building.id);
    const inside: Xy = middleOf(building.design.parts[0]?.ring ?? []);
    const openedOn = `${random.integer(1962, 2021)}-09-01`;
    const isBuilt =
      kind !== 'nursery' || !randomOf(this.#seed, 'being built', building.id).chance(BEING_BUILT);
    const early = kind === 'nursery' || kind === 'kindergarten';
    return feature('facilities', `US-${String(number).padStart(4, '0')}`, pointOf(inside), {
      name: title.endsWith('nr') ? `${title} ${number}` : title,
      kind,
      capacity,
      enrolled:
        capacity === null || !isBuilt ? null : Math.round(capacity * random.between(0.82, early ? 1 : 1.08)),
      waiting:
        early && isBuilt && capacity !== null ? waitingAt(this.#seed, building.id, kind, capacity) : null,
      area_m2: null,
      age_from: ages?.[0] ?? null,
      age_to: ages?.[1] ?? null,
      opening_hours:
        kind === 'church'
          ? null
          : early
            ? 'Mo-Fr 06:30-17:00'
            : kind === 'shop'
              ? 'Mo-Sa 06:00-22:00'
              : 'Mo-Fr 08:00-18:00',
      opened_on: isBuilt ? openedOn : OPENS_ON,
      ownership: kind === 'shop' || kind === 'pharmacy' || kind === 'church' ? 'private' : 'municipal',
      address: address ? `${address.section.name} ${address.number}` : null,
      building_id: building.id,
      waiting_list_contact: early ? 'sekretariat placówki' : null,
    });
  }
}

/** Children who wait for a place: more of them for nurseries. */
const waitingAt = (seed: number, id: string, kind: string, capacity: number): number =>
  Math.round(capacity * randomOf(seed, 'waiting', id).between(0.05, kind === 'nursery' ? 0.9 : 0.3));

function bandOf(shares: readonly number[], random: Random): number {
  let left = random.next();
  for (const [i, share] of shares.entries()) {
    left -= share;
    if (left < 0) return i;
  }
  return shares.length - 1;
}
