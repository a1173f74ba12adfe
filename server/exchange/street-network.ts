/** Street networks that other programs keep in more than one file: GMNS tables, TNTP links and nodes, and OSM in PBF. */
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { invalidParameter, notSupported, TwinError } from '../../core/errors.ts';
import { GMNS_TABLES, gmnsStreets } from '../../core/formats/gmns/gmns-streets.ts';
import { isOsmPbf, OSM_PBF, OSM_PBF_HEAD, readOsmPbf } from '../../core/formats/osm/pbf.ts';
import type { ReadEvent } from '../../core/formats/reader.ts';
import { isTntpNetwork, tntpStreets } from '../../core/formats/tntp/tntp-streets.ts';
import type { CrsReference } from '../../core/geo/crs.ts';

export interface StreetNetwork {
  readonly format: string;
  /** The file that counts as the one that is loaded. */
  readonly path: string;
  readonly events: (signal: AbortSignal) => AsyncIterable<ReadEvent>;
}

export interface NetworkOptions {
  readonly crs?: CrsReference | undefined;
  /** Of a TNTP network; without it the node file beside it. */
  readonly nodes?: string | undefined;
}

/** Networks are read into memory: a large city has some 10 MB. */
const MOST_BYTES = 512 * 1024 * 1024;
const HEAD_BYTES = 4 * 1024;

/** The network of a folder or file; undefined when it is none. @throws TwinError not-supported, invalid-parameter */
export async function streetNetworkAt(
  path: string,
  { crs, nodes }: NetworkOptions,
): Promise<StreetNetwork | undefined> {
  const links = (await holdsTables(path)) ? join(path, 'link.csv') : path;
  if (basename(links) === 'link.csv') {
    return { format: 'GMNS', path: links, events: () => ofGmns(dirname(links), crs) };
  }
  const head = await headOf(path);
  if (head && isOsmPbf(head)) {
    const events = (signal: AbortSignal) => readOsmPbf(createReadStream(path, { signal }));
    return { format: OSM_PBF, path, events };
  }
  if (head && isTntpNetwork(new TextDecoder().decode(head))) {
    return { format: 'TNTP', path, events: () => ofTntp(path, nodes, crs) };
  }
  return undefined;
}

async function* ofGmns(folder: string, crs: CrsReference | undefined): AsyncGenerator<ReadEvent> {
  const tables = new Map<string, string>();
  for (const name of GMNS_TABLES) {
    const text = await textOf(join(folder, name));
    if (text !== undefined) tables.set(name, text);
  }
  for (const name of ['node.csv', 'link.csv']) {
    if (!tables.has(name)) {
      throw notSupported(`A GMNS network needs ${name} beside its other tables; it is not there`);
    }
  }
  yield* told(() => gmnsStreets(tables, crs?.srid));
}

/** `x_net.tntp` has its nodes in `x_node.tntp`. */
async function* ofTntp(
  path: string,
  nodes: string | undefined,
  crs: CrsReference | undefined,
): AsyncGenerator<ReadEvent> {
  const beside = path.replace(/(_net)?\.tntp$/i, '_node.tntp');
  const places = await textOf(nodes ?? beside);
  const net = await textOf(path);
  if (places === undefined || net === undefined) {
    throw notSupported(
      `A TNTP network tells no coordinates: put ${basename(beside)} beside it, or name the file of its nodes with --nodes; nothing was loaded`,
    );
  }
  if (!crs) {
    throw notSupported(
      'TNTP does not say the CRS of its nodes: say it with --crs, as EPSG:4326 for longitude and latitude; nothing was loaded',
    );
  }
  yield* told(() => tntpStreets(net, places, basename(nodes ?? beside), crs.srid));
}

/** What is wrong with a file is told of the file as a whole. */
function* told(events: () => Iterable<ReadEvent>): Generator<ReadEvent> {
  try {
    yield* events();
  } catch (error) {
    if (!(error instanceof TwinError) || error.kind !== 'invalid-parameter') throw error;
    throw notSupported(`${error.message}; nothing was loaded`);
  }
}

/** Whether it is a folder with one of the tables that every GMNS network has. */
async function holdsTables(path: string): Promise<boolean> {
  const names = await readdir(path).catch((): string[] => []);
  return names.includes('node.csv') || names.includes('link.csv');
}

/** Undefined when it cannot be read, which is told where it is opened in earnest. */
async function headOf(path: string): Promise<Uint8Array | undefined> {
  const file = await open(path).catch(() => undefined);
  if (!file) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return bytesRead < OSM_PBF_HEAD ? undefined : buffer.subarray(0, bytesRead);
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}

/** @throws TwinError invalid-parameter for a file that is too large */
async function textOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  if (found.size > MOST_BYTES) {
    throw invalidParameter('file', `${basename(path)} is larger than ${MOST_BYTES / 1024 / 1024} MB`);
  }
  return await readFile(path, 'utf8');
}
