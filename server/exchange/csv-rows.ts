/** CSV of any size as rows, one at a time: geometry as well-known text or as two columns of numbers. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, type Info, parse } from 'csv-parse';
import { notSupported, TwinError } from '../../core/errors.ts';
import { readWkt } from '../../core/filter/cql2/read-wkt.ts';
import { TextScan } from '../../core/filter/cql2/text-scan.ts';
import type { TableRow } from '../../core/formats/mapped/reader.ts';
import { type CrsReference, parseCrs } from '../../core/geo/crs.ts';
import type { FeatureMapping } from '../../core/wire/feature-mapping.ts';

type Cells = Readonly<Record<string, string>>;

/** Longer rows are a quote that does not end. */
const LONGEST_ROW_CHARACTERS = 20_000_000;
const USUAL = {
  x: ['x', 'lon', 'longitude', 'easting', 'e'],
  y: ['y', 'lat', 'latitude', 'northing', 'n'],
  wkt: ['wkt', 'geom', 'geometry'],
} as const;
/** Of tables that the twin writes: the CRS of each row. */
export const CRS_COLUMN = 'epsg';

/**
 * Separator by the head line (comma, semicolon or tab). The CRS is that of a column `epsg`, of the well-known text (`SRID=2177;`),
 * the one given, else WGS 84. Positions are easting (longitude) first.
 * @throws TwinError not-supported for a table without a head or a place, and for quotes that do not end
 */
export async function* rowsOfCsv(
  chunks: AsyncIterable<string>,
  { geometry }: Pick<FeatureMapping, 'geometry'>,
  given: CrsReference | undefined,
): AsyncGenerator<TableRow> {
  let place: Place | undefined;
  let known: { said: number | undefined; crs: Pick<CrsReference, 'srid' | 'text'> } = {
    said: undefined,
    crs: crsOfRows(undefined, given),
  };
  for await (const { cells, line } of csvRows(chunks)) {
    place ??= placeOf(Object.keys(cells), geometry);
    const { shape, srid } = shapeOf(cells, place);
    const said = srid ?? sridOf(cells[CRS_COLUMN]);
    if (said !== known.said) known = { said, crs: crsOfRows(said, given) };
    const { crs } = known;
    const columns = Object.fromEntries(Object.entries(cells).filter(([name]) => !place?.columns.has(name)));
    yield { where: `Line ${line}`, line, columns, geometry: shape, srid: crs.srid, crs: crs.text };
  }
}

const crsOfRows = (said: number | undefined, given: CrsReference | undefined) =>
  said === undefined
    ? (given ?? WGS_84)
    : { srid: parseCrs(`EPSG:${said}`).srid, text: `EPSG:${said}, as the rows say` };
const WGS_84 = { srid: 4326, text: 'WGS 84, as the file names no CRS' };

/** @throws TwinError not-supported */
export async function* csvRows(
  chunks: AsyncIterable<string>,
): AsyncGenerator<{ readonly cells: Cells; readonly line: number }> {
  const { head, all } = await withFirst(chunks);
  const parser = parse({
    ...{ bom: true, info: true, skip_empty_lines: true, relax_column_count_less: true },
    delimiter: separatorOf(head),
    columns: (names: string[]) => names.map((name) => name.trim()),
    max_record_size: LONGEST_ROW_CHARACTERS,
  });
  const feeding = pipeline(Readable.from(all), parser);
  feeding.catch(() => {}); // the loop below throws it
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Cells; info: Info }>) {
      yield { cells: record, line: info.lines };
    }
    await feeding;
  } catch (error) {
    if (error instanceof CsvError)
      throw notSupported(`The table cannot be read: ${error.message}; nothing was loaded`);
    throw error;
  }
}

async function withFirst(chunks: AsyncIterable<string>) {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  const head = first.done === true ? '' : first.value;
  async function* all(): AsyncGenerator<string> {
    yield head;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head, all: all() };
}

/** The sign that parts most cells of the head line. */
function separatorOf(text: string): string {
  const [line = ''] = text.split(/\r?\n/, 1);
  const signs = [',', ';', '\t'].map((sign) => ({ sign, count: line.split(sign).length }));
  return signs.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

type Place = { readonly columns: ReadonlySet<string> } & (
  | { readonly wkt: string }
  | { readonly x: string; readonly y: string }
);

function placeOf(columns: readonly string[], wish: FeatureMapping['geometry']): Place {
  const named = wish === undefined ? undefined : Object.values(wish);
  const missing = named?.filter((column) => !columns.includes(column)) ?? [];
  if (missing.length > 0)
    throw noPlace(`has no column ${missing.join(', ')}, which the mapping names`, columns);
  if (wish && named) return { ...wish, columns: new Set([...named, CRS_COLUMN]) };
  const usual = usualPlace(columns);
  if (usual === undefined) throw noPlace('has no geometry: neither a column wkt nor x and y', columns);
  return { ...usual, columns: new Set([...Object.values(usual), CRS_COLUMN]) };
}

/** Where a place stands in a table with columns of the usual names. */
export function usualPlace(columns: readonly string[]): FeatureMapping['geometry'] {
  const usual = (names: readonly string[]) => columns.find((column) => names.includes(column.toLowerCase()));
  const [wkt, x, y] = [usual(USUAL.wkt), usual(USUAL.x), usual(USUAL.y)];
  if (wkt !== undefined) return { wkt };
  return x === undefined || y === undefined ? undefined : { x, y };
}

const noPlace = (what: string, columns: readonly string[]) =>
  notSupported(
    `The table ${what}; it has ${columns.slice(0, 40).join(', ')}. Name them as "geometry" in the mapping; nothing was loaded`,
  );

function shapeOf(cells: Cells, place: Place): { readonly shape: unknown; readonly srid?: number } {
  if ('wkt' in place) {
    const text = cells[place.wkt]?.trim() ?? '';
    if (text === '') return { shape: undefined };
    try {
      const scan = new TextScan(text);
      const read = readWkt(scan);
      if (read === undefined || !scan.isAtEnd) return { shape: undefined };
      const { srid, ...shape } = read as { readonly srid?: number };
      return { shape, ...(srid !== undefined && { srid }) };
    } catch (error) {
      if (error instanceof TwinError) return { shape: undefined };
      throw error;
    }
  }
  const [x, y] = [numberOf(cells[place.x]), numberOf(cells[place.y])];
  return {
    shape: Number.isFinite(x) && Number.isFinite(y) ? { type: 'Point', coordinates: [x, y] } : undefined,
  };
}

/** With a decimal comma or point. */
const numberOf = (text: string | undefined): number =>
  text === undefined || text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.'));

const sridOf = (text: string | undefined): number | undefined =>
  text === undefined || text.trim() === '' ? undefined : Number(text);
