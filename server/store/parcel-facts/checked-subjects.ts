/** What a request wants checked: parcels by id or by place, drawn areas, and buildings with their ground. */
import { invalidParameter } from '../../../core/errors.ts';
import { type ChecksRequest, MOST_CORNERS, MOST_PARCELS } from '../../../core/wire/parcel-check.ts';
import { sql } from '../sql.ts';
import { studiedRows } from '../studied-city.ts';
import type { CheckedCity } from './checked-city.ts';
import { drawnPlace, parcelRows, type ReadPlace } from './parcel-rows.ts';

export interface CheckedSubjects {
  readonly places: readonly ReadPlace[];
  /** Ids that this state of the city has no parcel of. */
  readonly unknownParcels: readonly string[];
  /** Places and buildings that no parcel belongs to, as they were named. */
  readonly withoutParcel: readonly string[];
}

/** Below a building that stands on a border is nobody's yard. */
const LEAST_COMMON_M2 = 0.5;

/** @throws TwinError invalid-parameter for a polygon that is none, or nothing to check */
export async function checkedSubjects(city: CheckedCity, asked: ChecksRequest): Promise<CheckedSubjects> {
  const { parcels = [], points = [], buildings = [], geometry, areas = [] } = asked;
  const drawn = [...(geometry ? [{ id: 'drawn', geometry }] : []), ...areas];
  if (parcels.length + points.length + buildings.length + drawn.length === 0) {
    throw invalidParameter(
      'parcels',
      'Name parcels, points, buildings or areas, or give a geometry to check',
    );
  }
  const onPoints = await parcelsAt(city, points);
  const under = await parcelsUnder(city, buildings);
  const ids = [...new Set([...parcels, ...onPoints.parcels, ...under.parcels])];
  if (ids.length > MOST_PARCELS) {
    throw invalidParameter(
      'parcels',
      `${ids.length} parcels are meant; at most ${MOST_PARCELS} are checked at once`,
    );
  }
  const rows = ids.length > 0 ? await parcelRows(city, ids) : [];
  const found = new Set(rows.map(({ id }) => id));
  const outlines = [];
  for (const area of [...drawn, ...under.outlines]) outlines.push(await areaOf(city, area));
  return {
    places: [...outlines, ...rows],
    unknownParcels: [...new Set(parcels)].filter((id) => !found.has(id)),
    withoutParcel: [...onPoints.missing, ...under.missing],
  };
}

async function areaOf(
  city: CheckedCity,
  { id, geometry }: { readonly id: string; readonly geometry: Readonly<{ coordinates: readonly unknown[] }> },
): Promise<ReadPlace> {
  const corners = geometry.coordinates.flat(3).filter((value) => typeof value === 'number').length / 2;
  if (corners > MOST_CORNERS) {
    throw invalidParameter(
      'geometry',
      `The polygon has more than ${MOST_CORNERS} corners; draw a simpler one`,
    );
  }
  const place = await drawnPlace(city, id, geometry);
  if (place.parcel.geometry.coordinates.length === 0) {
    throw invalidParameter('geometry', 'The polygon encloses no ground; draw one with an area');
  }
  return place;
}

async function parcelsAt(
  city: CheckedCity,
  points: readonly (readonly [number, number])[],
): Promise<{ readonly parcels: readonly string[]; readonly missing: readonly string[] }> {
  if (points.length === 0) return { parcels: [], missing: [] };
  const rows = await city.read<{ e: number; n: number; id: string | null }>(
    sql`select place.e, place.n, hit.id
      from unnest(${points.map(([e]) => e)}::float8[], ${points.map(([, n]) => n)}::float8[]) with ordinality as place(e, n, number)
      left join lateral (
        select id from ${studiedRows(city, 'parcels', city.view)} as state
        where ST_Intersects(state.geom, ST_SetSRID(ST_MakePoint(place.e, place.n), 2177)) order by id limit 1
      ) as hit on true order by place.number`,
  );
  return {
    parcels: rows.flatMap(({ id }) => id ?? []),
    missing: rows.flatMap(({ e, n, id }) => (id === null ? [`${e} ${n}`] : [])),
  };
}

interface OutlinedBuildings {
  readonly parcels: readonly string[];
  readonly outlines: readonly {
    readonly id: string;
    readonly geometry: Readonly<{ type: string; coordinates: readonly unknown[] }>;
  }[];
  readonly missing: readonly string[];
}

async function parcelsUnder(city: CheckedCity, buildings: readonly string[]): Promise<OutlinedBuildings> {
  if (buildings.length === 0) return { parcels: [], outlines: [], missing: [] };
  const ids = [...new Set(buildings)];
  const rows = await city.read<{
    id: string;
    outline: OutlinedBuildings['outlines'][number]['geometry'];
    parcels: readonly string[];
  }>(
    sql`select building.id, ST_AsGeoJSON(ST_Force2D(building.geom), 3)::json as outline,
        array(select parcel.id from ${studiedRows(city, 'parcels', city.view)} as parcel
          where ST_Intersects(parcel.geom, building.geom)
            and ST_Area(ST_Intersection(parcel.geom, building.geom)) >= ${LEAST_COMMON_M2}::float8 order by parcel.id) as parcels
      from ${studiedRows(city, 'buildings', city.view)} as building
      where building.id = any(${ids}::text[]) and building.geom is not null order by building.id`,
  );
  const found = new Set(rows.map(({ id }) => id));
  return {
    parcels: rows.flatMap(({ parcels }) => parcels),
    outlines: rows.map(({ id, outline }) => ({ id, geometry: outline })),
    missing: ids.filter((id) => !found.has(id)),
  };
}
