import type { CancelSignal } from '../../core/cancel.ts';
import type { PropertyValue } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { Extent3, Surfaces } from '../mesh/surfaces.ts';
import type { TileCell } from './building-grid.ts';

export interface BuildingRow {
  readonly id: string;
  /** In the storage CRS, normal heights. */
  readonly surfaces: Surfaces;
  /** One letter for each polygon, as in the catalogue; empty when not known. */
  readonly surfaceKinds: string;
  readonly properties: Readonly<Record<string, PropertyValue>>;
}

/** What lies in one tile: number of buildings and the box around them (storage CRS, normal heights). */
export interface TileExtent extends TileCell {
  readonly count: number;
  readonly extent: Extent3;
}

/**
 * The current buildings of a layer by tiles. Implementations: memory (tests) and PostGIS; both place a building
 * by `cellOf`. Methods reject with the signal's reason when aborted.
 */
export interface BuildingStore {
  /** The layer of 3D buildings of that name, or undefined. */
  layer(name: string): Promise<Layer | undefined>;
  /** Changes whenever a building in the cell changes, or any one of the layer when no cell is given. */
  version(layer: Layer, cell: TileCell | undefined, signal: CancelSignal): Promise<string>;
  /** Every tile that holds something, from one set-based query. */
  extents(layer: Layer, signal: CancelSignal): Promise<readonly TileExtent[]>;
  /** The buildings of one tile, by id. */
  buildings(layer: Layer, cell: TileCell, signal: CancelSignal): Promise<readonly BuildingRow[]>;
}
