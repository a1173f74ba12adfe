/** Where the consequences of a scenario are looked for: the block of its edits, and the land that they build on. */
import { tooLarge } from '../../core/errors.ts';
import { boxOf } from '../../core/scenario/shaped-ground.ts';
import type { ConsequenceParameters } from '../../core/wire/consequences.ts';
import { shapesOfEdits } from './scenario-shapes.ts';
import { join, type Sql, sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

export interface ConsequenceArea {
  readonly bbox: readonly [minE: number, minN: number, maxE: number, maxN: number];
  readonly areaM2: number;
  /** The area as a geometry. */
  readonly geom: Sql;
  /** Outlines of the buildings and parcels that edits touch, before and after; undefined where there are none. */
  readonly probe: Sql | undefined;
}

/** More than a whole town of 10 km × 10 km is not the neighbourhood of edits. */
const MOST_KM2 = 100;
const BUILT_LAYERS = ['buildings', 'parcels'];

/**
 * @returns undefined where no edit touches anything and no box is given
 * @throws TwinError too-large
 */
export async function consequenceArea(
  city: StudiedCity,
  { marginM, bbox }: ConsequenceParameters,
): Promise<ConsequenceArea | undefined> {
  const box =
    bbox &&
    sql`ST_MakeEnvelope(${bbox[0]}::float8, ${bbox[1]}::float8, ${bbox[2]}::float8, ${bbox[3]}::float8, 2177)`;
  const layers = [
    ...new Set(city.edits.flatMap(({ objects }) => objects.map(({ layer }) => layer as string))),
  ];
  const shaped = shapesOfEdits(city.edits).map(boxOf);
  if (layers.length === 0 && shaped.length === 0 && !box) return undefined;
  const touched = join(
    [
      sql`select null::geometry as geom, false as is_built`,
      ...layers.map((layer) => touchedSql(city, layer)),
      ...shaped.map(
        ({ minX, minY, maxX, maxY }) =>
          sql`select ST_MakeEnvelope(${minX}::float8, ${minY}::float8, ${maxX}::float8, ${maxY}::float8, 2177), false`,
      ),
    ],
    ' union all ',
  );
  const blocks = sql`(select ST_UnaryUnion(ST_Collect(ST_Expand(ST_Envelope(geom), ${marginM}::float8))) from touched)`;
  const [row] = await city.read<{
    area: string | null;
    probe: string | null;
    area_m2: number;
    min_e: number;
    min_n: number;
    max_e: number;
    max_n: number;
  }>(sql`with touched as (${touched}),
      area as (select ${box ?? blocks} as geom),
      probe as (select ST_UnaryUnion(ST_Collect(geom)) as geom from touched where is_built)
    select encode(ST_AsEWKB(area.geom), 'hex') as area, encode(ST_AsEWKB(probe.geom), 'hex') as probe,
      ST_Area(area.geom) as area_m2, ST_XMin(area.geom) as min_e, ST_YMin(area.geom) as min_n,
      ST_XMax(area.geom) as max_e, ST_YMax(area.geom) as max_n
    from area, probe`);
  if (!row || row.area === null) return undefined;
  if (row.area_m2 > MOST_KM2 * 1e6) {
    throw tooLarge(
      `The area is ${Math.round(row.area_m2 / 1e6)} km², more than ${MOST_KM2}; choose a smaller marginM, or a bbox`,
      bbox ? 'bbox' : 'marginM',
    );
  }
  return {
    bbox: [row.min_e, row.min_n, row.max_e, row.max_n],
    areaM2: row.area_m2,
    geom: sql`${row.area}::geometry`,
    probe: row.probe === null ? undefined : sql`${row.probe}::geometry`,
  };
}

/** The objects of a layer that edits touch, as they are in either state, flat. */
function touchedSql(city: StudiedCity, layer: string): Sql {
  const ids = city.edits.flatMap(({ objects }) =>
    objects.filter((each) => each.layer === layer).map(({ id }) => id),
  );
  const isBuilt = BUILT_LAYERS.includes(layer);
  const states = [city.view, city.base].map(
    (view) =>
      sql`select ST_Force2D(geom) as geom, ${isBuilt}::boolean as is_built
        from ${studiedRows(city, layer, view)} as state where id = any(${ids}::text[]) and geom is not null`,
  );
  return join(states, ' union all ');
}
