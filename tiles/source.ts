import type { CancelSignal } from '../core/cancel.ts';

/** Address of a tile in a named grid, set or pyramid. */
export interface TileId {
  readonly layer: string;
  /** Tile matrix set (`WebMercatorQuad`, `EPSG2177`, `EPSG2180`) or the name of the 3D/terrain tiling. */
  readonly grid: string;
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

export interface Tile {
  /** Uncompressed bytes; empty when the tile exists and holds nothing. */
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** Strong validator from the versions of what the tile shows. */
  readonly etag: string;
}

/** A pyramid of tiles. Held to `test/contract/tile-source.cases.ts`. */
export interface TileSource {
  /**
   * The tile, or undefined when no such tile can exist (unknown layer or grid, out of range).
   * @param knownEtag when it still holds, `unchanged` saves making the bytes
   */
  get(tile: TileId, signal: CancelSignal, knownEtag?: string): Promise<Tile | 'unchanged' | undefined>;
}

/** A pyramid whose clients first read a document that lists its tiles: `tileset.json`, `layer.json`. */
export interface DocumentSource extends TileSource {
  /**
   * The document of a layer, or undefined when there is none of that name.
   * @param knownEtag when it still holds, `unchanged` saves making it
   */
  document(layer: string, signal: CancelSignal, knownEtag?: string): Promise<Tile | 'unchanged' | undefined>;
}
