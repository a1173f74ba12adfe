/** Settling changes of plan zones. */

import { PLAN_ZONES } from '../../../core/catalogue/planning.ts';
import { invalidParameter } from '../../../core/errors.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { Geometry, MultiPolygon } from '../../../core/geo/geometry.ts';
import { around } from '../../../core/geo/plane.ts';
import { readWkb } from '../../../core/geo/wkb.ts';
import { checkedOutline } from '../../../core/scenario/check-footprint.ts';
import { touched } from '../../../core/scenario/scenario-row.ts';
import type { ChangePlanZone } from '../../../core/wire/edits/plan-zone.ts';
import type { Finding } from '../../../core/wire/scenario.ts';
import { ewkb } from '../settle-place.ts';
import { type Sql, sql } from '../sql.ts';
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
import { SMALL_M2 } from './neighbours.ts';

const ZONE = { what: 'zone', smallestM2: 1, largestM2: 100_000_000 } as const;
/** Of a neighbour less than this is nothing. */
const NOTHING_M2 = 0.01;

export async function settleChangePlanZone(city: EditedCity, edit: ChangePlanZone): Promise<SettledEdit> {
  refuseUnknownKind(edit);
  const zone = await objectNamed(city, 'plan_zones', edit.zone, 'zone');
  const { min_intensity, max_intensity } = zone.properties;
  refuseCrossedLimits(edit.minIntensity ?? min_intensity, edit.maxIntensity ?? max_intensity);
  const self = touched(zone, 'plan_zones', 'changed');
  const ofAct = await wordsOfAct(city, edit, zone);
  if (!edit.outline) {
    const { geometry } = zone;
    const shapes =
      ofAct && geometry
        ? [{ layer: 'plan_zones' as const, id: zone.id, geometry, properties: ofAct }]
        : undefined;
    return { settled: { objects: [self], ...(shapes && { shapes }) }, findings: [] };
  }

  const ring = checkedOutline(edit.outline, ZONE);
  const shape: MultiPolygon = { type: 'MultiPolygon', coordinates: [[[...ring, around(ring, 0)]]] };
  const outline = ewkb(shape);
  await refuseOutside(city, outline, ring, 'outline');
  const others = othersSql(city, zone.id, String(zone.properties['plan_kind'] ?? ''));
  const cut = await cutNeighbours(city, others, outline);
  const [gone, smaller] = [cut.filter(({ rest }) => !rest), cut.filter(({ rest }) => rest)];
  const before = new Map(
    (
      await objectsSeen(
        city,
        'plan_zones',
        cut.map(({ id }) => id),
      )
    ).map((each) => [each.id, each]),
  );
  const neighbours = (each: readonly { readonly id: string }[], change: 'changed' | 'removed') =>
    each.flatMap(({ id }) => {
      const feature = before.get(id);
      return feature ? [touched(feature, 'plan_zones', change)] : [];
    });
  return {
    settled: {
      objects: [self, ...neighbours(smaller, 'changed'), ...neighbours(gone, 'removed')],
      shapes: [
        { layer: 'plan_zones', id: zone.id, geometry: shape, ...(ofAct && { properties: ofAct }) },
        ...smaller.flatMap(({ id, rest }) =>
          rest ? [{ layer: 'plan_zones' as const, id, geometry: rest }] : [],
        ),
      ],
    },
    findings: [...holes(await leftOpenM2(city, others, outline, zone.geometry), zone.id), ...absorbed(gone)],
  };
}

const KINDS = new Set(
  PLAN_ZONES.properties.find(({ name }) => name === 'zone_kind')?.codelist?.map(({ code }) => code),
);

function refuseUnknownKind({ zoneKind }: ChangePlanZone): void {
  if (zoneKind === undefined || KINDS.has(zoneKind)) return;
  throw invalidParameter(
    'zoneKind',
    `There is no kind of zone "${zoneKind}"; use one of ${[...KINDS].slice(0, 20).join(', ')} … (zone_kind of the layer plan_zones)`,
  );
}

/** What a zone repeats of its act, by the column of the act. */
const OF_ACT = {
  title: 'act_title',
  number: 'act_number',
  publication: 'act_publication',
  in_force_since: 'in_force_since',
  in_force_until: 'in_force_until',
  status: 'status',
} as const;

/** Undefined while the edit names no act; without one any more, a zone keeps the dates that it had. */
async function wordsOfAct(
  city: EditedCity,
  { act: id }: ChangePlanZone,
  { properties: zone }: Feature,
): Promise<Feature['properties'] | undefined> {
  if (typeof id !== 'string') return undefined;
  const { properties: act } = await objectNamed(city, 'plan_acts', id, 'act');
  if (act['plan_kind'] !== zone['plan_kind']) {
    throw invalidParameter(
      'act',
      `The act ${id} is a plan of the kind ${act['plan_kind']}, the zone one of the kind ${zone['plan_kind']}; name an act of the same kind`,
    );
  }
  return Object.fromEntries(Object.entries(OF_ACT).map(([from, to]) => [to, act[from] ?? null]));
}

function refuseCrossedLimits(least: unknown, most: unknown): void {
  if (typeof least !== 'number' || typeof most !== 'number' || least <= most) return;
  throw invalidParameter(
    'minIntensity',
    `The least intensity (${least}) would be above the greatest (${most}); change both`,
  );
}

/** The zones that share the plane with one: those of the same kind of plan that are in force. */
const othersSql = (city: EditedCity, id: string, planKind: string): Sql =>
  sql`select id, geom from (${rowsSeen(city, 'plan_zones')}) as zone
    where id <> ${id}::text and plan_kind is not distinct from ${planKind || null}::text
      and status is distinct from 'obsolete'`;

interface Cut {
  readonly id: string;
  /** What is left; undefined for one that is covered wholly. */
  readonly rest: MultiPolygon | undefined;
}

/** Zones that an outline covers in part or wholly, without that part. */
async function cutNeighbours({ connection }: EditedCity, others: Sql, outline: Sql): Promise<readonly Cut[]> {
  const rows = await connection.run<{ id: string; wkb: Uint8Array | null }>(
    sql`with drawn as (select ${outline} as geom),
      met as (
        select other.id, ST_Multi(ST_CollectionExtract(ST_Difference(other.geom, drawn.geom), 3)) as rest
        from drawn, (${others}) as other
        where other.geom && drawn.geom and ST_Area(ST_Intersection(other.geom, drawn.geom)) > ${NOTHING_M2}::float8)
      select id, case when ST_Area(rest) > ${NOTHING_M2}::float8 then ST_AsBinary(rest) end as wkb from met order by id`,
  );
  return rows.map(({ id, wkb }) => ({ id, rest: wkb === null ? undefined : areaOf(readWkb(wkb)) }));
}

/** What the zone covered before, and no zone of the plan covers now. */
async function leftOpenM2(
  { connection }: EditedCity,
  others: Sql,
  outline: Sql,
  before: Geometry | undefined,
): Promise<number> {
  if (!before) return 0;
  const [row] = await connection.run<{ area_m2: number }>(
    sql`with freed as (select ST_Difference(${ewkb(before)}, ${outline}) as geom)
      select coalesce(ST_Area(ST_Difference(freed.geom, (
        select coalesce(ST_Union(other.geom), ST_SetSRID('polygon empty'::geometry, ST_SRID(freed.geom)))
        from (${others}) as other where other.geom && freed.geom))), 0) as area_m2 from freed`,
  );
  return row?.area_m2 ?? 0;
}

const holes = (areaM2: number, id: string): readonly Finding[] =>
  areaM2 < SMALL_M2
    ? []
    : [
        {
          code: 'plan-hole',
          severity: 'warning',
          message: {
            pl: `Po zmianie ${tenths(areaM2)} m² nie należy do żadnej strefy tego planu; powiększ sąsiednią`,
            en: `After the change ${tenths(areaM2)} m² belong to no zone of this plan; enlarge a neighbouring one`,
          },
          ids: [id],
          areaM2: tenths(areaM2),
        },
      ];

const absorbed = (zones: readonly { readonly id: string }[]): readonly Finding[] =>
  zones.length === 0
    ? []
    : [
        {
          code: 'zone-absorbed',
          severity: 'warning',
          message: {
            pl: `Nowy obrys pokrywa w całości inne strefy (${zones.length}); w scenariuszu ich nie ma`,
            en: `The new outline covers other zones wholly (${zones.length}); in the scenario they are gone`,
          },
          ids: namedIn(zones),
        },
      ];

function areaOf(geometry: Geometry): MultiPolygon {
  if (geometry.type === 'MultiPolygon') return geometry;
  throw new Error(`A zone is no area but ${geometry.type}`);
}
