import { createHash } from 'node:crypto';
import type { CancelSignal } from '../../core/cancel.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { Undulation } from '../../core/geo/geoid.ts';
import { writeBuildingGlb } from '../mesh/building-glb.ts';
import { addBuilding, emptyMesh } from '../mesh/building-mesh.ts';
import { type LocalMap, makeLocalMap } from '../mesh/local-map.ts';
import { BUILDING_CLASS } from '../mesh/property-table.ts';
import { type TextureAtlas, textureAtlas } from '../mesh/texture-atlas.ts';
import type { DocumentSource, Tile, TileId } from '../source.ts';
import { BUILDING_SIZES_M, buildingGrid, firstCellAbove, isCell, type TileCell } from './building-grid.ts';
import type { BuildingRow, BuildingStore, TiledStore } from './building-store.ts';
import { publishedProperties } from './published-properties.ts';
import { writeSubtree } from './subtree.ts';
import { tileTrees } from './tile-tree.ts';
import { frameOfCell, type TilesetTerms, tilesetJson } from './tileset-json.ts';

/** Name of the tiling in `TileId.grid`. */
export const BUILDING_TILING = '3d';

/** The same for the subtree below a cell of the first level. */
export const SUBTREE_TILING = '3d-subtrees';

/** Raised when the bytes made from the same buildings change, so that no client keeps the old ones. */
const FORMAT_VERSION = 3;

/** What one kind of objects looks like in tiles. */
export interface TilesetKind<Row> extends TilesetTerms {
  /** The same rows always give the same bytes. @param map into the frame of the tile */
  write(rows: readonly Row[], layer: Layer, map: LocalMap): Uint8Array | Promise<Uint8Array>;
}

const BUILDINGS: TilesetKind<BuildingRow> = {
  properties: publishedProperties,
  featureClass: BUILDING_CLASS,
  sizesM: BUILDING_SIZES_M,
  // A street of houses is seen from twice as far as one of them is missed.
  errorScale: 2,
  counted: 'buildings',
  write: async (rows, layer, map) => {
    const mesh = emptyMesh();
    const atlas = await atlasOf(rows);
    rows.forEach(({ surfaces, surfaceKinds, look }, feature) => {
      addBuilding(mesh, surfaces, surfaceKinds, feature, map, (polygon) => {
        const paint = look?.faces[polygon];
        return paint && atlas?.at(paint);
      });
    });
    return writeBuildingGlb(mesh, rows, publishedProperties(layer), atlas?.bytes);
  },
};

function atlasOf(rows: readonly BuildingRow[]): Promise<TextureAtlas | undefined> | undefined {
  const looks = rows.flatMap(({ look }) => look ?? []);
  const [first] = looks;
  return (
    first &&
    textureAtlas(
      looks.map(({ faces }) => faces),
      first.pictures,
    )
  );
}

/** 3D Tiles of the layers of 3D buildings, made on demand; the document is `tileset.json`. Layers by name: `buildings_3d`. */
export const tilesetSource = (store: BuildingStore, undulation: Undulation): DocumentSource =>
  tilesetOf(store, BUILDINGS, undulation);

/** 3D Tiles of any kind of objects. */
export function tilesetOf<Row>(
  store: TiledStore<Row>,
  kind: TilesetKind<Row>,
  undulation: Undulation,
): DocumentSource {
  const etagOf = (layer: Layer, what: string, version: string): string => {
    const columns = kind.properties(layer).map((property) => property.name);
    const text = [FORMAT_VERSION, undulation.model, layer.name, layer.srid, ...columns, what, version].join(
      '|',
    );
    return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  };
  const subtree = async (
    layer: Layer,
    root: TileCell,
    signal: CancelSignal,
    knownEtag?: string,
  ): Promise<Tile | 'unchanged' | undefined> => {
    const grid = buildingGrid(layer.srid);
    if (root.z !== grid.firstLevel) return undefined;
    const etag = etagOf(layer, `subtree ${keyOf(root)}`, await store.versionUnder(layer, root, signal));
    if (etag === knownEtag) return 'unchanged';
    const below = (await store.extents(layer, signal)).filter(
      (tile) => keyOf(firstCellAbove(grid, tile)) === keyOf(root),
    );
    const [tree] = tileTrees(grid, below, undulation, kind);
    // A cell that was emptied since the client read tileset.json still has a valid subtree.
    return { bytes: writeSubtree(tree?.tiles ?? []), contentType: 'application/octet-stream', etag };
  };
  return {
    async get(
      tile: TileId,
      signal: CancelSignal,
      knownEtag?: string,
    ): Promise<Tile | 'unchanged' | undefined> {
      signal.throwIfAborted();
      if (tile.grid !== BUILDING_TILING && tile.grid !== SUBTREE_TILING) return undefined;
      const layer = await store.layer(tile.layer);
      if (!layer) return undefined;
      const grid = buildingGrid(layer.srid);
      const cell: TileCell = { z: tile.z, x: tile.x, y: tile.y };
      if (!isCell(grid, cell)) return undefined;
      if (tile.grid === SUBTREE_TILING) return subtree(layer, cell, signal, knownEtag);
      const etag = etagOf(layer, keyOf(cell), await store.version(layer, cell, signal));
      if (etag === knownEtag) return 'unchanged';
      const rows = await store.rows(layer, cell, signal);
      signal.throwIfAborted();
      // A cell that was emptied since the client read tileset.json still answers with a valid, empty tile.
      const map = makeLocalMap(grid.srid, undulation, frameOfCell(grid, cell));
      const bytes = await kind.write(rows, layer, map);
      return { bytes, contentType: 'model/gltf-binary', etag };
    },
    async document(name, signal, knownEtag) {
      signal.throwIfAborted();
      const layer = await store.layer(name);
      if (!layer) return undefined;
      const etag = etagOf(layer, 'tileset', await store.version(layer, undefined, signal));
      if (etag === knownEtag) return 'unchanged';
      const extents = await store.extents(layer, signal);
      const json = JSON.stringify(tilesetJson(layer, extents, undulation, kind));
      return { bytes: new TextEncoder().encode(json), contentType: 'application/json', etag };
    },
  };
}

const keyOf = ({ z, x, y }: TileCell): string => `${z}/${x}/${y}`;
