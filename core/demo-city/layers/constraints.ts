/** The truth of parcels in areas that cross quarters: which flood and noise covers how much of them. */
import { middleOf, type Xy } from '../../geo/plane.ts';
import type { PlannedParcel } from '../town-plan.ts';
import type { Environment, SheetZone } from './environment.ts';
import { commonCm2 } from './isoband.ts';
import type { TellConstraint } from './parcel-constraint.ts';
import { CELL_M, SHEET_M, sheetAt } from './sheets.ts';

interface Piece {
  readonly zone: SheetZone;
  readonly ringCm: readonly Xy[];
}

/** Pieces of one sheet by the cell they lie in. */
type Cells = ReadonlyMap<number, readonly Piece[]>;

const CELL_CM = CELL_M * 100;
const CELLS = SHEET_M / CELL_M;
/** Quarters come side by side, and none reaches over more sheets. */
const KEPT_SHEETS = 24;

export class SheetTruth {
  readonly #environment: Environment;
  readonly #tell: TellConstraint;
  /** The sheets used last. */
  readonly #sheets = new Map<string, Cells>();

  constructor(environment: Environment, tell: TellConstraint) {
    this.#environment = environment;
    this.#tell = tell;
  }

  ofParcels(parcels: readonly PlannedParcel[]): void {
    for (const { id: parcelId, ringCm } of parcels) {
      const sums = new Map<SheetZone, number>();
      for (const { zone, ringCm: piece } of this.#near(ringCm)) {
        const common = commonCm2(ringCm, piece);
        if (common > 0) sums.set(zone, (sums.get(zone) ?? 0) + common);
      }
      for (const [{ layer, id: zoneId }, cm2] of sums)
        this.#tell({ layer, parcelId, zoneId, areaM2: cm2 / 1e4 });
    }
  }

  /** Pieces in the cells under the box of a ring. */
  *#near(ring: readonly Xy[]): Generator<Piece> {
    const low = (k: 0 | 1) => Math.floor(ring.reduce((min, p) => Math.min(min, p[k]), Infinity) / CELL_CM);
    const high = (k: 0 | 1) => Math.floor(ring.reduce((max, p) => Math.max(max, p[k]), -Infinity) / CELL_CM);
    const [south, north] = [low(1), high(1)];
    for (let column = low(0), east = high(0); column <= east; column++) {
      for (let row = south; row <= north; row++) {
        const sheet = this.#sheet(Math.floor(column / CELLS), Math.floor(row / CELLS));
        yield* sheet.get(cellKey(column, row)) ?? [];
      }
    }
  }

  #sheet(column: number, row: number): Cells {
    const key = `${column} ${row}`;
    const known = this.#sheets.get(key);
    if (known) return known;
    const cells = new Map<number, Piece[]>();
    for (const zone of this.#environment.zonesOf(sheetAt(column, row))) {
      for (const ringCm of zone.piecesCm) {
        const [x, y] = middleOf(ringCm);
        const cell = cellKey(Math.floor(x / CELL_CM), Math.floor(y / CELL_CM));
        const list = cells.get(cell);
        if (list) list.push({ zone, ringCm });
        else cells.set(cell, [{ zone, ringCm }]);
      }
    }
    this.#sheets.set(key, cells);
    const [oldest] = this.#sheets.keys();
    if (this.#sheets.size > KEPT_SHEETS && oldest !== undefined) this.#sheets.delete(oldest);
    return cells;
  }
}

/** Within one sheet. */
const cellKey = (column: number, row: number): number => (column & 0xffff) * 65536 + (row & 0xffff);
