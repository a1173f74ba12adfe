import type {
  BuiltUpFacts,
  BuiltUpFootprint,
  BuiltUpParameters,
  BuiltUpState,
} from '../../core/analysis/built-up-area.ts';
import { tooLarge } from '../../core/errors.ts';
import type { View } from '../access/view.ts';
import { sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

/** A box holds no more buildings than this; the whole of a large city has fewer. */
const MOST_BUILDINGS = 400_000;

/** Buildings of the register within a box, in both states. @throws TwinError too-large */
export async function gatherBuiltUp(city: StudiedCity, { bbox }: BuiltUpParameters): Promise<BuiltUpFacts> {
  const after = await stateIn(city, city.view, bbox);
  return { before: city.base === city.view ? after : await stateIn(city, city.base, bbox), after };
}

async function stateIn(
  city: StudiedCity,
  view: View,
  [minE, minN, maxE, maxN]: BuiltUpParameters['bbox'],
): Promise<BuiltUpState> {
  const [row] = await city.read<{
    covered_m2: number;
    footprints: readonly BuiltUpFootprint[];
    count: number;
  }>(
    sql`with box as (
        select ST_MakeEnvelope(${minE}::float8, ${minN}::float8, ${maxE}::float8, ${maxN}::float8, 2177) as geom
      ), within as (
        select building.id, building.kind, building.storeys_above,
          ST_Intersection(building.geom, box.geom) as geom
        from ${studiedRows(city, 'buildings', view)} as building, box
        where building.geom && box.geom and ST_Intersects(building.geom, box.geom)
        limit ${MOST_BUILDINGS + 1}::bigint
      )
      select count(*) as count, coalesce(ST_Area(ST_UnaryUnion(ST_Collect(geom order by id))), 0) as covered_m2,
        coalesce(json_agg(json_build_object('kind', kind, 'storeys', storeys_above, 'areaM2', ST_Area(geom))
          order by id), '[]') as footprints
      from within`,
  );
  if ((row?.count ?? 0) > MOST_BUILDINGS) {
    throw tooLarge(`The box holds more than ${MOST_BUILDINGS} buildings; take a smaller one`, 'bbox');
  }
  return { coveredM2: row?.covered_m2 ?? 0, footprints: row?.footprints ?? [] };
}
