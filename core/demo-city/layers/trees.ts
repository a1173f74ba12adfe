/** Trees along streets, in parks and gardens, with sizes that go together. */
import type { Feature } from '../../feature/feature.ts';
import { add, around, distanceToSegment, isInside, leftOf, type Xy } from '../../geo/plane.ts';
import { lengthOf, placeAt } from '../../geo/polyline.ts';
import { type Random, randomOf } from '../random.ts';
import type { PlannedParcel, PlannedQuarter } from '../town-plan.ts';
import { feature, pointOf, toM } from './shapes.ts';
import type { Section } from './street-network.ts';

type Species = readonly [pl: string, latin: string, maxHeightM: number, crown: number, coniferous?: true];

const STREET: readonly [Species, ...Species[]] = [
  ['lipa drobnolistna', 'Tilia cordata', 22, 0.5],
  ['klon pospolity', 'Acer platanoides', 20, 0.55],
  ['klon jawor', 'Acer pseudoplatanus', 22, 0.5],
  ['jesion wyniosły', 'Fraxinus excelsior', 24, 0.45],
  ['platan klonolistny', 'Platanus × acerifolia', 26, 0.6],
  ['grab pospolity', 'Carpinus betulus', 14, 0.5],
  ['jarząb szwedzki', 'Sorbus intermedia', 11, 0.55],
  ['kasztanowiec zwyczajny', 'Aesculus hippocastanum', 19, 0.6],
];
const PARK: readonly [Species, ...Species[]] = [
  ...STREET,
  ['dąb szypułkowy', 'Quercus robur', 26, 0.65],
  ['buk zwyczajny', 'Fagus sylvatica', 26, 0.55],
  ['brzoza brodawkowata', 'Betula pendula', 20, 0.4],
  ['wierzba biała', 'Salix alba', 20, 0.6],
  ['sosna zwyczajna', 'Pinus sylvestris', 22, 0.35, true],
  ['świerk pospolity', 'Picea abies', 22, 0.3, true],
];
const GARDEN: readonly [Species, ...Species[]] = [
  ['jabłoń domowa', 'Malus domestica', 6, 0.85],
  ['śliwa domowa', 'Prunus domestica', 6, 0.7],
  ['czereśnia ptasia', 'Prunus avium', 10, 0.65],
  ['orzech włoski', 'Juglans regia', 13, 0.8],
  ['żywotnik zachodni', 'Thuja occidentalis', 8, 0.3, true],
  ['świerk kłujący', 'Picea pungens', 13, 0.35, true],
  ['brzoza brodawkowata', 'Betula pendula', 16, 0.4],
  ['klon pospolity', 'Acer platanoides', 15, 0.55],
];

export class Trees {
  readonly #seed: number;
  #count = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** @param near sections whose carriageways trees keep off. */
  *along(section: Section, near: readonly Section[]): Generator<Feature> {
    const { path, halfWidthM, carriagewayM } = section;
    if (section.class === 'path' || section.class === 'service' || halfWidthM < 5) return;
    if (section.quarterKind === 'old-town') return;
    const random = randomOf(this.#seed, 'street trees', section.id);
    const species = random.pick(STREET);
    const length = lengthOf(path);
    const off = Math.min(halfWidthM - 0.7, carriagewayM / 2 + (section.class === 'main' ? 2 : 0.9));
    const clearM = section.class === 'main' || section.class === 'collector' ? 27 : 15;
    const planted = random.integer(1930, 2005);
    const spacingM = section.class === 'main' ? 10 : random.between(9, 14);
    for (const side of [1, -1]) {
      if (section.class !== 'main' && random.chance(0.3)) continue;
      for (let along = clearM; along < length - clearM; along += spacingM) {
        if (random.chance(0.2)) continue;
        const { point, direction } = placeAt(path, along + random.between(-0.8, 0.8));
        const young = random.chance(0.15);
        const year = young ? random.integer(2006, 2024) : planted;
        const p = add(point, leftOf(direction), side * off);
        if (isOffRoads(near, p)) yield this.#tree(p, species, year, random, null);
      }
    }
  }

  *ofQuarter({ plan, parcels }: PlannedQuarter, near: readonly Section[]): Generator<Feature> {
    const { kind } = plan.brief;
    for (const parcel of parcels) {
      if (kind === 'allotments' || kind === 'forest' || kind === 'fields' || kind === 'industry') continue;
      const random = randomOf(this.#seed, 'trees', parcel.id);
      const planned = plannedTrees(parcel, kind);
      if (planned.count === 0) continue;
      const ring = parcel.ringCm.map(toM);
      const xs = ring.map(([x]) => x);
      const ys = ring.map(([, y]) => y);
      const [minX, maxX] = [Math.min(...xs), Math.max(...xs)];
      const [minY, maxY] = [Math.min(...ys), Math.max(...ys)];
      const boxShare = ((maxX - minX) * (maxY - minY)) / Math.max(1, areaM2(ring));
      const placed: Xy[] = [];
      for (let i = 0; i < planned.count * Math.min(6, boxShare * 1.4); i++) {
        const p: Xy = [random.between(minX, maxX), random.between(minY, maxY)];
        if (placed.length >= planned.count || !isInside(ring, p) || !isClear(parcel, ring, p)) continue;
        if (placed.some(([x, y]) => Math.hypot(x - p[0], y - p[1]) < planned.apartM)) continue;
        if (!isOffRoads(near, p)) continue;
        placed.push(p);
        yield this.#tree(p, random.pick(planned.species), random.integer(1935, 2023), random, parcel.id);
      }
    }
  }

  #tree([x, y]: Xy, species: Species, year: number, random: Random, parcelId: string | null): Feature {
    const [name, latin, maxHeightM, crown, coniferous] = species;
    const age = 2026 - year;
    const grown = (1 - Math.exp(-age / 28)) * random.between(0.78, 1.05);
    const heightM = Math.max(2.5, maxHeightM * grown);
    const girthCm = Math.max(12, Math.round(age * 2.1 * random.between(0.8, 1.25) * (maxHeightM / 20)));
    const health = random.chance(0.72)
      ? 'good'
      : random.chance(0.72)
        ? 'fair'
        : random.chance(0.9)
          ? 'poor'
          : 'dead';
    const inspected = 2023 + random.integer(0, 2);
    const month = String(random.integer(1, 12)).padStart(2, '0');
    const monument = girthCm > 245 && latin !== 'Salix alba' && random.chance(0.3);
    return feature('trees', `DRZ-${String(++this.#count).padStart(6, '0')}`, pointOf([x, y]), {
      species: name,
      species_latin: latin,
      girth_cm: girthCm,
      height_m: Math.round(heightM * 10) / 10,
      crown_diameter_m: Math.round(heightM * crown * random.between(0.85, 1.1) * 10) / 10,
      form: coniferous ? 'coniferous' : 'broadleaved',
      health,
      protection: monument ? 'monument' : 'none',
      planted_year: year,
      last_inspection: `${inspected}-${month}-15`,
      next_inspection: `${inspected + (health === 'poor' ? 1 : 5)}-${month}-15`,
      parcel_id: parcelId,
      inspection_note:
        health === 'poor'
          ? 'Posusz w koronie, zalecane cięcie sanitarne.'
          : health === 'dead'
            ? 'Drzewo martwe, wniosek o usunięcie.'
            : null,
    });
  }
}

const areaM2 = (ring: readonly Xy[]): number =>
  Math.abs(
    ring.reduce((sum, [x, y], i) => sum + x * around(ring, i + 1)[1] - around(ring, i + 1)[0] * y, 0),
  ) / 2;

function plannedTrees(
  { role, ringCm, landUse }: PlannedParcel,
  kind: PlannedQuarter['plan']['brief']['kind'],
) {
  const area = areaM2(ringCm) / 1e4;
  if (role === 'green') {
    const perHa = landUse.startsWith('L') ? 160 : kind === 'park' ? 70 : kind === 'riverside' ? 25 : 60;
    return { count: Math.round((area / 1e4) * perHa), species: PARK, apartM: 5 };
  }
  if (role === 'civic' || kind === 'campus')
    return { count: Math.round(area / 420), species: PARK, apartM: 6 };
  if (role === 'garden') return { count: Math.round(area / 260), species: GARDEN, apartM: 4 };
  if (role !== 'lot' && role !== 'court') return { count: 0, species: GARDEN, apartM: 4 };
  if (kind === 'slab-estate' || kind === 'new-estate')
    return { count: Math.min(60, Math.round(area / 260)), species: PARK, apartM: 5 };
  if (kind === 'old-town' || kind === 'retail') return { count: 0, species: GARDEN, apartM: 4 };
  const perM2 = kind === 'tenements' || kind === 'inner-blocks' ? 500 : 280;
  return {
    count: Math.min(9, Math.round(area / perM2)),
    species: kind === 'villas' ? PARK : GARDEN,
    apartM: 4,
  };
}

/** Metres that a trunk keeps from walls and from the border of its parcel. */
function isClear({ buildings }: PlannedParcel, ring: readonly Xy[], p: Xy): boolean {
  if (ring.some((a, i) => distanceToSegment(p, a, around(ring, i + 1)) < 1)) return false;
  return buildings.every(({ design }) =>
    design.parts.every(
      (part) =>
        !isInside(part.ring, p) &&
        part.ring.every((a, i) => distanceToSegment(p, a, around(part.ring, i + 1)) > 2.2),
    ),
  );
}

const isOffRoads = (sections: readonly Section[], p: Xy): boolean =>
  sections.every(({ path, carriagewayM }) =>
    path.every((a, i) => i === 0 || distanceToSegment(p, path[i - 1] as Xy, a) > carriagewayM / 2 + 0.4),
  );
