import type { Layer } from '../../core/feature/layer.ts';
import type { Search, SearchHit } from '../services/catalogue.ts';
import type { LayersProvider } from './features.ts';
import { parcelWords } from './parcel-words.ts';
import type { Pool } from './pool.ts';
import { tableOf } from './register-table.ts';
import { join, type Sql, sql, trusted } from './sql.ts';

/** Registers that people look for, in the order in which hits are shown. */
const SEARCHED = ['precinct', 'parcel', 'building', 'address'] as const;
const LONGEST_TEXT = 100;

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

/** Finds parcels and buildings by id or its beginning, parcels by precinct, sheet and number, precincts, addresses. */
export function storeSearch(pool: Pool, layers: LayersProvider): Search {
  return {
    async find(text, limit, signal) {
      const wanted = text.trim().slice(0, LONGEST_TEXT).replaceAll('\0', '');
      if (wanted === '' || limit < 1) return [];
      const hits: SearchHit[] = [];
      const searched = inOrder(await layers());
      const precincts = searched.find(({ table }) => table === 'precinct');
      for (const layer of searched) {
        const rows = await pool.read<HitRow>(hitsSql(layer, wanted, limit - hits.length, precincts), signal);
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
function hitsSql(layer: Layer, text: string, limit: number, precincts: Layer | undefined): Sql {
  if (layer.table === 'address') return addressSql(layer, text, limit);
  if (layer.table === 'precinct') return precinctSql(layer, text, limit);
  const isParcel = layer.table === 'parcel';
  const spellings = [...new Set([text, text.toUpperCase()])];
  const conditions = [
    sql`id = any(${spellings}::text[])`,
    ...spellings.map(startsWith),
    ...(isParcel ? numberConditions(text, precincts) : []),
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

/** Small letters of every alphabet. */
const folded = (column: string): Sql => trusted(`lower(${column} collate "und-x-icu")`);

/** A city has few precincts: all are read. */
const isNamed = (beginning: string): Sql =>
  sql`left(${folded('name')}, ${beginning.length}::int) = ${beginning.toLowerCase()}::text`;

/** Precincts by id, number or the beginning of the name. */
function precinctSql(layer: Layer, text: string, limit: number): Sql {
  const named = text.replace(/^(?:obręb\s+|obr\.?\s*)/iu, '');
  return sql`select id, concat_ws(' ', name, precinct_number) as label, ST_XMin(geom) as min_x,
      ST_YMin(geom) as min_y, ST_XMax(geom) as max_x, ST_YMax(geom) as max_y
    from ${tableOf(layer)} where valid_to is null
      and (id = ${text}::text or precinct_number = ${named}::text or ${isNamed(named)})
    order by name, id limit ${limit}::bigint`;
}

function numberConditions(text: string, precincts: Layer | undefined): readonly Sql[] {
  const words = parcelWords(text);
  if (!words) return [];
  const { unit, precinctNumber, precinctName, sheet, number } = words;
  const conditions = [sql`parcel_number = ${number}::text`];
  if (sheet !== undefined) {
    // Not every register writes the sheet beside the id that holds it.
    const end = `.AR_${sheet}.${number}`;
    conditions.push(
      sql`(map_sheet = any(${[sheet, `AR_${sheet}`]}::text[]) or right(id, ${end.length}::int) = ${end}::text)`,
    );
  }
  if (precinctNumber !== undefined) {
    const suffix = `.${precinctNumber}`;
    conditions.push(
      unit === undefined
        ? sql`right(precinct_id, 5) = ${suffix}::text`
        : sql`precinct_id = ${unit + suffix}::text`,
    );
  }
  if (precinctName !== undefined) {
    if (!precincts) return [];
    conditions.push(
      sql`precinct_id in (select id from ${tableOf(precincts)} where valid_to is null and ${isNamed(precinctName)})`,
    );
  }
  return [join(conditions, ' and ')];
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
