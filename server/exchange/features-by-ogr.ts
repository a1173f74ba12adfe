/** GeoPackage, Shapefile and FlatGeobuf as GeoJSON: by ogr2ogr of the machine, where it is installed. */
import { spawn } from 'node:child_process';
import { extname } from 'node:path';
import { notSupported, unavailable } from '../../core/errors.ts';
import { headOf } from './file-on-disk.ts';
import { ZipError, zipEntries } from './zip-entries.ts';

interface OgrFormat {
  /** What its files begin with: GDAL itself tells formats by content, and some of them read whatever a file names. */
  readonly begins: (head: string) => boolean;
}

const after =
  (signature: string) =>
  (head: string): boolean =>
    head.startsWith(signature);

const FORMATS: Readonly<Record<string, OgrFormat>> = {
  '.gpkg': { begins: after('SQLite format 3\0') },
  '.shp': { begins: after('\0\0\x27\x0a') },
  '.zip': { begins: after('PK\x03\x04') },
  '.fgb': { begins: after('fgb\x03fgb') },
};

/** Whether a file is what its ending says: one of these formats. */
export const isOgrFile = async (path: string): Promise<boolean> =>
  FORMATS[extname(path).toLowerCase()]?.begins(await headOf(path)) ?? false;

/** Parts of a Shapefile; nothing else of an archive is wanted. */
const SHAPEFILE_PART = /\.(?:shp|shx|dbf|prj|cpg|qix|qpj|sbn|sbx|shp\.xml)$/i;

/**
 * The features of one layer as bytes of GeoJSON in their own CRS, which its member `crs` names, easting first.
 * @throws TwinError unavailable without ogr2ogr, not-supported with what GDAL says of the file, or for an ending that is
 *   none of these formats
 */
export async function* featuresByOgr(
  path: string,
  source: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (!(await isOgrFile(path))) {
    throw notSupported(
      `With a mapping are read ${Object.keys(FORMATS).join(', ')} (a Shapefile with all its parts in .zip), .json, .geojson, .geojsonl and .csv, and this file is none of them; nothing was loaded`,
    );
  }
  const isZip = /\.zip$/i.test(path);
  if (isZip) await refuseOddArchive(path, signal);
  const options = [
    '-f',
    'GeoJSON',
    '/vsistdout/',
    isZip ? `/vsizip/${path}` : path,
    '-lco',
    'RFC7946=NO',
    // A micrometre in metres, a tenth of a millimetre in degrees.
    '-lco',
    'COORDINATE_PRECISION=9',
  ];
  const child = spawn('ogr2ogr', source === undefined ? options : [...options, source], {
    signal,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2_000);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  ended.catch(() => {});
  try {
    for await (const chunk of child.stdout) yield chunk as Uint8Array;
    const status = await ended.catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw unavailable(
        'This file needs ogr2ogr (GDAL), which is not installed; install gdal-bin, or give the file as GeoJSON',
      );
    });
    if (status !== 0)
      throw notSupported(
        `GDAL cannot read the file: ${said.trim().split('\n')[0] ?? ''}; nothing was loaded`,
      );
  } finally {
    child.kill();
  }
}

/** @throws TwinError not-supported for an archive that is cut off, damaged, unpacks without end, or holds something else */
async function refuseOddArchive(path: string, signal: AbortSignal): Promise<void> {
  try {
    const entries = zipEntries(
      path,
      () => true,
      () => {},
      signal,
    );
    for await (const { name, bytes } of entries) {
      if (!name.endsWith('/') && !SHAPEFILE_PART.test(name)) {
        throw notSupported(
          `The archive holds ${name.slice(0, 100)}, which is no part of a Shapefile; nothing was loaded`,
        );
      }
      for await (const _ of bytes) signal.throwIfAborted();
    }
  } catch (error) {
    if (error instanceof ZipError) throw notSupported(`${error.message}; nothing was loaded`);
    throw error;
  }
}
