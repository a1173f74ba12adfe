/** Layers of somebody else's services in our catalogue. */
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer, LayerStatus } from '../../core/feature/layer.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import type { Bbox } from '../../core/geo/bbox.ts';
import type { ListedSource, NewSource, OfferAsk, SourceOffer, SourceState } from '../../core/wire/cascade.ts';
import type { MapSource } from '../../tiles/picture/map-source.ts';
import type { Identity } from '../access/identity.ts';

/** A pixel of a map that somebody points at. */
export interface PointedPixel {
  readonly frame: { readonly bbox: Bbox; readonly widthPx: number; readonly heightPx: number };
  /** From the upper left corner. */
  readonly x: number;
  readonly y: number;
  /** Objects at most. */
  readonly count: number;
}

/** What a source told of a pixel: the layer with the columns that came, all of text. */
export interface PointedObjects {
  readonly layer: Layer;
  readonly features: readonly Feature[];
}

/** PNG, JPEG, GIF or WebP decoded: RGBA multiplied by alpha. */
export interface DecodedLegend {
  readonly pixels: Uint8Array | Uint8ClampedArray;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface Cascade {
  /** Of every source, for everybody. */
  layers(): Promise<readonly Layer[]>;
  /** Undefined for a layer that is none of them. */
  status(layer: string): Promise<LayerStatus | undefined>;
  /** How the source of a layer fares; undefined for a layer that is none of them. */
  state(layer: string): Promise<SourceState | undefined>;
  /** Pictures, and shapes of layers with objects. @throws TwinError unavailable while a source is down and nothing is kept */
  readonly maps: MapSource;
  /** Of layers with objects. */
  readonly features: FeatureSource;
  /** @throws TwinError not-supported where the source cannot be asked, unavailable */
  pointed(layer: Layer, pixel: PointedPixel): Promise<PointedObjects>;
  /** Undefined where the source offers none. */
  legend(layer: Layer): Promise<DecodedLegend | undefined>;

  /** What could be shown of a service. @throws TwinError forbidden, not-supported in words, unavailable */
  offer(ask: OfferAsk, who: Identity): Promise<SourceOffer>;
  list(who: Identity): Promise<readonly ListedSource[]>;
  /** Reads the capabilities anew and keeps what was chosen, in place of what was kept under this name. */
  save(name: string, source: NewSource, who: Identity): Promise<ListedSource>;
  /** @throws TwinError not-found */
  remove(name: string, who: Identity): Promise<void>;
}
