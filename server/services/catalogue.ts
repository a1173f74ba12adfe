/** What there is in the city: layers, their state, and things found by words. */
import type { Layer, LayerStatus } from '../../core/feature/layer.ts';
import type { View } from '../access/view.ts';

export interface Catalogue {
  /** Every layer that this person may know of, properties that they may not see removed. */
  layers(view: View): Promise<readonly Layer[]>;
  /** Count, extent, date and source of a layer in that state of the city, kept with each load (no table scan). */
  status(layer: string, view: View): Promise<LayerStatus>;
}

/** A thing found by words: a parcel id, later an address. Box in the storage CRS. */
export interface SearchHit {
  readonly layer: string;
  readonly id: string;
  readonly label: string;
  readonly bbox: readonly [number, number, number, number];
  readonly srid: number;
}

export interface Search {
  find(text: string, limit: number, signal: AbortSignal): Promise<readonly SearchHit[]>;
}
