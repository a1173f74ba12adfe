/** Walks a tileset with implicit tiling by the specification (3D Tiles 1.1, 8 and 3D Metadata), with nothing of our writer. */
import type { DocumentSource, Tile, TileId } from '../../tiles/source.ts';
import { cellAtPlace } from '../../tiles/tileset/building-grid.ts';
import { BUILDING_TILING, SUBTREE_TILING } from '../../tiles/tileset/tileset-source.ts';

export interface TilesetTile {
  /** Where its content lies, relative to the document; undefined where it only leads to others. */
  readonly uri: string | undefined;
  readonly level: number;
  readonly region: readonly number[];
  readonly contentRegion: readonly number[] | undefined;
  readonly geometricError: number;
  readonly transform: readonly number[];
  readonly count: number;
  readonly parent: TilesetTile | undefined;
}

export interface ReadTileset {
  readonly json: TilesetJson;
  /** All tiles, parents before children. */
  readonly tiles: readonly TilesetTile[];
  /** Addresses of subtrees. */
  readonly subtrees: readonly string[];
}

interface TilesetJson {
  readonly asset: { readonly version: string };
  readonly geometricError: number;
  readonly schema: {
    readonly classes: Readonly<Record<string, { properties: Record<string, { description?: string }> }>>;
  };
  readonly metadata: { readonly properties: Readonly<Record<string, number>> };
  readonly root: {
    readonly refine: string;
    readonly geometricError: number;
    readonly boundingVolume: { readonly region: readonly number[] };
    readonly children?: readonly RootJson[];
  };
}

interface RootJson {
  readonly boundingVolume: { readonly region: readonly number[] };
  readonly geometricError: number;
  readonly transform: readonly number[];
  readonly content: { readonly uri: string };
  readonly implicitTiling: {
    readonly subdivisionScheme: string;
    readonly subtreeLevels: number;
    readonly availableLevels: number;
    readonly subtrees: { readonly uri: string };
  };
}

/** @param fetchBytes of an address relative to the document */
export async function readTileset(fetchBytes: (uri: string) => Promise<Uint8Array>): Promise<ReadTileset> {
  const json = JSON.parse(new TextDecoder().decode(await fetchBytes('tileset.json'))) as TilesetJson;
  const tiles: TilesetTile[] = [];
  const subtrees: string[] = [];
  for (const root of json.root.children ?? []) {
    const { implicitTiling: tiling } = root;
    if (tiling.subdivisionScheme !== 'QUADTREE') throw new Error('not a quadtree');
    if (tiling.availableLevels > tiling.subtreeLevels)
      throw new Error('more than one subtree is not read here');
    const uri = fill(tiling.subtrees.uri, 0, 0, 0);
    subtrees.push(uri);
    tiles.push(...tilesOf(root, await fetchBytes(uri)));
  }
  return { json, tiles, subtrees };
}

/** Addresses of all contents. */
export async function contentUris(fetchBytes: (uri: string) => Promise<Uint8Array>): Promise<string[]> {
  const { tiles } = await readTileset(fetchBytes);
  return tiles.flatMap(({ uri }) => uri ?? []);
}

const never = new AbortController().signal;

/** Reads by the addresses of a tileset from a source without a service before it. */
export const bytesOfSource =
  (source: DocumentSource, layer: string) =>
  async (uri: string): Promise<Uint8Array> => {
    const made: Tile | 'unchanged' | undefined =
      uri === 'tileset.json'
        ? await source.document(layer, never)
        : await source.get(tileIdOf(layer, uri), never);
    if (!made || made === 'unchanged') throw new Error(`${uri}: ${made ?? 'there is none'}`);
    return made.bytes;
  };

/** What a source calls a tile or subtree, from its address in the tileset. */
export function tileIdOf(layer: string, uri: string): TileId {
  const [, z = 0, x = 0, y = 0, level = 0, column = 0, row = 0] =
    /^(\d+)-(\d+)-(\d+)\/(\d+)\/(\d+)\/(\d+)\./.exec(uri)?.map(Number) ?? [];
  const cell = cellAtPlace({ z, x, y }, { level, x: column, y: row });
  if (!cell) throw new Error(`${uri} is no place in a quadtree`);
  return { layer, grid: uri.endsWith('.subtree') ? SUBTREE_TILING : BUILDING_TILING, ...cell };
}

const fill = (template: string, level: number, x: number, y: number): string =>
  template.replace('{level}', String(level)).replace('{x}', String(x)).replace('{y}', String(y));

interface SubtreeJson {
  readonly bufferViews: readonly { byteOffset: number; byteLength: number }[];
  readonly tileAvailability: Availability;
  readonly contentAvailability: readonly [Availability];
  readonly propertyTables: readonly { properties: Record<string, { values: number }> }[];
  readonly tileMetadata: number;
  readonly contentMetadata: readonly [number];
}
type Availability = {
  readonly bitstream?: number;
  readonly constant?: 0 | 1;
  readonly availableCount?: number;
};

function tilesOf(root: RootJson, bytes: Uint8Array): TilesetTile[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (new TextDecoder().decode(bytes.subarray(0, 4)) !== 'subt') throw new Error('not a subtree');
  const jsonLength = Number(view.getBigUint64(8, true));
  const subtree = JSON.parse(new TextDecoder().decode(bytes.subarray(24, 24 + jsonLength))) as SubtreeJson;
  const start = (number: number): number =>
    24 + jsonLength + (subtree.bufferViews[number]?.byteOffset ?? Number.NaN);
  const isSet = ({ bitstream, constant }: Availability, index: number): boolean =>
    bitstream === undefined
      ? constant === 1
      : ((bytes[start(bitstream) + (index >> 3)] ?? 0) & (1 << (index & 7))) !== 0;
  const value = (table: number, property: string, at: number): number =>
    view.getFloat64(start(subtree.propertyTables[table]?.properties[property]?.values ?? -1) + 8 * at, true);
  const regionAt = (table: number, row: number): number[] =>
    [0, 1, 2, 3, 4, 5].map((i) => value(table, 'region', 6 * row + i));
  const found = new Map<string, TilesetTile>();
  let [row, contentRow, index] = [0, 0, 0];
  for (let level = 0; level < root.implicitTiling.subtreeLevels; level++) {
    for (let morton = 0; morton < 4 ** level; morton++, index++) {
      if (!isSet(subtree.tileAvailability, index)) continue;
      let [x, y] = [0, 0];
      for (let bit = 0; bit < level; bit++) {
        x |= ((morton >> (2 * bit)) & 1) << bit;
        y |= ((morton >> (2 * bit + 1)) & 1) << bit;
      }
      const hasContent = isSet(subtree.contentAvailability[0], index);
      const [table, contentTable] = [subtree.tileMetadata, subtree.contentMetadata[0]];
      const counts = subtree.propertyTables[contentTable]?.properties['count']?.values ?? -1;
      const parent = found.get(`${level - 1}/${x >> 1}/${y >> 1}`);
      if (level > 0 && !parent) throw new Error(`tile ${level}/${x}/${y} has no parent`);
      found.set(`${level}/${x}/${y}`, {
        uri: hasContent ? fill(root.content.uri, level, x, y) : undefined,
        level,
        region: regionAt(table, row),
        contentRegion: hasContent ? regionAt(contentTable, contentRow) : undefined,
        geometricError: value(table, 'geometricError', row),
        transform: root.transform,
        count: hasContent ? view.getUint32(start(counts) + 4 * contentRow, true) : 0,
        parent,
      });
      row++;
      if (hasContent) contentRow++;
    }
  }
  const { availableCount } = subtree.tileAvailability;
  if (availableCount !== undefined && availableCount !== row)
    throw new Error('tiles are not as many as said');
  return [...found.values()];
}
