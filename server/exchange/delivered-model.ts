/** A city model with its pictures in one ZIP archive, as browsers hand it in. */
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { invalidParameter, notSupported } from '../../core/errors.ts';
import { isGtfsFile } from '../../core/transit/gtfs-tables.ts';
import { isZip } from './file-on-disk.ts';
import { isTerrainName } from './terrain-raster.ts';
import { ZipError, zipEntries } from './zip-entries.ts';

const MODEL = /\.(gml|xml|json|jsonl)$/i;
const PICTURE = /\.(png|jpe?g|webp|tiff?|gif|bmp)$/i;
/** What packers of one system put beside the files, and paths upwards, which are never followed. */
const BY_THE_WAY = /(^|\/)(__MACOSX|\.)/;
/** Papers of a package that was ordered here (`server/orders`). */
const ORDER_PAPERS = /^(manifest\.json|metadata\/[^/]+\.xml)$/;
const NAMED = 5;

interface DeliveredModel {
  /** The model, its pictures round it as the archive has them. */
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/**
 * Unpacks the one model of an archive and its pictures into a folder that is to be removed.
 * @returns undefined for what is no archive, a timetable, or an archive without a model
 * @throws TwinError invalid-parameter for several models, not-supported for an archive that unpacks to too much or has
 *   paths of its own
 */
export async function deliveredModel(path: string, signal: AbortSignal): Promise<DeliveredModel | undefined> {
  const status = await stat(path).catch(() => undefined);
  if (!status?.isFile() || !(await isZip(path))) return undefined;
  const names: string[] = [];
  const list = (name: string) => {
    names.push(name);
    return false;
  };
  try {
    for await (const _ of zipEntries(path, list, () => {}, signal));
  } catch (error) {
    // Told by the one who reads such archives.
    if (error instanceof ZipError) return undefined;
    throw error;
  }
  // Beside sheets of the ground XML tells of them.
  const isOfGround = names.some(isTerrainName);
  const isModel = (name: string) => MODEL.test(name) && !(isOfGround && /\.xml$/i.test(name));
  const isOrdered = names.includes('manifest.json') && names.includes('metadata/package.xml');
  const isPaper = (name: string) => BY_THE_WAY.test(name) || (isOrdered && ORDER_PAPERS.test(name));
  const models = names.filter((name) => isModel(name) && !isPaper(name));
  const [model, ...more] = models;
  if (model === undefined || names.some(isGtfsFile)) return undefined;
  if (more.length > 0) {
    const some = models.slice(0, NAMED).join(', ');
    throw invalidParameter(
      'file',
      `The archive holds ${models.length} files that may be models (${some}${models.length > NAMED ? ', …' : ''}); pack one with its pictures, or load them one by one`,
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'blizniak-model-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const wants = (name: string) => name === model || (PICTURE.test(name) && !BY_THE_WAY.test(name));
    for await (const { name, bytes } of zipEntries(path, wants, () => {}, signal)) {
      const place = resolve(folder, name);
      if (!place.startsWith(folder + sep))
        throw new ZipError(`The archive has a path that leads out of it: ${name}`);
      await mkdir(dirname(place), { recursive: true });
      await pipeline(Readable.from(bytes), createWriteStream(place), { signal });
    }
    return { path: resolve(folder, model), remove };
  } catch (error) {
    await remove();
    throw error instanceof ZipError ? notSupported(`${error.message}; nothing was loaded`, 'file') : error;
  }
}
