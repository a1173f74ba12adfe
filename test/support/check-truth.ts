/** How checks of a demo city stand against its truth, which is counted from the plan and never by the code under test. */
import type { Feature } from '../../core/feature/feature.ts';
import type { Position } from '../../core/geo/geometry.ts';
import { distanceToSegment, isInside, type Xy } from '../../core/geo/plane.ts';
import type { Category, ParcelCheck } from '../../core/wire/parcel-check.ts';

export interface TruthRow {
  readonly parcelId: string;
  readonly layer: string;
  readonly zoneId: string;
  readonly areaM2: number;
}

/** Rows of `constraints.csv`. */
export const readConstraints = (text: string): readonly TruthRow[] =>
  text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [parcelId = '', layer = '', zoneId = '', areaM2 = ''] = line.split(',');
      return { parcelId, layer, zoneId, areaM2: Number(areaM2) };
    });

export interface TruthScore {
  /** Constraints of the truth that are large enough to matter, and how many of them were found. */
  readonly expected: number;
  readonly found: number;
  readonly missed: readonly string[];
  /** Findings `applies` over areas of the layers of the truth, and how many of them are in it. */
  readonly claimed: number;
  readonly right: number;
  readonly wrong: readonly string[];
}

/** Coordinates are in centimetres: less common ground than this is rounding of borders. */
const SMALLEST_M2 = 0.05;

/**
 * A constraint is found when some finding that names the area applies or touches; a finding is right when the area does
 * cover part of the parcel.
 * @param skipped areas whose geometry was planted with faults: the truth is of before
 */
export function scoreOf(
  checks: readonly ParcelCheck[],
  truth: readonly TruthRow[],
  skipped: ReadonlySet<string>,
): TruthScore {
  const keyOf = (parcel: string, layer: string, zone: string) => `${parcel} ${layer} ${zone}`;
  const known = new Map(truth.map((row) => [keyOf(row.parcelId, row.layer, row.zoneId), row.areaM2]));
  const layers = new Set(truth.map(({ layer }) => layer));
  const told = new Set<string>();
  const claims = new Set<string>();
  for (const { parcel, findings } of checks) {
    for (const { state, source, objects, geometry: _geometry, measured } of findings) {
      if (!source || !layers.has(source.layer)) continue;
      // A noise band below the limit and a case that has ended are told of, and do not apply.
      const isTold = state === 'applies' || state === 'touches';
      if (!isTold && source.layer !== 'noise_zones' && source.layer !== 'cases') continue;
      for (const object of objects) {
        const key = keyOf(parcel.id, source.layer, object);
        told.add(key);
        if (state === 'applies' && measured?.areaM2 !== undefined && !skipped.has(object)) claims.add(key);
      }
    }
  }
  const expected = truth.filter(({ areaM2, zoneId }) => areaM2 >= SMALLEST_M2 && !skipped.has(zoneId));
  const missed = expected
    .map(({ parcelId, layer, zoneId }) => keyOf(parcelId, layer, zoneId))
    .filter((key) => !told.has(key));
  const wrong = [...claims].filter((key) => !known.has(key));
  return {
    expected: expected.length,
    found: expected.length - missed.length,
    missed,
    claimed: claims.size,
    right: claims.size - wrong.length,
    wrong,
  };
}

/** One object that lies on a parcel. */
interface OnParcel {
  readonly parcelId: string;
  readonly objectId: string;
}

const CELL_M = 50;
/** Along a line. */
const STEP_M = 2;

/**
 * Which trees of a protection stand on which parcels and which utility lines run over them, by asking points one by one:
 * slow, and nothing of the database.
 */
export function objectsOnParcels(features: Iterable<Feature>): {
  readonly monuments: readonly OnParcel[];
  readonly lines: readonly OnParcel[];
} {
  const cells = new Map<string, { readonly id: string; readonly ring: readonly Xy[] }[]>();
  const points: { readonly id: string; readonly at: Xy; readonly isTree: boolean }[] = [];
  for (const { layer, id, geometry, properties } of features) {
    if (layer === 'parcels' && geometry?.type === 'MultiPolygon') {
      const ring = (geometry.coordinates[0]?.[0] ?? []).map(([e, n]): Xy => [e, n]);
      for (const cell of cellsOf(ring)) cells.set(cell, [...(cells.get(cell) ?? []), { id, ring }]);
    }
    if (layer === 'trees' && geometry?.type === 'Point' && properties['protection'] === 'monument') {
      points.push({ id, at: [geometry.coordinates[0], geometry.coordinates[1]], isTree: true });
    }
    if (layer === 'utility_lines' && geometry?.type === 'LineString') {
      for (const at of stepsOf(geometry.coordinates)) points.push({ id, at, isTree: false });
    }
  }
  const found = { monuments: new Map<string, OnParcel>(), lines: new Map<string, OnParcel>() };
  for (const { id: objectId, at, isTree } of points) {
    for (const { id: parcelId, ring } of cells.get(cellOf(at)) ?? []) {
      if (!isInside(ring, at)) continue;
      (isTree ? found.monuments : found.lines).set(`${parcelId} ${objectId}`, { parcelId, objectId });
    }
  }
  return { monuments: [...found.monuments.values()], lines: [...found.lines.values()] };
}

const cellOf = ([e, n]: Xy): string => `${Math.floor(e / CELL_M)} ${Math.floor(n / CELL_M)}`;

function* cellsOf(ring: readonly Xy[]): Generator<string> {
  const span = (axis: 0 | 1) => {
    const values = ring.map((at) => at[axis]);
    return [Math.floor(Math.min(...values) / CELL_M), Math.floor(Math.max(...values) / CELL_M)] as const;
  };
  const [west, east] = span(0);
  const [south, north] = span(1);
  for (let column = west; column <= east; column++) {
    for (let row = south; row <= north; row++) yield `${column} ${row}`;
  }
}

function* stepsOf(line: readonly Position[]): Generator<Xy> {
  for (const [i, [e, n]] of line.slice(1).entries()) {
    const [fromE, fromN] = line[i] ?? [e, n];
    const steps = Math.max(1, Math.ceil(Math.hypot(e - fromE, n - fromN) / STEP_M));
    // Ends lie on borders as often as not.
    for (let k = 0; k < steps; k++) {
      const t = (k + 0.5) / steps;
      yield [fromE + (e - fromE) * t, fromN + (n - fromN) * t];
    }
  }
}

/** Those of them that no finding of the category names. */
export function unnamed(
  checks: readonly ParcelCheck[],
  objects: readonly OnParcel[],
  category: Category,
): readonly string[] {
  const named = new Set(
    checks.flatMap(({ parcel, findings }) =>
      findings
        .filter((finding) => finding.category === category && finding.state !== 'does-not-apply')
        .flatMap((finding) => finding.objects.map((id) => `${parcel.id} ${id}`)),
    ),
  );
  return objects.map(({ parcelId, objectId }) => `${parcelId} ${objectId}`).filter((key) => !named.has(key));
}

/** Parcels with a corner or side nearer to a feature of a layer than a distance, by asking segments one by one. */
export function parcelsNear(
  features: Iterable<Feature>,
  layer: string,
  distanceM: number,
): readonly OnParcel[] {
  const [parcels, others] = [new Map<string, readonly Xy[]>(), new Map<string, readonly Xy[]>()];
  for (const { layer: name, id, geometry } of features) {
    if ((name !== 'parcels' && name !== layer) || geometry?.type !== 'MultiPolygon') continue;
    const ring = (geometry.coordinates[0]?.[0] ?? []).map(([e, n]): Xy => [e, n]);
    (name === layer ? others : parcels).set(id, ring);
  }
  const toSide = (p: Xy, ring: readonly Xy[]) =>
    ring.slice(1).reduce((least, b, i) => Math.min(least, distanceToSegment(p, ring[i] ?? b, b)), Infinity);
  const isNear = (one: readonly Xy[], other: readonly Xy[]) =>
    one.some((p) => isInside(other, p) || toSide(p, other) < distanceM) ||
    other.some((p) => isInside(one, p) || toSide(p, one) < distanceM);
  return [...others].flatMap(([objectId, outline]) =>
    [...parcels]
      .filter(([, ring]) => isNear(ring, outline))
      .map(([parcelId]): OnParcel => ({ parcelId, objectId })),
  );
}
