/** What a protocol may use: interfaces only. `main.ts` makes the implementations. */
import type { Layer, LayerStatus } from '../core/feature/layer.ts';
import type { FeatureSource } from '../core/feature/source.ts';
import type { DocumentSource, TileSource } from '../tiles/source.ts';
import type { Identity } from './access/identity.ts';
import type { ScenarioState, View } from './access/view.ts';

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

/** Gives out bearer tokens. */
export interface TokenDesk {
  /** A new token of an account; it is told once and cannot be read again. */
  issue(account: string, label: string, expiresAt: Date): Promise<string>;
}

export interface Scenarios {
  /** The scenario as far as reading the city in it goes; undefined when there is none that this person may read. */
  state(id: string, who: Identity): Promise<ScenarioState | undefined>;
}

export interface Health {
  /** Whether the database answers; `detail` says since when it does not. */
  ready(): Promise<{ readonly ready: boolean; readonly detail: string }>;
}

export interface Services {
  /** The features that this person may see, in the state of the city that they ask for. */
  featuresFor(view: View): FeatureSource;
  readonly catalogue: Catalogue;
  readonly search: Search;
  /** Vector tiles by layer name and grid. */
  readonly vectorTiles: (view: View) => TileSource;
  /** 3D Tiles by name of the layer; the document is `tileset.json`. */
  readonly tiles3d: (view: View) => DocumentSource;
  /** Quantized meshes of layer `terrain`; the document is `layer.json`. */
  readonly terrain: DocumentSource;
  readonly scenarios: Scenarios;
  readonly tokens: TokenDesk;
  readonly health: Health;
}
