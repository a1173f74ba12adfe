/** What limits building across quarters, sheet by sheet: flood along the river, noise of streets and rails. */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import { distanceToSegment, type Xy } from '../../geo/plane.ts';
import type { CorridorKind } from '../skeleton.ts';
import { groundHeightM, riverX, waterLevelM } from '../terrain.ts';
import type { Town } from '../town-plan.ts';
import { RIVER_NAME } from './base-map.ts';
import { isobandCm } from './isoband.ts';
import { areaOf, feature, unionOf } from './shapes.ts';
import { CELL_M, gridOf, SHEET_M, type Sheet, sheetsOf } from './sheets.ts';

/** Water above the ordinary level, metres. */
const FLOODS = [
  ['p10', 2.9],
  ['p1', 3.9],
  ['p02', 4.9],
] as const;
/** Farther from the river than this there is no flood. */
const FLOOD_REACH_M = 700;
/** Beyond this no street or railway is as loud as the lowest level. */
const NOISE_REACH_M = 200;

const LEVELS = ['55-60', '60-65', '65-70', '70-75'] as const;

/** Level in dB at 10 m of a source of each kind, day, evening and night. */
const LOUDNESS_DB: Partial<Record<CorridorKind, number>> = { avenue: 72, collector: 67, railway: 70 };
const SOURCE_OF: Partial<Record<CorridorKind, 'road' | 'railway'>> = {
  avenue: 'road',
  collector: 'road',
  railway: 'railway',
};

type LoudLine = readonly [a: Xy, b: Xy, loudnessDb: number];

/** An area of one sheet with the convex pieces that make it up, whole centimetres. */
export interface SheetZone {
  readonly layer: 'flood_zones' | 'noise_zones';
  readonly id: string;
  readonly piecesCm: readonly (readonly Xy[])[];
  readonly properties: Readonly<Record<string, PropertyValue>>;
}

export class Environment {
  readonly #town: Town;
  readonly #seed: number;
  /** Loud lines near each sheet, by its name and source. */
  readonly #loud = new Map<string, LoudLine[]>();

  constructor(town: Town, seed: number) {
    this.#town = town;
    this.#seed = seed;
    for (const { kind, path } of town.skeleton.edges) {
      const source = SOURCE_OF[kind];
      if (!source) continue;
      path.slice(1).forEach((b, i) => {
        this.#add(source, [path[i] as Xy, b, LOUDNESS_DB[kind] ?? 60]);
      });
    }
  }

  #add(source: string, line: LoudLine): void {
    const [a, b] = line;
    const from = (k: 0 | 1) => Math.floor((Math.min(a[k], b[k]) - NOISE_REACH_M) / SHEET_M);
    const to = (k: 0 | 1) => Math.floor((Math.max(a[k], b[k]) + NOISE_REACH_M) / SHEET_M);
    for (let column = from(0); column <= to(0); column++) {
      for (let row = from(1); row <= to(1); row++) {
        const key = `${source} ${column} ${row}`;
        const list = this.#loud.get(key);
        if (list) list.push(line);
        else this.#loud.set(key, [line]);
      }
    }
  }

  *features(): Generator<Feature> {
    for (const sheet of sheetsOf(this.#town)) {
      for (const { layer, id, piecesCm, properties } of this.zonesOf(sheet)) {
        const areas = unionOf(piecesCm);
        if (areas.length > 0) yield feature(layer, id, areaOf(areas), properties);
      }
    }
  }

  *zonesOf(sheet: Sheet): Generator<SheetZone> {
    yield* this.#floods(sheet);
    yield* this.#noise(sheet);
  }

  /** From the ground itself; each rarer flood holds the more frequent ones. */
  *#floods(sheet: Sheet): Generator<SheetZone> {
    const { west, south, name } = sheet;
    const nearRiver = [0, 250, 500, 750, 1000].some((dy) => {
      const x = riverX(south + dy);
      return x > west - FLOOD_REACH_M && x < west + SHEET_M + FLOOD_REACH_M;
    });
    if (!nearRiver) return;
    const cleared = remembered(sheet, (x, y) =>
      Math.abs(x - riverX(y)) > FLOOD_REACH_M ? 99 : groundHeightM(this.#seed, x, y) - waterLevelM(y),
    );
    for (const [probability, riseM] of FLOODS) {
      const levelM = waterLevelM(south + SHEET_M / 2) + riseM;
      yield {
        layer: 'flood_zones',
        id: `ZP-${probability}-${name}`,
        piecesCm: isobandCm(gridOf(sheet), cleared, -Infinity, riseM),
        properties: {
          probability,
          max_depth_m: Math.round((riseM - 2.4) * 10) / 10,
          water_level_m: Math.round(levelM * 100) / 100,
          river: RIVER_NAME,
          map_date: '2022-10-18',
        },
      };
    }
  }

  *#noise(sheet: Sheet): Generator<SheetZone> {
    const { column, row, name } = sheet;
    for (const source of ['road', 'railway'] as const) {
      const lines = this.#loud.get(`${source} ${column} ${row}`);
      if (!lines) continue;
      // Falls by 4.5 dB with each doubling of the distance, as between a line and built-up ground.
      const level = remembered(sheet, (x, y) =>
        lines.reduce((loudest, [a, b, loudnessDb]) => {
          const away = Math.max(8, distanceToSegment([x, y], a, b));
          return Math.max(loudest, loudnessDb - 15 * Math.log10(away / 10));
        }, 0),
      );
      for (const [indicator, quieterDb] of [
        ['LDWN', 0],
        ['LN', 8],
      ] as const) {
        for (const range of LEVELS) {
          const from = Number(range.slice(0, 2));
          yield {
            layer: 'noise_zones',
            id: `HA-${source}-${indicator}-${range}-${name}`,
            piecesCm: isobandCm(gridOf(sheet), (x, y) => level(x, y) - quieterDb, from, from + 5),
            properties: {
              source,
              indicator,
              level_from_db: from,
              level_to_db: from + 5,
              level: range,
              map_year: 2022,
            },
          };
        }
      }
    }
  }
}

/** A value at the corners of a sheet's cells, computed once each. */
function remembered({ west, south }: Sheet, value: (x: number, y: number) => number) {
  const columns = SHEET_M / CELL_M + 1;
  const known = new Map<number, number>();
  return (x: number, y: number): number => {
    const key = Math.round((y - south) / CELL_M) * columns + Math.round((x - west) / CELL_M);
    const old = known.get(key);
    if (old !== undefined) return old;
    const fresh = value(x, y);
    known.set(key, fresh);
    return fresh;
  };
}
