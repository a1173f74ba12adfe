import type { Layer, LayerStatus, Text } from '../feature/layer.ts';
import type { NewDataOrder, OrderSkip } from '../wire/order.ts';

export interface ManifestLayer {
  readonly layer: string;
  readonly title: Text;
  /** As ordered; a file whose format has a system of its own says so under `files`. */
  readonly crs: string;
  readonly heights: string;
  /** 3 where positions carry heights. */
  readonly dimension: 2 | 3;
  readonly licence: Text;
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
  /** EPSG code of its coordinates, and the system of its heights; absent of files without any. */
  readonly srid?: number;
  readonly heights?: string;
}

/** `manifest.json` of a package. The same data give the same text: there is no moment of packing in it. */
export interface OrderManifest {
  readonly city: Text;
  /** Without the account that it was made for, which is no one else's business. */
  readonly order: Omit<NewDataOrder, 'client' | 'notify'>;
  /** For whom, for which case, and on which terms. */
  readonly note: Text;
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
  { name, title, dimension, licence }: Layer,
  { srid, heights }: Pick<NewDataOrder, 'srid' | 'heights'>,
  objects: number,
  version: string,
  status: Pick<LayerStatus, 'loadedAt' | 'source'> | undefined,
): ManifestLayer => ({
  ...{ layer: name, title, crs: `EPSG:${srid}`, heights, dimension, licence, objects, version },
  ...{ loadedAt: status?.loadedAt ?? null, source: status?.source ?? null },
});
