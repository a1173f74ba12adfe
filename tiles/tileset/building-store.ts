import type { CancelSignal } from '../../core/cancel.ts';
import type { PropertyValue } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { FacePaints } from '../mesh/face-looks.ts';
import type { Extent3, Surfaces } from '../mesh/surfaces.ts';
import type { TileCell } from './building-grid.ts';

export interface BuildingRow {
  readonly id: string;
  /** In the storage CRS, normal heights. */
  readonly surfaces: Surfaces;
  /** One letter for each polygon, as in the catalogue; empty when not known. */
  readonly surfaceKinds: string;
  readonly properties: Readonly<Record<string, PropertyValue>>;
  /** What its surfaces show, where anything is known of it. */
  readonly look?: BuildingLook;
}

export interface BuildingLook {
  readonly faces: FacePaints;
  /** Pictures of all buildings of the tile, by their digests. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

/** What lies in one tile: number of buildings and the box around them (storage CRS, normal heights). */
export interface TileExtent extends TileCell {
  readonly count: number;
  readonly extent: Extent3;
}

/**
 * The current objects of a layer by tiles. Implementations: memory (buildings, for tests) and PostGIS; all place an
 * object by `cellOf`. Methods reject with the signal's reason when aborted.
 */
export interface TiledStore<Row> {
  /** The layer of that name, if it is one of these; or undefined. */
  layer(name: string): Promise<Layer | undefined>;
  /** Changes whenever an object in the cell changes, or any one of the layer when no cell is given. */
  version(layer: Layer, cell: TileCell | undefined, signal: CancelSignal): Promise<string>;
  /** Changes whenever an object in a cell of the first level changes, or in any cell below it. */
  versionUnder(layer: Layer, root: TileCell, signal: CancelSignal): Promise<string>;
  /** Every tile that holds something, from one set-based query. */
  extents(layer: Layer, signal: CancelSignal): Promise<readonly TileExtent[]>;
  /** The objects of one tile, by id. */
  rows(layer: Layer, cell: TileCell, signal: CancelSignal): Promise<readonly Row[]>;
}

export type BuildingStore = TiledStore<BuildingRow>;
