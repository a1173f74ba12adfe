/** Looks into a table that came without a mapping, so that one can be proposed. */
import { extname } from 'node:path';
import { isRecord } from '../../core/formats/mapped/json-features.ts';
import { mappableLayer } from '../../core/formats/mapped/mapping.ts';
import { type ProposedMapping, proposeMapping } from '../../core/formats/mapped/propose.ts';
import type { TableRow } from '../../core/formats/mapped/reader.ts';
import { sketchColumns } from '../../core/formats/mapped/table-sketch.ts';
import { type Geometry, positionsOf } from '../../core/geo/geometry.ts';
import type { TableSketch } from '../../core/wire/table-sketch.ts';
import { CRS_COLUMN, csvRows, usualPlace } from './csv-rows.ts';
import { readerFor } from './exchange-formats.ts';
import { isOgrFile } from './features-by-ogr.ts';
import { isZip, openText, textOf } from './file-on-disk.ts';
import { runGdal } from './gdal.ts';
import { type MappedFile, rowsOfFile } from './mapped-file.ts';
import { streetNetworkAt } from './street-network.ts';
import { ZipError, zipEntries } from './zip-entries.ts';

/** Rows that are looked at. */
const LOOKED_AT = 1_000;
/** Layers of one file that are looked at. */
const MOST_SOURCES = 20;
const CSV = /\.(csv|txt|tsv)$/i;
const GEOJSON = /\.(geo)?jsonl?$|\.geojsons(eq)?$/i;

/**
 * What each layer of a file holds, for the first thousand rows of it.
 * @returns undefined for what is no table of objects: a format with a meaning of its own, a raster, a timetable
 * @throws TwinError as the readers of the formats
 */
export async function sketchTables(file: MappedFile): Promise<readonly TableSketch[] | undefined> {
  const kind = await kindOf(file);
  if (kind === undefined) return undefined;
  if (kind === 'csv') return [await sketchCsv(file)];
  const sources = extname(file.path).toLowerCase() === '.gpkg' ? await layersWithin(file) : [];
  if (sources.length < 2) return [await sketchOne(file, undefined)];
  const tables: TableSketch[] = [];
  for (const source of sources) tables.push(await sketchOne(file, source));
  return tables;
}

/**
 * A first mapping of a file for a layer.
 * @throws TwinError as `rowsOfFile`, invalid-parameter for a layer that no table brings
 */
export async function proposeFor(
  file: MappedFile,
  layerName: string,
  source: string | undefined,
): Promise<ProposedMapping> {
  const layer = mappableLayer(layerName);
  return proposeMapping(layer, CSV.test(file.path) ? await sketchCsv(file) : await sketchOne(file, source));
}

async function kindOf({ path, crs, signal }: MappedFile): Promise<'csv' | 'features' | undefined> {
  if (await isZip(path)) return (await holdsShapefile(path, signal)) ? 'features' : undefined;
  if (await isOgrFile(path)) return 'features';
  if (!CSV.test(path) && !GEOJSON.test(path)) return undefined;
  if ((await streetNetworkAt(path, { crs })) !== undefined) return undefined;
  const { head, close } = await openText(path, signal, () => {});
  close();
  if (readerFor(head) !== undefined) return undefined;
  if (CSV.test(path)) return 'csv';
  return /"type"\s*:\s*"Feature(?:Collection)?"/.test(head) ? 'features' : undefined;
}

async function holdsShapefile(path: string, signal: AbortSignal): Promise<boolean> {
  let holds = false;
  const look = (name: string) => {
    holds ||= /\.shp$/i.test(name);
    return false;
  };
  try {
    for await (const _ of zipEntries(path, look, () => {}, signal));
  } catch (error) {
    // Told by the one who reads such archives.
    if (!(error instanceof ZipError)) throw error;
  }
  return holds;
}

/** Names of the layers of a GeoPackage, as it lists them. */
async function layersWithin({ path, signal }: MappedFile): Promise<readonly string[]> {
  const answer = await runGdal('ogrinfo', ['-ro', '-q', path], 'GeoPackage', signal);
  const names = [...answer.matchAll(/^\d+: (.+?)(?: \([^()]*\))?$/gm)].map(([, name = '']) => name);
  return names.slice(0, MOST_SOURCES);
}

async function sketchOne(file: MappedFile, source: string | undefined): Promise<TableSketch> {
  const rows = await firstOf(rowsOfFile(file, source === undefined ? {} : { source }));
  return { ...sketchRows(rows), source: source ?? null, geometry: null };
}

/** All columns, also those of the place: somebody may have to say which they are. */
async function sketchCsv(file: MappedFile): Promise<TableSketch> {
  const cells = (await firstOf(csvRows(textOf(file.path, file.signal, () => {})))).map((row) => row.cells);
  const columns = sketchColumns(cells).filter(({ name }) => name !== CRS_COLUMN);
  const geometry = usualPlace(columns.map(({ name }) => name));
  const placed = geometry ? await firstOf(rowsOfFile(file, { geometry })) : [];
  return {
    ...{ ...sketchRows(placed), rows: cells.length, columns },
    ...{ source: null, geometry: geometry ?? 'none' },
  };
}

async function firstOf<T>(all: AsyncIterable<T>): Promise<readonly T[]> {
  const first: T[] = [];
  for await (const each of all) {
    first.push(each);
    if (first.length === LOOKED_AT) break;
  }
  return first;
}

function sketchRows(rows: readonly TableRow[]): Omit<TableSketch, 'source' | 'geometry'> {
  const shapes = rows.flatMap(({ geometry }) => (isRecord(geometry) ? [geometry] : []));
  const [first] = rows;
  return {
    rows: rows.length,
    columns: [...sketchColumns(rows.map(({ columns }) => columns))],
    shapes: [...new Set(shapes.map(({ type }) => String(type)))],
    crs: first?.crs ?? 'WGS 84, as the file names no CRS',
    srid: first?.srid ?? 4326,
    place: placeOf(shapes[0]),
  };
}

function placeOf(shape: unknown): TableSketch['place'] {
  try {
    const [first] = positionsOf(shape as Geometry);
    return first && Number.isFinite(first[0]) && Number.isFinite(first[1]) ? [first[0], first[1]] : null;
  } catch {
    // A shape of nothing that GeoJSON knows; the load says so row by row.
    return null;
  }
}
