import type {
  AccessGreen,
  AccessHome,
  AccessPlace,
  AccessStandardsFacts,
  AccessStandardsParameters,
} from '../../core/analysis/plan/access-standards.ts';
import { tooLarge } from '../../core/errors.ts';
import { generalPlan } from './general-plan.ts';
import { streetsOf } from './siting-facts.ts';
import { sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

export const ACCESS_STANDARD_LAYERS = [
  'plan_acts',
  'plan_areas',
  'buildings',
  'facilities',
  'green_areas',
  'roads',
  'footways',
  'districts',
] as const;

/** Along the edge of a green, metres: one may walk in between these places. */
const GATE_M = 40;
const MOST_HOMES = 200_000;

/**
 * The standards of a general plan, dwelling houses, primary schools and public green.
 * @throws TwinError invalid-parameter for an act that is no general plan of the city, too-large
 */
export async function gatherAccessStandards(
  city: StudiedCity,
  parameters: AccessStandardsParameters,
): Promise<AccessStandardsFacts> {
  const act = await generalPlan(city, parameters.act);
  const [set] = await city.read<Record<string, number | null>>(
    sql`select max_school_distance_m, max_green_areas_distance_m, min_green_areas_ha, max_green_area_distance_m,
        min_green_area_ha
      from ${studiedRows(city, 'plan_areas')} as area where kind = 'OSD' and act_id = ${act}::text order by id limit 1`,
  );
  const homes = await city.read<AccessHome>(
    sql`select home.id, home.e, home.n, (select coalesce(district.name, district.id)
          from ${studiedRows(city, 'districts')} as district
          where ST_Covers(district.geom, home.at) order by district.id limit 1) as district
      from (select id, ST_Centroid(geom) as at, ST_X(ST_Centroid(geom)) as e, ST_Y(ST_Centroid(geom)) as n
        from ${studiedRows(city, 'buildings')} as building where kind = 'm' order by id
        limit ${MOST_HOMES + 1}::bigint) as home`,
  );
  if (homes.length > MOST_HOMES) throw tooLarge(`There are more than ${MOST_HOMES} dwelling houses`);
  const schools = await city.read<AccessPlace>(
    sql`select id, ST_X(geom) as e, ST_Y(geom) as n from ${studiedRows(city, 'facilities')} as facility
      where kind = 'primary_school' order by id`,
  );
  const greens = await city.read<AccessGreen>(
    sql`select id, ST_Area(geom) / 10000 as "areaHa", edge from ${studiedRows(city, 'green_areas')} as green
      cross join lateral (
        select json_agg(json_build_array(ST_X(corner.geom), ST_Y(corner.geom)) order by corner.path) as edge
        from ST_DumpPoints(ST_Segmentize(ST_Boundary(geom), ${GATE_M}::float8)) as corner
      ) as gates where access = 'public' and kind in ('park', 'square', 'lawn', 'wood', 'riverside') order by id`,
  );
  const value = (name: string): number | null => set?.[name] ?? null;
  return {
    act,
    standards: {
      maxSchoolM: value('max_school_distance_m'),
      maxGreenAreasM: value('max_green_areas_distance_m'),
      minGreenAreasHa: value('min_green_areas_ha'),
      maxGreenAreaM: value('max_green_area_distance_m'),
      minGreenAreaHa: value('min_green_area_ha'),
    },
    streets: await streetsOf(city),
    homes,
    schools,
    greens,
  };
}
