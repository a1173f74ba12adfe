import type {
  CandidateSite,
  ExistingFacility,
  Footing,
  NurseryFacts,
  PeopleCell,
  StreetSection,
} from '../../core/analysis/siting/nursery-facts.ts';
import { type NurseryParameters, SITED_KINDS } from '../../core/analysis/siting/nursery-siting.ts';
import { tooLarge } from '../../core/errors.ts';
import { type Sql, sql } from './sql.ts';
import { type StudiedCity, studiedRows } from './studied-city.ts';

export const NURSERY_LAYERS = ['roads', 'population_cells', 'facilities', 'parcels'] as const;

/** Nobody walks along these. */
const NOT_FOR_WALKING = ['motorway', 'express', 'main_fast'];
/** Register group (EGiB) of land that belongs to the municipality. */
const MUNICIPAL = '4';
const MOST_CELLS = 20_000;
const MOST_SECTIONS = 400_000;

/** Streets, people, facilities and municipal parcels of the whole city. @throws TwinError too-large */
export async function gatherNursery(city: StudiedCity, parameters: NurseryParameters): Promise<NurseryFacts> {
  const streets = sql`(select id, from_node, to_node, geom from ${studiedRows(city, 'roads')} as road
    where class <> all(${NOT_FOR_WALKING}::text[]))`;
  const sections = await city.read<StreetSection & { readonly id: string }>(
    sql`select id, ST_Length(geom) as "lengthM",
        coalesce(from_node, ST_AsText(ST_StartPoint(geom), 2)) as "from",
        coalesce(to_node, ST_AsText(ST_EndPoint(geom), 2)) as "to"
      from ${streets} as street order by id limit ${MOST_SECTIONS + 1}::bigint`,
  );
  refuseMoreThan(MOST_SECTIONS, sections.length, 'street sections');
  const place = new Map(sections.map(({ id }, index) => [id, index]));
  const footed = async <Row extends object>(points: Sql): Promise<readonly (Row & Footing)[]> => {
    const rows = await city.read<Row & OnStreet>(
      sql`select point.row as "row", street.id as "streetId",
          ST_LineLocatePoint(street.geom, point.at) as along, ST_Distance(street.geom, point.at) as "offM"
        from (${points}) as point
        cross join lateral (select id, geom from ${streets} as street
          order by street.geom <-> point.at limit 1) as street
        order by point.id`,
    );
    return rows.map(({ row, streetId, along, offM }) => ({
      ...(row as Row),
      section: place.get(streetId) ?? 0,
      along,
      offM,
    }));
  };
  const band = `age_${SITED_KINDS[parameters.kind]}`;
  const cells = await footed<Omit<PeopleCell, keyof Footing>>(
    sql`select id, ST_Centroid(geom) as at, json_build_object('id', id, 'residents', residents,
        'people', (to_jsonb(cell) ->> ${band}::text)::float8) as row
      from ${studiedRows(city, 'population_cells')} as cell limit ${MOST_CELLS + 1}::bigint`,
  );
  refuseMoreThan(MOST_CELLS, cells.length, 'cells of the population grid');
  const existing = await footed<Omit<ExistingFacility, keyof Footing>>(
    sql`select id, geom as at, json_build_object('id', id, 'name', name, 'capacity', capacity) as row
      from ${studiedRows(city, 'facilities')} as facility where kind = ${parameters.kind}::text`,
  );
  const fitting = sql`select id, geom, ST_Area(geom) as area_m2 from ${studiedRows(city, 'parcels')} as parcel
    where register_group = ${MUNICIPAL}::text
      and ST_Area(geom) between ${parameters.minParcelM2}::float8 and ${parameters.maxParcelM2}::float8`;
  const [count] = await city.read<{ count: number }>(
    sql`select count(*)::int as count from (${fitting}) as fitting`,
  );
  const candidates = await footed<Omit<CandidateSite, keyof Footing>>(
    sql`select id, at, json_build_object('id', id, 'areaM2', area_m2,
        'position', json_build_array(round(ST_X(at)::numeric, 2), round(ST_Y(at)::numeric, 2))) as row
      from (select id, area_m2, ST_PointOnSurface(geom) as at from (${fitting}) as fitting
        order by area_m2 desc, id limit ${parameters.mostCandidates}::bigint) as largest`,
  );
  return {
    sections: sections.map(({ from, to, lengthM }) => ({ from, to, lengthM })),
    cells,
    existing,
    candidates,
    parcelsThatFit: count?.count ?? 0,
  };
}

interface OnStreet {
  readonly row: unknown;
  readonly streetId: string;
  readonly along: number;
  readonly offM: number;
}

function refuseMoreThan(most: number, count: number, what: string): void {
  if (count > most) throw tooLarge(`The city has more than ${most} ${what}; siting takes no more`, 'kind');
}
