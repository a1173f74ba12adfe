/** The truth of each parcel: which plan zone, flood or heritage area covers how much of it. */
import { signedArea, type Xy } from '../plane.ts';
import { type PlannedParcel, planTown, type Town } from '../town-plan.ts';
import { floodZones } from './environment.ts';
import { commonCm2 } from './isoband.ts';
import { TownLayers } from './town-layers.ts';

export interface ParcelConstraint {
  readonly parcelId: string;
  readonly layer: 'plan_zones' | 'flood_zones' | 'heritage_sites';
  /** Id of the area in its layer. */
  readonly zoneId: string;
  /** Square metres of the parcel that the area covers, before planted faults. */
  readonly areaM2: number;
}

/** Pieces are looked for in squares of this side, whole centimetres. */
const CELL_CM = 2000;

interface Piece {
  readonly zoneId: string;
  readonly ringCm: readonly Xy[];
}

/** Quarter by quarter; areas of plans are whole parcels, the others are summed over convex pieces. */
export function* constraintsOf(town: Town, seed: number): Generator<ParcelConstraint> {
  const flooded = new Map<string, Piece[]>();
  for (const { id: zoneId, piecesCm } of floodZones(town, seed)) {
    for (const ringCm of piecesCm) {
      const [west, south] = boxOf(ringCm);
      const key = `${Math.floor(west / CELL_CM)} ${Math.floor(south / CELL_CM)}`;
      const list = flooded.get(key);
      if (list) list.push({ zoneId, ringCm });
      else flooded.set(key, [{ zoneId, ringCm }]);
    }
  }
  const layers = new TownLayers(town, seed, true);
  const core: PlannedParcel[] = [];
  let zones = 0;
  for (const quarter of planTown(town, seed)) {
    for (const _ of layers.ofQuarter(quarter)) void _;
    const known = layers.parcelZones;
    for (; zones < known.length; zones++) {
      const zone = known[zones];
      if (zone) yield { layer: 'plan_zones', ...zone };
    }
    const old = quarter.plan.brief.kind === 'old-town' || quarter.plan.brief.kind === 'market-square';
    if (old) core.push(...quarter.parcels);
    for (const parcel of quarter.parcels) yield* floodOf(parcel, flooded);
  }
  const areas = new Map(core.map(({ id, ringCm }) => [id, signedArea(ringCm) / 1e4]));
  for (const { parcelId, zoneId } of layers.heritage.zoneParcels)
    yield { layer: 'heritage_sites', parcelId, zoneId, areaM2: areas.get(parcelId) ?? 0 };
  const site = layers.heritage.archaeologyCm;
  for (const { id: parcelId, ringCm } of site.length > 0 ? core : []) {
    const areaM2 = commonCm2(ringCm, site) / 1e4;
    if (areaM2 > 0) yield { layer: 'heritage_sites', parcelId, zoneId: 'ZAB-AZP-1', areaM2 };
  }
}

function* floodOf(
  { id: parcelId, ringCm }: PlannedParcel,
  flooded: ReadonlyMap<string, readonly Piece[]>,
): Generator<ParcelConstraint> {
  const [west, south, east, north] = boxOf(ringCm);
  const sums = new Map<string, number>();
  for (let column = Math.floor(west / CELL_CM); column <= Math.floor(east / CELL_CM); column++) {
    for (let row = Math.floor(south / CELL_CM); row <= Math.floor(north / CELL_CM); row++) {
      for (const { zoneId, ringCm: piece } of flooded.get(`${column} ${row}`) ?? []) {
        const common = commonCm2(ringCm, piece);
        if (common > 0) sums.set(zoneId, (sums.get(zoneId) ?? 0) + common);
      }
    }
  }
  for (const [zoneId, cm2] of sums) yield { layer: 'flood_zones', parcelId, zoneId, areaM2: cm2 / 1e4 };
}

function boxOf(ring: readonly Xy[]): readonly [west: number, south: number, east: number, north: number] {
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
