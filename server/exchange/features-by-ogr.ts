/** GeoPackage, Shapefile and whatever else GDAL reads, as GeoJSON: by ogr2ogr of the machine, where it is installed. */
import { spawn } from 'node:child_process';
import { notSupported, unavailable } from '../../core/errors.ts';

/** GeoJSON is read as it is; everything else goes through GDAL. */
export const isGeoJson = (path: string): boolean => /\.(geo)?json$/i.test(path);

/**
 * The features of one layer as bytes of GeoJSON in their own CRS, which its member `crs` names, easting first.
 * @throws TwinError unavailable without ogr2ogr, not-supported with what GDAL says of the file
 */
export async function* featuresByOgr(
  path: string,
  source: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const options = [
    '-f',
    'GeoJSON',
    '/vsistdout/',
    path,
    '-lco',
    'RFC7946=NO',
    '-lco',
    'COORDINATE_PRECISION=4',
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
