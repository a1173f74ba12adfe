/** What limits building: flood along the river, noise of streets and rails, heritage, nature. */
import type { Feature } from '../../feature/feature.ts';
import { distanceToSegment, middleOf, turnedBox, type Xy } from '../plane.ts';
import type { CorridorKind } from '../skeleton.ts';
import { groundHeightM, riverX, waterLevelM } from '../terrain.ts';
import { type PlannedQuarter, type Town, townBoundaryCm } from '../town-plan.ts';
import { RIVER_NAME } from './base-map.ts';
import { type Grid, isobandCm } from './isoband.ts';
import { areaOf, feature, RimUnion, toM, unionOf } from './shapes.ts';

/** Water above the ordinary level, metres. */
export const FLOODS = [
  ['p10', 2.9],
  ['p1', 3.9],
  ['p02', 4.9],
] as const;
const FLOOD_CELL_M = 20;
const SHEET_M = 1000;

/** An area that limits building, with the convex pieces that make it up, whole centimetres. */
export interface Zone {
  readonly layer: 'flood_zones' | 'heritage_sites';
  readonly id: string;
  readonly piecesCm: readonly (readonly Xy[])[];
}

function sheetsOf(town: Town): { readonly west: number; readonly south: number; readonly name: string }[] {
  const ring = townBoundaryCm(town).map(toM);
  const low = (k: 0 | 1) => Math.floor(ring.reduce((min, p) => Math.min(min, p[k]), Infinity) / SHEET_M);
  const high = (k: 0 | 1) => Math.ceil(ring.reduce((max, p) => Math.max(max, p[k]), -Infinity) / SHEET_M);
  const sheets: { west: number; south: number; name: string }[] = [];
  for (let row = low(1); row < high(1); row++)
    for (let column = low(0); column < high(0); column++)
      sheets.push({
        west: column * SHEET_M,
        south: row * SHEET_M,
        name: `${column}_${row}`.replaceAll('-', 'm'),
      });
  return sheets;
}

const gridOf = (west: number, south: number, cellM: number): Grid => ({
  west,
  south,
  cellM,
  columns: SHEET_M / cellM,
  rows: SHEET_M / cellM,
});

/** Flood zones sheet by sheet, from the ground itself; each rarer flood holds the more frequent ones. */
export function* floodZones(town: Town, seed: number): Generator<Zone & { readonly feature: Feature }> {
  for (const { west, south, name } of sheetsOf(town)) {
    const nearRiver = [0, 250, 500, 750, 1000].some((dy) => {
      const x = riverX(south + dy);
      return x > west - 700 && x < west + SHEET_M + 700;
    });
    if (!nearRiver) continue;
    const grid = gridOf(west, south, FLOOD_CELL_M);
    const cleared = (x: number, y: number) =>
      Math.abs(x - riverX(y)) > 700 ? 99 : groundHeightM(seed, x, y) - waterLevelM(y);
    for (const [probability, riseM] of FLOODS) {
      const piecesCm = isobandCm(grid, cleared, -Infinity, riseM);
      const areas = unionOf(piecesCm);
      if (areas.length === 0) continue;
      const id = `ZP-${probability}-${name}`;
      const levelM = waterLevelM(south + SHEET_M / 2) + riseM;
      yield {
        layer: 'flood_zones',
        id,
        piecesCm,
        feature: feature('flood_zones', id, areaOf(areas), {
          probability,
          max_depth_m: Math.round((riseM - 2.4) * 10) / 10,
          water_level_m: Math.round(levelM * 100) / 100,
          river: RIVER_NAME,
          map_date: '2022-10-18',
        }),
      };
    }
  }
}

const LEVELS = ['55-60', '60-65', '65-70', '70-75'] as const;

interface Source {
  readonly source: 'road' | 'railway';
  readonly lines: readonly (readonly [a: Xy, b: Xy, loudnessDb: number])[];
}

/** Level in dB at 10 m of a source of each kind, day, evening and night. */
const LOUDNESS_DB: Partial<Record<CorridorKind, number>> = { avenue: 72, collector: 67, railway: 70 };

export function* noiseZones(town: Town): Generator<Feature> {
  const all = (source: Source['source'], kinds: readonly CorridorKind[]): Source => ({
    source,
    lines: town.skeleton.edges.flatMap(({ kind, path }) =>
      kinds.includes(kind)
        ? path.slice(1).map((b, i) => [path[i] as Xy, b, LOUDNESS_DB[kind] ?? 60] as const)
        : [],
    ),
  });
  const sources = [all('road', ['avenue', 'collector']), all('railway', ['railway'])];
  for (const { west, south, name } of sheetsOf(town)) {
    for (const { source, lines } of sources) {
      const near = lines.filter(
        ([a, b]) =>
          Math.max(a[0], b[0]) > west - 200 &&
          Math.min(a[0], b[0]) < west + SHEET_M + 200 &&
          Math.max(a[1], b[1]) > south - 200 &&
          Math.min(a[1], b[1]) < south + SHEET_M + 200,
      );
      if (near.length === 0) continue;
      // Falls by 4.5 dB with each doubling of the distance, as between a line and built-up ground.
      const level = (x: number, y: number) =>
        near.reduce((loudest, [a, b, loudnessDb]) => {
          const away = Math.max(8, distanceToSegment([x, y], a, b));
          return Math.max(loudest, loudnessDb - 15 * Math.log10(away / 10));
        }, 0);
      const cellM = 20;
      const columns = SHEET_M / cellM + 1;
      const cache = new Map<number, number>();
      const cached = (x: number, y: number) => {
        const key = Math.round((y - south) / cellM) * columns + Math.round((x - west) / cellM);
        const known = cache.get(key);
        if (known !== undefined) return known;
        const value = level(x, y);
        cache.set(key, value);
        return value;
      };
      for (const [indicator, quieterDb] of [
        ['LDWN', 0],
        ['LN', 8],
      ] as const) {
        for (const range of LEVELS) {
          const from = Number(range.slice(0, 2));
          const grid = gridOf(west, south, cellM);
          const areas = unionOf(isobandCm(grid, (x, y) => cached(x, y) - quieterDb, from, from + 5));
          if (areas.length === 0) continue;
          yield feature('noise_zones', `HA-${source}-${indicator}-${range}-${name}`, areaOf(areas), {
            source,
            indicator,
            level_from_db: from,
            level_to_db: from + 5,
            level: range,
            map_year: 2022,
          });
        }
      }
    }
  }
}

/** Collects the old core and its monuments while the town is planned. */
export class Heritage {
  readonly #core = new Map<string, RimUnion>();
  readonly #banks = new RimUnion();
  #sites: Feature[] = [];
  #archaeology: Xy[] = [];
  /** Parcels that lie wholly in the conservation zone. */
  readonly zoneParcels: { readonly parcelId: string; readonly zoneId: string }[] = [];

  *ofQuarter({ plan, parcels }: PlannedQuarter): Generator<Feature> {
    const { kind, precinct } = plan.brief;
    if (kind === 'riverside')
      for (const { role, ringCm } of parcels) if (role === 'green') this.#banks.add(ringCm);
    if (kind !== 'old-town' && kind !== 'market-square') return;
    const zone = this.#core.get(precinct) ?? new RimUnion();
    this.#core.set(precinct, zone);
    for (const { id, ringCm, buildings, role } of parcels) {
      zone.add(ringCm);
      this.zoneParcels.push({ parcelId: id, zoneId: zoneId(precinct) });
      if (role === 'square') this.#archaeology = circleCm(middleOf(ringCm), 9000);
      for (const [i, building] of buildings.entries()) {
        const listed = role === 'square' || role === 'civic' || (building.design.kind === 'm' && i === 0);
        const ring = building.design.parts[0]?.ring;
        if (!listed || !ring) continue;
        const number = this.#sites.length + 1;
        const register = role === 'square' || role === 'civic' || number % 4 === 0;
        const site = feature(
          'heritage_sites',
          `ZAB-${number}`,
          areaOf([[ring.map(([x, y]): Xy => [Math.round(x * 100), Math.round(y * 100)])]]),
          {
            name:
              role === 'square'
                ? 'Ratusz'
                : role === 'civic'
                  ? 'Kościół farny'
                  : `Kamienica, działka ${id.split('.').pop()}`,
            kind: register ? 'register' : 'inventory',
            register_number: register ? `A-${100 + number}` : null,
            decided_on: register ? `19${60 + (number % 35)}-05-14` : null,
            building_id: building.id,
          },
        );
        this.#sites.push(site);
        yield site;
      }
    }
  }

  /** The archaeological site, convex. */
  get archaeologyCm(): readonly Xy[] {
    return this.#archaeology;
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
    if (this.#archaeology.length > 0)
      yield feature('heritage_sites', 'ZAB-AZP-1', areaOf([[this.#archaeology]]), {
        name: 'Osada lokacyjna, rynek',
        kind: 'archaeology',
        register_number: 'AZP 52-27/14',
        decided_on: '1991-03-20',
        building_id: null,
      });
    for (const [i, area] of this.#banks.areas().entries()) {
      if (turnedBox((area[0] as readonly Xy[]).map(toM)).lengthM < 60) continue;
      yield feature('nature_areas', `FOP-${i + 1}`, areaOf([area]), {
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

function circleCm([x, y]: Xy, radiusCm: number): Xy[] {
  return Array.from({ length: 24 }, (_, i): Xy => {
    const angle = (i * Math.PI) / 12;
    return [Math.round(x + radiusCm * Math.cos(angle)), Math.round(y + radiusCm * Math.sin(angle))];
  });
}
