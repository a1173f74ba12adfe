/** 3D buildings within a box as shapes, in both states of a city that is studied. */
import type { BuildingShape, Corner } from '../../core/analysis/sun/building-shape.ts';
import { tooLarge } from '../../core/errors.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import type { View } from '../access/view.ts';
import { type Sql, sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

/** Least easting, least northing, greatest easting, greatest northing; EPSG:2177. */
export type Box = readonly [number, number, number, number];

export interface ShapesOfBothStates {
  readonly before: readonly BuildingShape[];
  readonly after: readonly BuildingShape[];
  /** Ids of buildings that edits speak of. */
  readonly changed: readonly string[];
}

/** Within reach of a square kilometre of a dense city there are fewer. */
const MOST_BUILDINGS = 30_000;

/** Ids of 3D buildings that edits add, change or remove. */
export const editedBuildings = ({ edits }: StudiedCity): readonly string[] => [
  ...new Set(
    edits.flatMap(({ objects }) =>
      objects.flatMap(({ layer, id }) => (layer === 'buildings_3d' ? [id] : [])),
    ),
  ),
];

/** The box around what edits of 3D buildings touch, before and after; undefined when they touch none. */
export async function editedBox(city: StudiedCity): Promise<Box | undefined> {
  const ids = editedBuildings(city);
  if (ids.length === 0) return undefined;
  const [row] = await city.read<{ box: Box | null }>(
    sql`select case when count(geom) > 0 then
        array[ST_XMin(ST_Extent(geom)), ST_YMin(ST_Extent(geom)), ST_XMax(ST_Extent(geom)), ST_YMax(ST_Extent(geom))]
      end as box
      from (select geom from ${studiedRows(city, 'buildings_3d')} as after where id = any(${ids}::text[])
        union all
        select geom from ${studiedRows(city, 'buildings_3d', city.base)} as before where id = any(${ids}::text[])
      ) as touched`,
  );
  return row?.box ?? undefined;
}

/** The box around those that are there. */
export function boxAround(some: readonly (Box | undefined)[]): Box | undefined {
  const boxes = some.filter((box) => box !== undefined);
  if (boxes.length === 0) return undefined;
  const side = (index: 0 | 1 | 2 | 3) => boxes.map((box) => box[index]);
  return [Math.min(...side(0)), Math.min(...side(1)), Math.max(...side(2)), Math.max(...side(3))];
}

/** @throws TwinError too-large */
export async function shapesWithin(city: StudiedCity, box: Box): Promise<ShapesOfBothStates> {
  const after = await read(city, city.view, boxed(box));
  if (city.base === city.view) return { before: after, after, changed: [] };
  const changed = editedBuildings(city);
  const were = await read(city, city.base, sql`${boxed(box)} and id = any(${changed}::text[])`);
  const untouched = after.filter(({ id }) => !changed.includes(id));
  return { before: byId([...untouched, ...were]), after, changed };
}

const boxed = ([minE, minN, maxE, maxN]: Box): Sql =>
  sql`geom && ST_MakeEnvelope(${minE}::float8, ${minN}::float8, ${maxE}::float8, ${maxN}::float8, 2177)`;

const byId = (shapes: readonly BuildingShape[]): readonly BuildingShape[] =>
  shapes.toSorted((a, b) => (a.id < b.id ? -1 : 1));

async function read(city: StudiedCity, view: View, condition: Sql): Promise<readonly BuildingShape[]> {
  const rows = await city.read<{ id: string; kinds: string | null; solid: Uint8Array }>(
    sql`select id, surface_kinds as kinds, ST_AsBinary(geom) as solid
      from ${studiedRows(city, 'buildings_3d', view)} as building
      where ${condition} and state is distinct from 'demolished' limit ${MOST_BUILDINGS + 1}::bigint`,
  );
  if (rows.length > MOST_BUILDINGS)
    throw tooLarge(
      `More than ${MOST_BUILDINGS} buildings are within reach; take a smaller box or reach`,
      'bbox',
    );
  return byId(
    rows.map(({ id, kinds, solid }) => ({ id, surfaceKinds: kinds ?? '', surfaces: surfacesOf(solid) })),
  );
}

function surfacesOf(solid: Uint8Array): BuildingShape['surfaces'] {
  const geometry = readWkb(solid);
  const polygons =
    geometry.type === 'MultiPolygon'
      ? geometry.coordinates
      : geometry.type === 'Polygon'
        ? [geometry.coordinates]
        : [];
  return polygons.map((rings) =>
    rings.map((ring) => ring.slice(0, -1).map(([x, y, z = 0]): Corner => [x, y, z])),
  );
}
