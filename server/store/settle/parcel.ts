/** Settling divisions and mergers of parcels. */
import { invalidParameter } from '../../../core/errors.ts';
import type { Feature, PropertyValue } from '../../../core/feature/feature.ts';
import type { Geometry, MultiPolygon } from '../../../core/geo/geometry.ts';
import { measurePlane } from '../../../core/geo/plane-measures.ts';
import { readWkb, writeEwkb } from '../../../core/geo/wkb.ts';
import { idOfMerged, idsOfDivided, parcelIdOf } from '../../../core/scenario/parcel-numbers.ts';
import { parcelRows } from '../../../core/scenario/rows/parcel-rows.ts';
import { touched } from '../../../core/scenario/scenario-row.ts';
import type { MergeParcels, SplitParcel } from '../../../core/wire/edits/parcel.ts';
import type { Finding, Settled } from '../../../core/wire/scenario.ts';
import { landUsesSql } from '../derived-layers.ts';
import { plannedId } from '../random-name.ts';
import { currentRelation, rowsOf } from '../relation.ts';
import { ewkb } from '../settle-place.ts';
import { type Sql, sql } from '../sql.ts';
import { lostBoundaryPoints, newBoundaryPoints } from './boundary-points.ts';
import {
  type EditedCity,
  namedIn,
  objectNamed,
  objectsSeen,
  refuseOutside,
  rowsSeen,
  type SettledEdit,
  tenths,
} from './edited-city.ts';
import { type RegisteredOn, registeredAnew } from './registered-on.ts';

/** A line drawn by hand may end this short of the border. */
const REACH_M = 0.05;
const SRID = 2177;
const SMALLEST_M2 = 1;
const MOST_PARTS = 50;
/** What a merger may lose or gain where borders were not drawn alike. */
const SAME_AREA_M2 = 0.01;

export async function settleSplitParcel(city: EditedCity, edit: SplitParcel): Promise<SettledEdit> {
  const { parcel: id, line } = edit;
  const parcel = await objectNamed(city, 'parcels', id, 'parcel');
  const shape = areaOf(parcel.geometry);
  const drawn = ewkb({ type: 'LineString', coordinates: line });
  await refuseOutside(city, sql`ST_Force2D(${ewkb(shape)})`, line, 'line');
  const parts = await partsOf(city, shape, drawn);
  if (parts.length <= shape.coordinates.length) {
    throw invalidParameter(
      'line',
      `The line does not divide the parcel ${parcel.id}; draw it from one border to another, across the parcel`,
    );
  }
  const smallest = Math.min(...parts.map(areaM2));
  if (parts.length > MOST_PARTS || smallest < SMALLEST_M2) {
    throw invalidParameter(
      'line',
      `The line cuts the parcel into ${parts.length} parts, the smallest of ${smallest.toFixed(2)} m2; at most ${MOST_PARTS} parts of ${SMALLEST_M2} m2 or more can be made`,
    );
  }
  const ids = idsOfDivided(parcel.id, parts.length, await knownOf(city, parcel.id));
  const shapes = parts.map((geometry, i) => ({ layer: 'parcels' as const, id: ids[i] ?? '', geometry }));
  const settled: Settled = {
    objects: [
      touched(parcel, 'parcels', 'removed'),
      ...ids.map((each) => ({ layer: 'parcels' as const, id: each, change: 'added' as const })),
    ],
    shapes,
  };
  const points = (await newBoundaryPoints(city, shape, parts)).flatMap((geometry) =>
    geometry ? [{ layer: 'boundary_points' as const, id: plannedId(), geometry }] : [],
  );
  return {
    settled: withRegistered(
      withPoints(await withLandUses(city, edit, settled), points, []),
      await registeredAnew(city, [{ id: parcel.id, geometry: shape }], shapes),
    ),
    findings: [
      ...throughBuildings(await crossed(city, drawn, shape)),
      ...tooSmall(await belowPlan(city, shapes)),
    ],
  };
}

export async function settleMergeParcels(city: EditedCity, edit: MergeParcels): Promise<SettledEdit> {
  const wanted = [...new Set(edit.parcels)];
  if (wanted.length < 2) throw invalidParameter('parcels', 'Name at least two different parcels');
  const parcels = [];
  for (const id of wanted) parcels.push(await objectNamed(city, 'parcels', id, 'parcels'));
  const [first] = parcels;
  if (!first) throw new Error('there are parcels');
  const precinct = first.properties['precinct_id'];
  const foreign = parcels.find(({ properties }) => properties['precinct_id'] !== precinct);
  if (foreign) {
    throw invalidParameter(
      'parcels',
      `${foreign.id} lies in another precinct than ${first.id}; only parcels of one precinct can be merged`,
    );
  }
  const shapes = parcels.map(({ geometry }) => areaOf(geometry));
  const whole = await unionOf(city, shapes);
  if (whole.coordinates.length > 1) {
    throw invalidParameter(
      'parcels',
      `These parcels do not lie together: they would be ${whole.coordinates.length} areas; each must share a border with another`,
    );
  }
  const lostM2 = shapes.reduce((sum, shape) => sum + areaM2(shape), 0) - areaM2(whole);
  const id = await mergedId(city, first.id);
  const holders = new Set(parcels.map(({ properties }) => properties['register_group']));
  const settled: Settled = {
    objects: [
      ...parcels.map((parcel) => touched(parcel, 'parcels', 'removed')),
      { layer: 'parcels', id, change: 'added' },
    ],
    shapes: [{ layer: 'parcels', id, geometry: whole }],
  };
  const gone = parcels.map((parcel, i) => ({ id: parcel.id, geometry: shapes[i] ?? whole }));
  return {
    settled: withRegistered(
      withPoints(await withLandUses(city, edit, settled), [], await lostBoundaryPoints(city, shapes, whole)),
      await registeredAnew(city, gone, [{ id, geometry: whole }]),
    ),
    findings: [
      ...(Math.abs(lostM2) > SAME_AREA_M2 ? [overlapping(wanted, Math.abs(lostM2))] : []),
      ...(holders.size > 1 ? [holdersDiffer(wanted)] : []),
    ],
  };
}

/** With boundary points that come and go. */
const withPoints = (
  settled: Settled,
  made: NonNullable<Settled['shapes']>,
  lost: readonly Feature[],
): Settled => ({
  ...settled,
  objects: [
    ...settled.objects,
    ...lost.map((feature) => touched(feature, 'boundary_points', 'removed')),
    ...made.map(({ layer, id }) => ({ layer, id, change: 'added' as const })),
  ],
  shapes: [...(settled.shapes ?? []), ...made],
});

/** With objects that are registered on other parcels now. */
const withRegistered = (settled: Settled, anew: readonly RegisteredOn[]): Settled => ({
  ...settled,
  objects: [...settled.objects, ...anew.map(({ layer, object }) => touched(object, layer, 'changed'))],
  registeredOn: anew.map(({ layer, object, parcelIds }) => ({
    layer,
    id: object.id,
    parcelIds: [...parcelIds],
  })),
});

/** With the layer that the store makes from parcels: the land uses of those that are gone, and of those that follow. */
async function withLandUses(
  city: EditedCity,
  edit: SplitParcel | MergeParcels,
  settled: Settled,
): Promise<Settled> {
  const goneIds = settled.objects.filter(({ change }) => change === 'removed').map(({ id }) => id);
  const goneUses = await city.connection.run<{ id: string }>(
    sql`select id from (${rowsSeen(city, 'parcel_land_uses')}) as seen
      where parcel_id = any(${goneIds}::text[]) order by id`,
  );
  const gone = await objectsSeen(
    city,
    'parcel_land_uses',
    goneUses.map(({ id }) => id),
  );
  const parcels = parcelRows(edit, settled).flatMap(({ feature }) => feature ?? []);
  const made = await landUsesOf(city, parcels);
  return {
    ...settled,
    objects: [
      ...settled.objects,
      ...gone.map((feature) => touched(feature, 'parcel_land_uses', 'removed')),
      ...made.map(({ layer, id }) => ({ layer, id, change: 'added' as const })),
    ],
    shapes: [...(settled.shapes ?? []), ...made],
  };
}

async function landUsesOf({ connection }: EditedCity, parcels: readonly Feature[]) {
  const given = parcels.map(({ id, geometry, properties }) => ({
    id,
    geom: geometry && Buffer.from(writeEwkb(geometry, SRID)).toString('hex'),
    registered_area_ha: properties['registered_area_ha'] ?? null,
    land_use: properties['land_use'] ?? null,
  }));
  const rows = await connection.run<{ id: string; wkb: Uint8Array } & Record<string, PropertyValue>>(
    sql`select *, ST_AsBinary(geom) as wkb from (${landUsesSql(sql`select id, geom::geometry, registered_area_ha, land_use
        from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
          as made(id text, geom text, registered_area_ha float8, land_use text)`)}) as derived order by id`,
  );
  return rows.map(({ id, wkb, geom: _, ...properties }) => ({
    layer: 'parcel_land_uses' as const,
    id,
    geometry: readWkb(wkb),
    properties,
  }));
}

/** Westernmost first, so that the same line always gives the same numbers. */
async function partsOf(
  { connection }: EditedCity,
  shape: MultiPolygon,
  line: Sql,
): Promise<readonly MultiPolygon[]> {
  const rows = await connection.run<{ wkb: Uint8Array }>(
    sql`with drawn as (select ${line} as line),
      longer as (
        select ST_MakeLine(array[
            ST_Translate(ST_StartPoint(line), -${REACH_M}::float8 * sin(ST_Azimuth(ST_StartPoint(line), ST_PointN(line, 2))),
              -${REACH_M}::float8 * cos(ST_Azimuth(ST_StartPoint(line), ST_PointN(line, 2)))),
            line,
            ST_Translate(ST_EndPoint(line), -${REACH_M}::float8 * sin(ST_Azimuth(ST_EndPoint(line), ST_PointN(line, -2))),
              -${REACH_M}::float8 * cos(ST_Azimuth(ST_EndPoint(line), ST_PointN(line, -2))))]) as line
        from drawn where ST_Length(line) > 0)
      select ST_AsBinary(ST_Multi(part.geom)) as wkb
      from longer, ST_Dump(ST_Split(${ewkb(shape)}, longer.line)) as part
      order by ST_XMin(part.geom), ST_YMin(part.geom), ST_Area(part.geom)`,
  );
  return rows.map(({ wkb }) => areaOf(readWkb(wkb)));
}

async function unionOf({ connection }: EditedCity, shapes: readonly MultiPolygon[]): Promise<MultiPolygon> {
  const all = shapes.flatMap(({ coordinates }) => coordinates);
  const [row] = await connection.run<{ wkb: Uint8Array }>(
    sql`select ST_AsBinary(ST_Multi(ST_UnaryUnion(${ewkb({ type: 'MultiPolygon', coordinates: all })}))) as wkb`,
  );
  if (!row) throw new Error('a select of one row returned none');
  return areaOf(readWkb(row.wkb));
}

/** Ids of parcels of the same number, now in the register or in the scenario. */
async function knownOf(city: EditedCity, id: string): Promise<readonly string[]> {
  const parcel = parcelIdOf(id);
  if (!parcel) return [];
  const prefix = `${parcel.place}${parcel.number}/`;
  const rows = await city.connection.run<{ id: string }>(
    sql`select id from (${everSeen(city)}) as known where ${startsWith(prefix)}`,
  );
  return rows.map((row) => row.id);
}

/** The next free whole number of the sheet or precinct of a parcel. */
async function mergedId(city: EditedCity, id: string): Promise<string> {
  const parcel = parcelIdOf(id);
  if (!parcel) return `${id}+`;
  const [row] = await city.connection.run<{ highest: number }>(
    sql`select coalesce(max((regexp_match(substr(id, ${parcel.place.length + 1}::integer), '^([0-9]{1,9})(/[0-9]+)?$'))[1]::bigint), 0)
        as highest from (${everSeen(city)}) as known where ${startsWith(parcel.place)}`,
  );
  return idOfMerged(parcel, row?.highest ?? 0);
}

/** Parcels of the scenario and of the register as it is now: a number is not given twice. */
function everSeen(city: EditedCity): Sql {
  const layer = city.layers.find(({ name }) => name === 'parcels');
  if (!layer) throw new Error('There is no layer parcels');
  return sql`select id from (${rowsSeen(city, 'parcels')}) as seen
    union select id from (${rowsOf(currentRelation(layer))}) as current
    union select object_id from twin.scenario_edit_object
      where scenario_id = ${city.view.scenario?.id ?? ''}::text and layer = 'parcels'`;
}

/** By the index on ids, which are compared byte by byte. */
const startsWith = (prefix: string): Sql =>
  sql`id >= ${prefix}::text and id < ${`${prefix.slice(0, -1)}${String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)}`}::text`;

/** Buildings that a line runs through within a parcel. */
function crossed(
  city: EditedCity,
  line: Sql,
  parcel: MultiPolygon,
): Promise<readonly { readonly id: string }[]> {
  return city.connection.run<{ id: string }>(
    sql`with drawn as (select ST_Intersection(${line}, ${ewkb(parcel)}) as line)
      select seen.id from drawn, (${rowsSeen(city, 'buildings')}) as seen
      where seen.geom && drawn.line and ST_Length(ST_Intersection(drawn.line, seen.geom)) > 0.1 order by seen.id`,
  );
}

/** Parts that are smaller than the plan allows new parcels to be, with what it asks for. */
async function belowPlan(
  city: EditedCity,
  parts: readonly { readonly id: string; readonly geometry: MultiPolygon }[],
): Promise<readonly { readonly id: string; readonly wanted_m2: number }[]> {
  const found = [];
  for (const { id, geometry } of parts) {
    const [row] = await city.connection.run<{ wanted_m2: number | null }>(
      sql`with part as (select ${ewkb(geometry)} as geom)
        select max(zone.min_parcel_area_m2) as wanted_m2
        from part, (${rowsSeen(city, 'plan_zones')}) as zone
        where zone.geom && part.geom and zone.min_parcel_area_m2 is not null and zone.status is distinct from 'obsolete'
          and ST_Area(ST_Intersection(zone.geom, part.geom)) > ST_Area(part.geom) / 2`,
    );
    const wanted = row?.wanted_m2;
    if (typeof wanted === 'number' && areaM2(geometry) < wanted) found.push({ id, wanted_m2: wanted });
  }
  return found;
}

const throughBuildings = (buildings: readonly { readonly id: string }[]): readonly Finding[] =>
  buildings.length === 0
    ? []
    : [
        {
          code: 'border-through-building',
          severity: 'warning',
          message: {
            pl: `Nowa granica przechodzi przez budynki (${buildings.length}); podział musi biec wzdłuż ich ścian`,
            en: `The new border runs through buildings (${buildings.length}); a division must follow their walls`,
          },
          ids: namedIn(buildings),
        },
      ];

function tooSmall(parts: readonly { readonly id: string; readonly wanted_m2: number }[]): readonly Finding[] {
  const [first] = parts;
  if (!first) return [];
  return [
    {
      code: 'parcel-below-plan',
      severity: 'warning',
      message: {
        pl: `Nowe działki mniejsze niż każe plan (${parts.length}); plan wymaga ${first.wanted_m2} m²`,
        en: `New parcels are smaller than the plan allows (${parts.length}); it asks for ${first.wanted_m2} m²`,
      },
      ids: namedIn(parts),
    },
  ];
}

const overlapping = (ids: readonly string[], areaM2: number): Finding => ({
  code: 'parcels-overlap',
  severity: 'warning',
  message: {
    pl: `Działki zachodzą na siebie w rejestrze (${areaM2.toFixed(2)} m²); nowa działka liczy to raz`,
    en: `The parcels overlap in the register (${areaM2.toFixed(2)} m²); the new one counts that once`,
  },
  ids: namedIn(ids.map((id) => ({ id }))),
  areaM2: tenths(areaM2),
});

const holdersDiffer = (ids: readonly string[]): Finding => ({
  code: 'holders-differ',
  severity: 'warning',
  message: {
    pl: 'Działki należą do różnych grup rejestrowych; połączyć można działki jednego właściciela',
    en: 'The parcels belong to different register groups; only parcels of one owner can be merged',
  },
  ids: namedIn(ids.map((id) => ({ id }))),
});

const areaM2 = (shape: MultiPolygon): number => measurePlane(shape)?.areaM2 ?? 0;

function areaOf(geometry: Geometry | undefined): MultiPolygon {
  if (geometry?.type === 'MultiPolygon') return geometry;
  throw new Error(`A parcel is no area but ${geometry?.type}`);
}
