/** The truth of parcels in zones drawn as convex pieces: how much of each they cover. */
import type { Xy } from '../../geo/plane.ts';
import type { PlannedParcel } from '../town-plan.ts';
import { commonCm2 } from './isoband.ts';
import type { TellConstraint } from './parcel-constraint.ts';
import { SHEET_M } from './sheets.ts';
import type { SiteZone } from './site-zones.ts';

const CELL_CM = SHEET_M * 100;

export class SiteTruth {
  readonly #tell: TellConstraint;
  /** Zones by the squares that their boxes meet. */
  readonly #cells = new Map<string, SiteZone[]>();

  constructor(zones: readonly SiteZone[], tell: TellConstraint) {
    this.#tell = tell;
    for (const zone of zones) {
      for (const cell of cellsOf(zone.piecesCm.flat())) {
        const list = this.#cells.get(cell);
        if (list) list.push(zone);
        else this.#cells.set(cell, [zone]);
      }
    }
  }

  ofParcels(parcels: readonly PlannedParcel[]): void {
    for (const { id: parcelId, ringCm } of parcels) {
      const near = new Set([...cellsOf(ringCm)].flatMap((cell) => this.#cells.get(cell) ?? []));
      for (const { layer, id: zoneId, piecesCm, holeCm } of near) {
        const whole = piecesCm.reduce((sum, piece) => sum + commonCm2(ringCm, piece), 0);
        if (whole === 0) continue;
        const areaM2 = (whole - (holeCm ? commonCm2(ringCm, holeCm) : 0)) / 1e4;
        if (areaM2 > 0) this.#tell({ layer, parcelId, zoneId, areaM2 });
      }
    }
  }
}

function* cellsOf(ring: readonly Xy[]): Generator<string> {
  const low = (k: 0 | 1) => Math.floor(ring.reduce((min, p) => Math.min(min, p[k]), Infinity) / CELL_CM);
  const high = (k: 0 | 1) => Math.floor(ring.reduce((max, p) => Math.max(max, p[k]), -Infinity) / CELL_CM);
  const [south, north] = [low(1), high(1)];
  for (let column = low(0), east = high(0); column <= east; column++)
    for (let row = south; row <= north; row++) yield `${column} ${row}`;
}
