/** Tiles of a tileset through readers of others: gltf-validator for each file, glTF-Transform for what it shows. */
import validator from 'gltf-validator';
import { metadataRows, readGlb } from './glb-reader.ts';
import { readInstances } from './instance-reader.ts';
import { readTileset } from './tileset-reader.ts';

/** Extensions that the validator knows by name alone; it says so in each file. */
const NOT_JUDGED = ['UNSUPPORTED_EXTENSION'];
/** Errors and warnings. */
const WORST = 1;

export interface TilesRead {
  /** Of the whole tileset, and of those read. */
  readonly tiles: number;
  readonly read: readonly TileRead[];
  /** Address and what is wrong there; none when all is well. */
  readonly faults: readonly string[];
}

export interface TileRead {
  readonly uri: string;
  readonly ids: readonly string[];
  readonly drawCalls: number;
  readonly triangles: number;
}

/**
 * @param fetchBytes of an address relative to the document
 * @param every of so many tiles one is read
 * @param isInstanced its tiles hold shapes and where they stand
 */
export async function readTiles(
  fetchBytes: (uri: string) => Promise<Uint8Array>,
  { every = 1, isInstanced = false } = {},
): Promise<TilesRead> {
  const { tiles } = await readTileset(fetchBytes);
  const listed = tiles.flatMap(({ uri, count }) => (uri === undefined ? [] : { uri, count }));
  const read: TileRead[] = [];
  const faults: string[] = [];
  for (const { uri, count } of listed.filter((_, i) => i % every === 0)) {
    const bytes = await fetchBytes(uri);
    const { issues } = await validator.validateBytes(bytes, { maxIssues: 20, ignoredIssues: NOT_JUDGED });
    for (const { severity, code, message, pointer } of issues.messages) {
      if (severity <= WORST) faults.push(`${uri}: ${code} ${pointer ?? ''} ${message}`);
    }
    const tile = isInstanced ? await instancesIn(bytes) : await bodiesIn(bytes);
    if (tile.ids.length !== count)
      faults.push(`${uri}: ${tile.ids.length} objects, the subtree says ${count}`);
    if (tile.strays > 0) faults.push(`${uri}: ${tile.strays} of what is drawn is of no object`);
    const { ids, drawCalls, triangles } = tile;
    read.push({ uri, ids, drawCalls, triangles });
  }
  return { tiles: listed.length, read, faults };
}

async function bodiesIn(bytes: Uint8Array) {
  const { rows, vertices, triangles, materials } = await readGlb(bytes);
  const ids = rows.map(({ id }) => String(id));
  const strays = [...vertices.keys()].filter((feature) => feature >= rows.length).length;
  return { ids, strays, triangles, drawCalls: materials.length };
}

async function instancesIn(bytes: Uint8Array) {
  const { rows, instances, shapes, triangles } = await readInstances(bytes);
  const strays = instances.filter(({ feature }) => feature >= rows.length).length;
  return { ids: metadataRows(bytes).map(({ id }) => String(id)), strays, triangles, drawCalls: shapes };
}
