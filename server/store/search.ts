import type { Layer } from '../../core/feature/layer.ts';
import type { Search, SearchHit } from '../services.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { tableOf } from './register-table.ts';
import { join, type Sql, sql, trusted } from './sql.ts';

/** Registers that people look for, in the order in which hits are shown. */
const SEARCHED = ['parcel', 'building', 'address'] as const;
const LONGEST_TEXT = 100;

/** `21 169/4`, `0021 169/4`, `306401_1.0021 169/4`: precinct, then the number of the parcel in it. */
const PRECINCT_AND_NUMBER = /^(?:(\d{6}_\d)\.)?(\d{1,4})[\s,]+(\d+(?:\/\d+)?)$/;
/** `169/4`: the number alone, in any precinct. */
const NUMBER_ALONE = /^\d+(?:\/\d+)?$/;

/** `Lipowa`, `ul. Lipowa 12A`: a street or its beginning, then a number or its beginning. */
const STREET_AND_NUMBER = /^(?:ul\.|al\.|pl\.)?\s*(\p{L}.*?)(?:[\s,]+(\d+\s*\p{L}?(?:\/\d+)?))?$/iu;

interface HitRow {
  readonly id: string;
  readonly label: string;
  readonly min_x: number;
  readonly min_y: number;
  readonly max_x: number;
  readonly max_y: number;
}

/** Finds parcels and buildings by id or its beginning, parcels by precinct and number, and addresses. */
export function storeSearch(pool: Pool, layers: LayersProvider): Search {
  return {
    async find(text, limit, signal) {
      const wanted = text.trim().slice(0, LONGEST_TEXT).replaceAll('\0', '');
      if (wanted === '' || limit < 1) return [];
      const hits: SearchHit[] = [];
      for (const layer of inOrder(await layers())) {
        const rows = await pool.read<HitRow>(hitsSql(layer, wanted, limit - hits.length), signal);
        hits.push(...rows.map((row) => hitOf(row, layer)));
        if (hits.length >= limit) break;
      }
      return hits;
    },
  };
}

function inOrder(layers: readonly Layer[]): readonly Layer[] {
  return SEARCHED.flatMap((table) => layers.filter((layer) => layer.table === table));
}

/** Each condition can use an index of its own; an exact id comes first. */
function hitsSql(layer: Layer, text: string, limit: number): Sql {
  if (layer.table === 'address') return addressSql(layer, text, limit);
  const isParcel = layer.table === 'parcel';
  const spellings = [...new Set([text, text.toUpperCase()])];
  const conditions = [
    sql`id = any(${spellings}::text[])`,
    ...spellings.map(startsWith),
    ...(isParcel ? numberConditions(text) : []),
  ];
  const branches = conditions.map(
    (condition, rank) =>
      sql`(select ${trusted(String(rank))} as rank, id, geom, ${isParcel ? trusted('parcel_number') : trusted('id')} as sorting
        from ${tableOf(layer)} where valid_to is null and ${condition}
        order by id limit ${limit}::bigint)`,
  );
  return sql`select id, id as label, ST_XMin(geom) as min_x, ST_YMin(geom) as min_y,
      ST_XMax(geom) as max_x, ST_YMax(geom) as max_y
    from (select distinct on (id) * from (${join(branches, ' union all ')}) as every_hit order by id, rank) as hit
    order by rank, length(sorting), id limit ${limit}::bigint`;
}

/** As it is indexed: small letters of every alphabet, in the order of their codes. */
const STREET = trusted('lower(street collate "und-x-icu") collate "C"');

/** Addresses of streets that begin so, the shortest number first. */
function addressSql(layer: Layer, text: string, limit: number): Sql {
  const [, street = '', number = ''] = STREET_AND_NUMBER.exec(text) ?? [];
  if (street === '') return sql`select null where false`;
  const beginning = street.toLowerCase();
  const [wanted, least] = [number.replaceAll(/\s/g, '').toUpperCase(), '\u{10FFFF}'];
  return sql`select id, concat_ws(' ', street, house_number) as label, ST_X(geom) as min_x, ST_Y(geom) as min_y,
      ST_X(geom) as max_x, ST_Y(geom) as max_y
    from ${tableOf(layer)} where valid_to is null
      and ${STREET} >= ${beginning}::text and ${STREET} < ${`${beginning}${least}`}::text
      and upper(house_number) >= ${wanted}::text and upper(house_number) < ${`${wanted}${least}`}::text
    order by ${STREET} <> ${beginning}::text, upper(house_number) <> ${wanted}::text, street,
      length(house_number), house_number, id
    limit ${limit}::bigint`;
}

/** A range on the id, which its index answers in any planner's mood. */
const startsWith = (beginning: string): Sql =>
  sql`id >= ${beginning}::text and id < ${`${beginning}\u{10FFFF}`}::text`;

function numberConditions(text: string): readonly Sql[] {
  const [, unit, precinct = '', number = ''] = PRECINCT_AND_NUMBER.exec(text) ?? [];
  if (number !== '') {
    const suffix = `.${precinct.padStart(4, '0')}`;
    const inPrecinct =
      unit === undefined
        ? sql`right(precinct_id, 5) = ${suffix}::text`
        : sql`precinct_id = ${`${unit}${suffix}`}::text`;
    return [sql`parcel_number = ${number}::text and ${inPrecinct}`];
  }
  return NUMBER_ALONE.test(text) ? [sql`parcel_number = ${text}::text`] : [];
}

function hitOf(row: HitRow, layer: Layer): SearchHit {
  return {
    layer: layer.name,
    id: row.id,
    label: row.label,
    bbox: [row.min_x, row.min_y, row.max_x, row.max_y],
    srid: layer.srid,
  };
}
