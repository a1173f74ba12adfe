/** Settling edits of buildings that stand. */
import { movedShape, raisedSolid } from '../../../core/building/placed-solid.ts';
import { invalidParameter } from '../../../core/errors.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { MultiPolygon } from '../../../core/geo/geometry.ts';
import type { Xy } from '../../../core/geo/plane.ts';
import { heightOfSolid, pivotOf } from '../../../core/scenario/rows/changed-building-rows.ts';
import { touched } from '../../../core/scenario/scenario-row.ts';
import type { ChangeBuilding, MoveBuilding } from '../../../core/wire/edits/building-change.ts';
import type { Finding, TouchedObject } from '../../../core/wire/scenario.ts';
import { ewkb } from '../settle-place.ts';
import { type Sql, sql } from '../sql.ts';
import { buildingFindings, buildingNamed, parcelFindings, TERRAIN_UNKNOWN } from './building.ts';
import { type EditedCity, refuseOutside, type SettledEdit } from './edited-city.ts';
import { overlaps } from './neighbours.ts';

export async function settleMoveBuilding(city: EditedCity, edit: MoveBuilding): Promise<SettledEdit> {
  const named = await buildingNamed(city, edit.building);
  const objects = changedObjects(named);
  const pivot = pivotOf([...named.registered, ...named.solids]);
  const move = { pivot, byM: edit.byM, turnDeg: edit.turnDeg, raiseM: 0 };
  const before = (named.registered.length > 0 ? named.registered : named.solids).map(shapeOf);
  const after = before.map((shape) => movedShape(shape, move));
  const ground = named.registered.length > 0 ? groundSql(after) : footprintSql(after);
  const corners = after.flatMap(({ coordinates }) => coordinates.flat(2)).map(([e, n]): Xy => [e, n]);
  await refuseOutside(city, ground, corners, 'byM');
  const own = new Set(named.registered.map(({ id }) => id));
  const built = (await overlaps(city, 'buildings', ground)).filter(({ id }) => !own.has(id));
  const parcels = await overlaps(city, 'parcels', ground);
  const [oldM, newM] = [await lowestM(city, before), await lowestM(city, after)];
  const raisedM = oldM === undefined || newM === undefined ? 0 : mm(newM - oldM);
  return {
    settled: { objects, raisedM, parcelIds: parcels.map(({ id }) => id) },
    findings: [
      ...buildingFindings(built),
      ...parcelFindings(parcels, await areaM2(city, ground)),
      ...(oldM === undefined || newM === undefined ? [TERRAIN_UNKNOWN] : []),
    ],
  };
}

export async function settleChangeBuilding(city: EditedCity, edit: ChangeBuilding): Promise<SettledEdit> {
  const named = await buildingNamed(city, edit.building);
  const objects = changedObjects(named);
  const [tallest] = named.solids.toSorted((a, b) => heightOfSolid(b) - heightOfSolid(a));
  if (!tallest) {
    if (edit.heightM !== undefined) {
      throw invalidParameter(
        'heightM',
        'The register has no solid of this building whose height could change; give storeys, or remove it and draw it anew',
      );
    }
    return { settled: { objects }, findings: [] };
  }
  const heightNowM = heightOfSolid(tallest);
  const heightM = edit.heightM ?? heightByStoreys(edit, named.registered[0] ?? tallest, heightNowM);
  const raisedM = mm(heightM - heightNowM);
  const pressed = named.solids.some(
    (solid) =>
      raisedSolid(shapeOf(solid), String(solid.properties['surface_kinds'] ?? ''), raisedM).flattened,
  );
  return {
    settled: { objects, heightM: mm(heightM), raisedM },
    findings: pressed ? [ROOF_PRESSED] : [],
  };
}

/** Storeys are this high where the building does not say. */
const USUAL_STOREY_M = { lowest: 2.5, usual: 3.2, highest: 5 } as const;
const HIGHEST_M = 300;

function heightByStoreys({ storeys }: ChangeBuilding, { properties }: Feature, heightNowM: number): number {
  if (storeys === undefined) return heightNowM;
  const before = properties['storeys_above'];
  if (typeof before !== 'number' || before < 1) return heightNowM;
  const { lowest, highest } = USUAL_STOREY_M;
  const storeyM = Math.min(highest, Math.max(lowest, heightNowM / before));
  const heightM = heightNowM + (storeys - before) * storeyM;
  if (heightM > HIGHEST_M) {
    throw invalidParameter(
      'storeys',
      `The building would be ${heightM.toFixed(1)} m high; at most ${HIGHEST_M} m can be planned`,
    );
  }
  return Math.max(lowest, heightM);
}

const ROOF_PRESSED: Finding = {
  code: 'roof-simplified',
  severity: 'warning',
  message: {
    pl: 'Ściany są na to za niskie; razem z nimi obniżył się dach',
    en: 'The walls are too low for that; the roof was pressed down with them',
  },
  ids: [],
};

const changedObjects = ({
  registered,
  solids,
}: Awaited<ReturnType<typeof buildingNamed>>): TouchedObject[] => [
  ...registered.map((feature) => touched(feature, 'buildings', 'changed')),
  ...solids.map((feature) => touched(feature, 'buildings_3d', 'changed')),
];

const shapeOf = ({ geometry }: Feature): MultiPolygon => {
  if (geometry?.type !== 'MultiPolygon') throw new Error('A building of the register is no area');
  return geometry;
};

/** The lowest ground under the outlines of shapes; undefined where it is not known under one. */
async function lowestM({ ground }: EditedCity, shapes: readonly MultiPolygon[]): Promise<number | undefined> {
  const rings = shapes.flatMap(({ coordinates }) => coordinates.flatMap(([shell]) => (shell ? [shell] : [])));
  const heights = await Promise.all(
    // Walls of a solid have no ground under them.
    rings.map((ring) => ring.slice(0, -1).map(([e, n]): Xy => [e, n])).map((ring) => ground.lowestM(ring)),
  );
  const known = heights.filter((height) => height !== undefined);
  return known.length < heights.length || known.length === 0 ? undefined : Math.min(...known);
}

const groundSql = (shapes: readonly MultiPolygon[]): Sql =>
  sql`ST_UnaryUnion(${ewkb({ type: 'MultiPolygon', coordinates: shapes.flatMap(({ coordinates }) => coordinates) })})`;

const footprintSql = (shapes: readonly MultiPolygon[]): Sql =>
  sql`twin.footprint(${ewkb({ type: 'MultiPolygon', coordinates: shapes.flatMap(({ coordinates }) => coordinates) })})`;

async function areaM2({ connection }: EditedCity, area: Sql): Promise<number> {
  const [row] = await connection.run<{ area_m2: number }>(sql`select ST_Area(${area}) as area_m2`);
  return row?.area_m2 ?? 0;
}

const mm = (metres: number): number => Math.round(metres * 1000) / 1000;
