/** What is protected: the old core with its monuments, and the banks of the river. */
import type { Feature } from '../../feature/feature.ts';
import { between, isInside, middleOf, turnedBox, type Xy } from '../../geo/plane.ts';
import { planQuarter } from '../quarter-plan.ts';
import { areaM2Of } from '../registers.ts';
import type { PlannedBuilding, PlannedParcel, PlannedQuarter, Town } from '../town-plan.ts';
import { RIVER_NAME } from './base-map.ts';
import { commonCm2 } from './isoband.ts';
import type { TellConstraint } from './parcel-constraint.ts';
import { areaOf, feature, RimUnion, toCm, toM } from './shapes.ts';

const ARCHAEOLOGY_ID = 'ZAB-AZP-1';
const ARCHAEOLOGY_RADIUS_CM = 9000;
/** A piece of bank shorter than this is no area of its own. */
const SHORTEST_BANK_M = 60;

/** Collects the old core and the banks while the town is planned. */
export class Heritage {
  readonly #core = new Map<string, RimUnion>();
  readonly #banks = new RimUnion();
  readonly #bankParcels: { readonly parcelId: string; readonly areaM2: number; readonly inside: Xy }[] = [];
  /** The archaeological site round the market, convex; empty without a market. */
  readonly #siteCm: readonly Xy[];
  readonly #tell: TellConstraint | undefined;
  #monuments = 0;

  constructor(town: Town, seed: number, tell: TellConstraint | undefined) {
    this.#siteCm = siteOf(town, seed);
    this.#tell = tell;
  }

  *ofQuarter({ plan, parcels }: PlannedQuarter): Generator<Feature> {
    const { kind, precinct } = plan.brief;
    for (const parcel of parcels) this.#tellSite(parcel);
    if (kind === 'riverside') {
      for (const { id, role, ringCm } of parcels) {
        if (role !== 'green') continue;
        this.#banks.add(ringCm);
        if (this.#tell)
          this.#bankParcels.push({ parcelId: id, areaM2: areaM2Of(ringCm), inside: insideOf(ringCm) });
      }
    }
    if (kind !== 'old-town' && kind !== 'market-square') return;
    const zone = this.#core.get(precinct) ?? new RimUnion();
    this.#core.set(precinct, zone);
    for (const parcel of parcels) {
      const { id: parcelId, ringCm, buildings } = parcel;
      zone.add(ringCm);
      const areaM2 = areaM2Of(ringCm);
      this.#tell?.({ layer: 'heritage_sites', parcelId, zoneId: zoneId(precinct), areaM2 });
      for (const [i, building] of buildings.entries()) yield* this.#monument(parcel, building, i === 0);
    }
  }

  *#monument(
    { id: parcelId, role }: PlannedParcel,
    building: PlannedBuilding,
    first: boolean,
  ): Generator<Feature> {
    const listed = role === 'square' || role === 'civic' || (building.design.kind === 'm' && first);
    const ring = building.design.parts[0]?.ring.map(toCm);
    if (!listed || !ring) return;
    const number = ++this.#monuments;
    const register = role === 'square' || role === 'civic' || number % 4 === 0;
    const id = `ZAB-${number}`;
    this.#tell?.({ layer: 'heritage_sites', parcelId, zoneId: id, areaM2: Math.abs(areaM2Of(ring)) });
    yield feature('heritage_sites', id, areaOf([[ring]]), {
      name:
        role === 'square'
          ? 'Ratusz'
          : role === 'civic'
            ? 'Kościół farny'
            : `Kamienica, działka ${parcelId.split('.').pop()}`,
      kind: register ? 'register' : 'inventory',
      register_number: register ? `A-${100 + number}` : null,
      decided_on: register ? `19${60 + (number % 35)}-05-14` : null,
      building_id: building.id,
    });
  }

  #tellSite({ id: parcelId, ringCm }: PlannedParcel): void {
    if (!this.#tell || this.#siteCm.length === 0) return;
    const areaM2 = commonCm2(ringCm, this.#siteCm) / 1e4;
    if (areaM2 > 0) this.#tell({ layer: 'heritage_sites', parcelId, zoneId: ARCHAEOLOGY_ID, areaM2 });
  }

  *finish(): Generator<Feature> {
    for (const [precinct, union] of this.#core) {
      yield feature('heritage_sites', zoneId(precinct), areaOf(union.areas()), {
        name: 'Strefa ochrony konserwatorskiej Starego Miasta',
        kind: 'zone',
        register_number: 'A-239',
        decided_on: '1982-10-06',
        building_id: null,
      });
    }
    if (this.#siteCm.length > 0)
      yield feature('heritage_sites', ARCHAEOLOGY_ID, areaOf([[this.#siteCm]]), {
        name: 'Osada lokacyjna, rynek',
        kind: 'archaeology',
        register_number: 'AZP 52-27/14',
        decided_on: '1991-03-20',
        building_id: null,
      });
    for (const [i, area] of this.#banks.areas().entries()) {
      if (turnedBox((area[0] as readonly Xy[]).map(toM)).lengthM < SHORTEST_BANK_M) continue;
      const id = `FOP-${i + 1}`;
      for (const { inside, parcelId, areaM2 } of this.#bankParcels) {
        if (area.every((ring, k) => isInside(ring, inside) === (k === 0)))
          this.#tell?.({ layer: 'nature_areas', parcelId, zoneId: id, areaM2 });
      }
      yield feature('nature_areas', id, areaOf([area]), {
        name: `Łęgi nad ${RIVER_NAME.replace('Warta', 'Wartą')} ${i + 1}`,
        kind: i === 0 ? 'natura2000' : 'ecological_site',
        code: i === 0 ? 'PLH300099' : null,
        act: i === 0 ? 'Decyzja Komisji UE 2011/64/UE' : 'Uchwała Rady Miasta CV/610/94',
        protected_since: i === 0 ? '2011-01-10' : '1994-12-06',
      });
    }
  }
}

const zoneId = (precinct: string): string => `ZAB-STREFA-${precinct}`;

/** A place a centimetre inside the first side of a counter-clockwise ring. */
function insideOf(ring: readonly Xy[]): Xy {
  const [a, b] = [ring[0] as Xy, ring[1] as Xy];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const [x, y] = between(a, b, 0.5);
  return [x - (b[1] - a[1]) / length, y + (b[0] - a[0]) / length];
}

/** A circle round the square of the market quarter, which is planned here ahead of its turn. */
function siteOf({ skeleton, corridors, faceOfQuarter }: Town, seed: number): readonly Xy[] {
  const market = skeleton.quarters.findIndex(({ kind }) => kind === 'market-square');
  const brief = skeleton.quarters[market];
  const outline = corridors.outlines[faceOfQuarter[market] ?? -1];
  if (!brief || !outline) return [];
  const { plots, sub } = planQuarter(outline, brief, seed);
  const square = plots.find(({ role }) => role === 'square');
  if (!square) return [];
  const [x, y] = middleOf(sub.settled(square.plot).corners.map((corner) => sub.cm(corner)));
  return Array.from({ length: 24 }, (_, i): Xy => {
    const angle = (i * Math.PI) / 12;
    return [
      Math.round(x + ARCHAEOLOGY_RADIUS_CM * Math.cos(angle)),
      Math.round(y + ARCHAEOLOGY_RADIUS_CM * Math.sin(angle)),
    ];
  });
}
