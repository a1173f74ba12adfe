import type { LayerStatus, Text } from '../feature/layer.ts';
import type { NewDataOrder, OrderSkip } from '../wire/order.ts';

export interface ManifestLayer {
  readonly layer: string;
  readonly objects: number;
  /** Changes whenever the layer does. */
  readonly version: string;
  readonly loadedAt: string | null;
  readonly source: string | null;
}

export interface ManifestFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  /** EPSG code of its coordinates; absent of files without any. */
  readonly srid?: number;
}

/** `manifest.json` of a package. The same data give the same text: there is no moment of packing in it. */
export interface OrderManifest {
  readonly city: Text;
  readonly order: NewDataOrder;
  /** Day of the city, where one was asked for. */
  readonly at: string | null;
  readonly scenario: string | null;
  readonly areaM2: number | null;
  readonly layers: readonly ManifestLayer[];
  /** Layers that are made up. */
  readonly synthetic: readonly string[];
  readonly files: readonly ManifestFile[];
  /** Names that a Shapefile shortens. */
  readonly fields: readonly {
    readonly file: string;
    readonly field: string;
    readonly property: string;
    readonly part: number;
  }[];
  readonly skipped: readonly OrderSkip[];
}

export const manifestLayer = (
  layer: string,
  objects: number,
  version: string,
  { loadedAt, source }: Pick<LayerStatus, 'loadedAt' | 'source'>,
): ManifestLayer => ({ layer, objects, version, loadedAt: loadedAt ?? null, source: source ?? null });
