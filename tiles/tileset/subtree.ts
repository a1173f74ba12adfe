/** Subtrees of implicit tiling (3D Tiles 1.1, 8.4): which tiles there are below a root, with tight volumes. */
import { GlbBuffer } from '../mesh/glb.ts';
import { bytesOf } from '../mesh/property-table.ts';
import { LEVELS, type PlaceInRoot } from './building-grid.ts';
import type { TreeTile } from './tile-tree.ts';

/** Levels in one subtree: all that there are. */
export const SUBTREE_LEVELS = LEVELS;

const REGION = { type: 'SCALAR', componentType: 'FLOAT64', array: true, count: 6, required: true } as const;

/** What subtrees tell of tiles, as classes of the schema of the tileset. */
export const TILE_CLASSES = {
  tile: {
    properties: {
      region: { ...REGION, semantic: 'TILE_BOUNDING_REGION' },
      geometricError: {
        ...{ type: 'SCALAR', componentType: 'FLOAT64', required: true },
        semantic: 'TILE_GEOMETRIC_ERROR',
      },
    },
  },
  content: {
    properties: {
      region: { ...REGION, semantic: 'CONTENT_BOUNDING_REGION' },
      count: {
        ...{ type: 'SCALAR', componentType: 'UINT32', required: true },
        description: 'Liczba obiektów / Number of objects',
      },
    },
  },
};

/** The subtree file of a root. @param tiles below it, and its own */
export function writeSubtree(tiles: readonly TreeTile[]): Uint8Array {
  const ordered = tiles.toSorted((a, b) => indexOf(a.place) - indexOf(b.place));
  const withContent = ordered.filter(({ content }) => content !== undefined);
  const buffer = new GlbBuffer();
  if (ordered.length === 0) {
    const none = { constant: 0 };
    const nothing = { tileAvailability: none, contentAvailability: [none], childSubtreeAvailability: none };
    return fileOf(nothing, buffer);
  }
  const numbers = (values: readonly number[]): number => buffer.add(bytesOf(Float64Array.from(values)));
  const document = {
    tileAvailability: availability(ordered, buffer),
    contentAvailability: [availability(withContent, buffer)],
    childSubtreeAvailability: { constant: 0 },
    propertyTables: [
      {
        class: 'tile',
        count: ordered.length,
        properties: {
          region: { values: numbers(ordered.flatMap(({ region }) => region)) },
          geometricError: { values: numbers(ordered.map(({ geometricErrorM }) => geometricErrorM)) },
        },
      },
      {
        class: 'content',
        count: withContent.length,
        properties: {
          region: { values: numbers(withContent.flatMap(({ content }) => content?.region ?? [])) },
          count: {
            values: buffer.add(bytesOf(Uint32Array.from(withContent, ({ content }) => content?.count ?? 0))),
          },
        },
      },
    ],
    tileMetadata: 0,
    contentMetadata: [1],
  };
  return fileOf({ buffers: buffer.buffers, bufferViews: buffer.bufferViews, ...document }, buffer);
}

/** Number of a tile in the bit streams: all levels above, then the Morton order of its own. */
function indexOf({ level, x, y }: PlaceInRoot): number {
  let morton = 0;
  for (let bit = 0; bit < level; bit++) {
    morton |= (((x >> bit) & 1) << (2 * bit)) | (((y >> bit) & 1) << (2 * bit + 1));
  }
  return tilesAbove(level) + morton;
}

const tilesAbove = (level: number): number => (4 ** level - 1) / 3;

function availability(tiles: readonly TreeTile[], buffer: GlbBuffer): object {
  const bits = new Uint8Array(Math.ceil(tilesAbove(SUBTREE_LEVELS) / 8));
  for (const { place } of tiles) {
    const index = indexOf(place);
    bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
  }
  return { bitstream: buffer.add(bits), availableCount: tiles.length };
}

const MAGIC = 0x74627573;
const HEADER_BYTES = 24;

/** The binary form (8.4.4): header, JSON padded with spaces and bytes, both to multiples of 8. */
function fileOf(document: object, buffer: GlbBuffer): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(document));
  const jsonLength = Math.ceil(json.length / 8) * 8;
  const out = new Uint8Array(HEADER_BYTES + jsonLength + buffer.byteLength);
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, 1, true);
  view.setBigUint64(8, BigInt(jsonLength), true);
  view.setBigUint64(16, BigInt(buffer.byteLength), true);
  out.fill(0x20, HEADER_BYTES, HEADER_BYTES + jsonLength);
  out.set(json, HEADER_BYTES);
  buffer.writeTo(out.subarray(HEADER_BYTES + jsonLength));
  return out;
}
