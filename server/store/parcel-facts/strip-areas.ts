/** What the strips of utility lines take of parcels, measured for all of them in one statement. */
import type { LineFact, StripArea } from '../../../core/analysis/parcel-check/facts.ts';
import { stripOf } from '../../../core/analysis/parcel-check/strips.ts';
import { provisionAt } from '../../../core/law/law.ts';
import { sql } from '../sql.ts';
import { studiedRows } from '../studied-city.ts';
import { polygonOf, polygonsSql } from './area-facts.ts';
import { byPlace, type CheckedCity, type CheckedPlace, placesSql } from './checked-city.ts';

interface Wanted {
  readonly place: string;
  readonly key: string;
  readonly line: string;
  readonly halfWidthM: number;
}

export async function stripAreas(
  city: CheckedCity,
  places: readonly CheckedPlace[],
  lines: ReadonlyMap<string, readonly LineFact[]>,
): Promise<ReadonlyMap<string, readonly StripArea[]>> {
  const law = { day: city.lawDate, provision: (id: string) => provisionAt(id, city.lawDate) };
  const wanted = [...lines].flatMap(([place, near]) =>
    near.flatMap((line): readonly Wanted[] => {
      const { strip } = stripOf(line, law);
      if (!strip || strip.halfWidthM === 0 || line.distanceM >= strip.halfWidthM) return [];
      return [{ place, key: strip.key, line: line.id, halfWidthM: strip.halfWidthM }];
    }),
  );
  if (wanted.length === 0) return new Map();
  const rows = await city.read<{ place: string; key: string; common: string | null }>(
    sql`with ${placesSql(places)}, wanted as materialized (
        select * from unnest(${wanted.map(({ place }) => place)}::text[], ${wanted.map(({ key }) => key)}::text[],
          ${wanted.map(({ line }) => line)}::text[], ${wanted.map(({ halfWidthM }) => halfWidthM)}::float8[])
          as strip(place, key, line, half_m)
      )
      select wanted.place, wanted.key, ${polygonsSql(sql`ST_Intersection(place.geom,
        ST_UnaryUnion(ST_Collect(ST_Buffer(line.geom, wanted.half_m) order by wanted.line)))`)} as common
      from wanted join place on place.id = wanted.place cross join lateral (
        select state.geom from ${studiedRows(city, 'utility_lines', city.view)} as state where state.id = wanted.line
      ) as line
      group by wanted.place, wanted.key, place.geom order by wanted.place, wanted.key`,
  );
  return byPlace(
    rows.flatMap(({ place, key, common }) => {
      const polygon = polygonOf(common);
      return polygon ? [{ place, key, common: polygon }] : [];
    }),
    ({ key, common }) => ({ key, common }),
  );
}
