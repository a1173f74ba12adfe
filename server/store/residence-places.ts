/** Where the buildings are in which people are counted. */
import { CITY } from './dataset.ts';
import type { Pool } from './pool.ts';
import { tableOf } from './register-table.ts';
import { type Sql, sql } from './sql.ts';

export interface Residence {
  readonly building: string;
  /** Within the building, easting first. */
  readonly at: readonly [number, number];
  readonly srid: number;
}

interface Found {
  /** Position of what was asked, from 1. */
  readonly asked: number;
  readonly building: string;
  readonly x: number;
  readonly y: number;
  readonly srid: number;
}

const BUILDING = sql`building.id as building, ST_X(ST_PointOnSurface(building.geom)) as x,
  ST_Y(ST_PointOnSurface(building.geom)) as y, ST_SRID(building.geom) as srid`;

const current = (table: string): Sql =>
  sql`(select * from ${tableOf({ table, dataset: CITY })} where valid_to is null)`;

/** Streets are written with and without their kind, numbers with and without blanks. */
const streetKey = (street: Sql): Sql =>
  sql`regexp_replace(lower(trim(${street}) collate "und-x-icu"), '^(ul|al|pl|os|ulica|aleja|plac|osiedle)[. ]\\s*', '')`;
const numberKey = (number: Sql): Sql =>
  sql`upper(regexp_replace(${number} collate "und-x-icu", '\\s', '', 'g'))`;

/** Buildings of the register by their ids; undefined for one that is not there. */
export async function residencesById(
  pool: Pool,
  ids: readonly string[],
): Promise<readonly (Residence | undefined)[]> {
  return inOrder(
    ids.length,
    await pool.read<Found>(
      sql`select asked.ordinal::integer as asked, ${BUILDING}
        from unnest(${ids}::text[]) with ordinality as asked (id, ordinal)
        join ${current('building')} as building on building.id = asked.id`,
    ),
  );
}

/** Buildings by street and number; undefined where no address is, where it knows no building, or several do. */
export async function residencesByAddress(
  pool: Pool,
  addresses: readonly { readonly street: string; readonly number: string }[],
): Promise<readonly (Residence | undefined)[]> {
  const [streets, numbers] = [addresses.map(({ street }) => street), addresses.map(({ number }) => number)];
  return inOrder(
    addresses.length,
    await pool.read<Found>(
      sql`with wanted as (select ordinal, ${streetKey(sql`street`)} as street, ${numberKey(sql`number`)} as number
          from unnest(${streets}::text[], ${numbers}::text[]) with ordinality as each (street, number, ordinal)),
        met as (select wanted.ordinal, min(address.building_id) as building_id
          from wanted join ${current('address')} as address
            on ${streetKey(sql`address.street`)} = wanted.street and ${numberKey(sql`address.house_number`)} = wanted.number
          where address.building_id is not null
          group by wanted.ordinal having count(distinct address.building_id) = 1)
        select met.ordinal::integer as asked, ${BUILDING}
        from met join ${current('building')} as building on building.id = met.building_id`,
    ),
  );
}

function inOrder(count: number, found: readonly Found[]): readonly (Residence | undefined)[] {
  const places: (Residence | undefined)[] = Array.from({ length: count });
  for (const { asked, building, x, y, srid } of found) places[asked - 1] = { building, at: [x, y], srid };
  return places;
}
