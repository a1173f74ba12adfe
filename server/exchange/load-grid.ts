/** Tables of a census grid as objects of `census_cells`; of a country or Europe, the cells that meet the city. */

import type { TableRow } from '../../core/formats/mapped/reader.ts';
import { readGrid } from '../../core/formats/population/read-grid.ts';
import type { ReadEvent } from '../../core/formats/reader.ts';
import { wellKnownText } from '../../core/formats/well-known-text.ts';
import { crsOf, reproject } from '../../core/geo/crs.ts';
import type { GridMapping } from '../../core/wire/feature-mapping.ts';
import { CITY } from '../store/dataset.ts';
import type { Pool } from '../store/pool.ts';
import { sql } from '../store/sql.ts';
import { storedSrid } from './choose-dataset.ts';
import { csvRows } from './csv-rows.ts';
import { textOf } from './file-on-disk.ts';
import { type MappedFile, rowsOfFile } from './mapped-file.ts';

/** Cells whose place is asked for at once. */
const AT_ONCE = 5_000;

type ReadObject = Extract<ReadEvent, { kind: 'object' }>;

/**
 * @param pool where the city is asked for its area; undefined takes the cells of all places
 * @throws TwinError as `rowsOfFile`
 */
export async function* gridEvents(
  file: MappedFile,
  mapping: GridMapping,
  pool: Pool | undefined,
): AsyncGenerator<ReadEvent> {
  const events = readGrid(rowsOf(file, mapping), mapping);
  const srid = pool && (await storedSrid(pool, CITY));
  if (!pool || srid === undefined) {
    yield* events;
    return;
  }
  let waiting: ReadObject[] = [];
  let outside = 0;
  async function* near(city: Pool, storage: number): AsyncGenerator<ReadEvent> {
    const inside = await meetingCity(city, storage, waiting);
    outside += waiting.length - inside.length;
    waiting = [];
    yield* inside;
  }
  for await (const event of events) {
    if (event.kind !== 'object') yield event;
    else if (waiting.push(event) === AT_ONCE) yield* near(pool, srid);
  }
  if (waiting.length > 0) yield* near(pool, srid);
  if (outside > 0) {
    const message = `${outside} cells that do not meet the city were left aside; --allow-outside loads them all into a dataset of their own`;
    yield { kind: 'note', code: 'cells-outside', message };
  }
}

/** In CSV there need be no place beside the code. */
function rowsOf(file: MappedFile, mapping: GridMapping): AsyncIterable<TableRow> {
  if (!/\.(csv|txt|tsv)$/i.test(file.path)) return rowsOfFile(file, mapping);
  return placelessRows(file);
}

async function* placelessRows({ path, signal, onRead = () => {} }: MappedFile): AsyncGenerator<TableRow> {
  for await (const { cells, line } of csvRows(textOf(path, signal, onRead))) {
    yield { where: `Line ${line}`, line, columns: cells, geometry: undefined, srid: 3035, crs: '' };
  }
}

async function meetingCity(
  pool: Pool,
  srid: number,
  cells: readonly ReadObject[],
): Promise<readonly ReadObject[]> {
  const { unit } = crsOf(srid);
  const squares = cells.map(({ feature, srid: own }) =>
    feature.geometry ? wellKnownText(reproject(feature.geometry, own, srid), unit) : '',
  );
  const met = await pool.read<{ readonly ordinal: number }>(
    sql`select cell.ordinal::integer as ordinal
      from unnest(${squares}::text[]) with ordinality as cell (square, ordinal), twin.dataset as city
      where city.name = ${CITY}::text
        and (city.area is null or ST_Intersects(city.area, ST_GeomFromText(cell.square, ${srid}::integer)))
      order by cell.ordinal`,
  );
  return met.flatMap(({ ordinal }) => cells[ordinal - 1] ?? []);
}
