/** The truth of parcels in zones drawn as convex pieces: how much of each they cover. */
import { around, clipConvex, signedArea, subtract, type Xy } from '../../geo/plane.ts';
import type { PlannedParcel } from '../town-plan.ts';
import type { TellConstraint } from './parcel-constraint.ts';
import { SHEET_M } from './sheets.ts';
import type { SiteZone } from './site-zones.ts';

/** Of sums of rings; the files tell no less. */
const ROUNDING_M2 = 1e-5;
const CELL_CM = SHEET_M * 100;

/** A convex counter-clockwise ring, and whether its ground is added to that of a zone or taken from it. */
interface Term {
  readonly ringCm: readonly Xy[];
  readonly sign: 1 | -1;
}

interface TrueZone {
  readonly zone: SiteZone;
  readonly terms: readonly Term[];
}

export class SiteTruth {
  readonly #tell: TellConstraint;
  /** Zones by the squares that their boxes meet. */
  readonly #cells = new Map<string, TrueZone[]>();

  constructor(zones: readonly SiteZone[], tell: TellConstraint) {
    this.#tell = tell;
    for (const zone of zones) {
      const known: TrueZone = { zone, terms: termsOf(zone) };
      for (const cell of cellsOf(known.terms.flatMap(({ ringCm }) => ringCm))) {
        const list = this.#cells.get(cell);
        if (list) list.push(known);
        else this.#cells.set(cell, [known]);
      }
    }
  }

  ofParcels(parcels: readonly PlannedParcel[]): void {
    for (const { id: parcelId, ringCm } of parcels) {
      const near = new Set([...cellsOf(ringCm)].flatMap((cell) => this.#cells.get(cell) ?? []));
      for (const { zone, terms } of near) {
        const areaM2 =
          terms.reduce((sum, { ringCm: term, sign }) => {
            const common = commonRing(ringCm, term);
            return sum + (common ? sign * signedArea(common) : 0);
          }, 0) / 1e4;
        if (areaM2 > ROUNDING_M2) this.#tell({ layer: zone.layer, parcelId, zoneId: zone.id, areaM2 });
      }
    }
  }
}

function termsOf({ piecesCm, holeCm, stripM }: SiteZone): readonly Term[] {
  if (stripM !== undefined) return unionTerms(piecesCm.map((piece) => widened(piece, stripM * 100)));
  return [
    ...piecesCm.map((ringCm): Term => ({ ringCm, sign: 1 })),
    ...(holeCm ? [{ ringCm: holeCm, sign: -1 } as const] : []),
  ];
}

/** Pieces that overlap, each ground once: all of the first and of the others, less what the others have of the first. */
function unionTerms([first, ...others]: readonly (readonly Xy[])[]): readonly Term[] {
  if (!first) return [];
  const shared = others.map((other) => commonRing(first, other)).filter((ring) => ring !== undefined);
  return [
    { ringCm: first, sign: 1 },
    ...unionTerms(others),
    ...unionTerms(shared).map(({ ringCm, sign }): Term => ({ ringCm, sign: sign === 1 ? -1 : 1 })),
  ];
}

/** What a ring, convex or not, has in common with a convex one: of a true area, sides may run back along themselves. */
function commonRing(one: readonly Xy[], other: readonly Xy[]): readonly Xy[] | undefined {
  let rest: readonly Xy[] = one;
  for (const [i, p] of other.entries()) {
    const q = around(other, i + 1);
    const [nx, ny] = [p[1] - q[1], q[0] - p[0]];
    rest = clipConvex(rest, nx, ny, -(nx * p[0] + ny * p[1]));
    if (rest.length < 3) return undefined;
  }
  return rest;
}

/** Of a whole circle: at 50 m a parcel is then short of some hundredths of a square metre. */
const CIRCLE_STEP = (2 * Math.PI) / 512;

/** All within a distance of a convex ring: its sides moved outwards, and arcs round its corners. */
function widened(ring: readonly Xy[], byCm: number): readonly Xy[] {
  return ring.flatMap(([x, y], i): readonly Xy[] => {
    const [before, after] = [outward(ring, i - 1), outward(ring, i)];
    const turn = (after - before + 2 * Math.PI) % (2 * Math.PI);
    const steps = Math.max(1, Math.ceil(turn / CIRCLE_STEP));
    return Array.from({ length: steps + 1 }, (_, k): Xy => {
      const angle = before + (turn * k) / steps;
      return [x + byCm * Math.cos(angle), y + byCm * Math.sin(angle)];
    });
  });
}

/** Angle of the normal of a side of a counter-clockwise ring. */
function outward(ring: readonly Xy[], side: number): number {
  const [dx, dy] = subtract(around(ring, side + 1), around(ring, side));
  return Math.atan2(-dx, dy);
}

function* cellsOf(ring: readonly Xy[]): Generator<string> {
  const low = (k: 0 | 1) => Math.floor(ring.reduce((min, p) => Math.min(min, p[k]), Infinity) / CELL_CM);
  const high = (k: 0 | 1) => Math.floor(ring.reduce((max, p) => Math.max(max, p[k]), -Infinity) / CELL_CM);
  const [south, north] = [low(1), high(1)];
  for (let column = low(0), east = high(0); column <= east; column++)
    for (let row = south; row <= north; row++) yield `${column} ${row}`;
}
