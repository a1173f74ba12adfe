/** The parcels whose buildings or borders a scenario changes, and what stands on them. */
import type { CityFacts } from '../../core/analysis/consequences/facts.ts';
import { tooLarge } from '../../core/errors.ts';
import type { View } from '../access/view.ts';
import type { ConsequenceArea } from './consequence-area.ts';
import { type LimitsRow, limitsOf, zoneAt, zonesSql } from './consequence-zones.ts';
import { spreadOf } from './outline-spread.ts';
import { type Sql, sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

/** Less than this is drawing tolerance, as for the findings of an edit. */
const SMALL_M2 = 0.5;
const MOST_PARCELS = 10_000;

/**
 * The parcels of a state under what the edits touch, as a select in brackets: `id`, `geom`. Clipping by a box is quick
 * and may leave a ring that touches itself.
 */
export function parcelsIn(city: StudiedCity, view: View, { geom, probe }: ConsequenceArea): Sql {
  if (!probe) throw new Error('no building or parcel is touched');
  return sql`(select id, geom from ${studiedRows(city, 'parcels', view)} as state
    where geom && ${probe} and geom && ${geom} and ST_Intersects(geom, ${probe})
      and ST_Area(ST_Intersection(geom, ST_MakeValid(ST_ClipByBox2D(${probe}, Box2D(geom))))) >= ${SMALL_M2}::float8)`;
}

/** @throws TwinError too-large */
export async function landFacts(
  city: StudiedCity,
  view: View,
  area: ConsequenceArea,
): Promise<Required<Pick<CityFacts, 'parcels' | 'standing'>>> {
  const parcels = await city.read<LimitsRow & { id: string; area_m2: number; wkb: Uint8Array }>(
    sql`with ${zonesSql(city, view, area.geom)}
      select parcel.id, ST_Area(parcel.geom) as area_m2, ST_AsBinary(parcel.geom) as wkb, zone.*
      from ${parcelsIn(city, view, area)} as parcel ${zoneAt(sql`ST_PointOnSurface(parcel.geom)`)}
      order by parcel.id limit ${MOST_PARCELS + 1}::bigint`,
  );
  if (parcels.length > MOST_PARCELS) {
    throw tooLarge(`The edits change more than ${MOST_PARCELS} parcels; choose a smaller bbox`, 'bbox');
  }
  const standing = await city.read<{
    parcel: string;
    building: string;
    storeys: number | null;
    area_m2: number;
    wkb: Uint8Array;
  }>(
    sql`with land as materialized (select * from ${parcelsIn(city, view, area)} as parcel),
      whole as materialized (select ST_SetSRID(ST_Extent(geom)::geometry, 2177) as box from land),
      near as materialized (
        select state.id, storeys_above, state.geom from ${studiedRows(city, 'buildings', view)} as state
        where state.geom && ${area.geom} and state.geom && (select box from whole)
      ),
      met as (
        select land.id as parcel, near.id as building, near.storeys_above as storeys,
          ST_Multi(ST_CollectionExtract(ST_Intersection(near.geom, land.geom), 3)) as geom
        from land join near on near.geom && land.geom and ST_Intersects(near.geom, land.geom)
      )
      select parcel, building, storeys, ST_Area(geom) as area_m2, ST_AsBinary(geom) as wkb
      from met where ST_Area(geom) > 0 order by parcel, building`,
  );
  return {
    parcels: parcels.map((row) => ({
      id: row.id,
      areaM2: row.area_m2,
      spreadM2: spreadOf(row.wkb),
      limits: limitsOf(row),
    })),
    standing: standing.map(({ area_m2, wkb, ...fact }) => ({
      ...fact,
      areaM2: area_m2,
      spreadM2: spreadOf(wkb),
    })),
  };
}
