import type { CancelSignal } from '../../core/cancel.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { Filter } from '../../core/filter/ast.ts';
import type { Bbox } from '../../core/geo/bbox.ts';
import type { Frame } from './frame.ts';
import type { PlacedPicture } from './placed-picture.ts';

/** What is to be shown of one layer. */
export interface ShapesAsk {
  /** As this person may see it; its style says which columns are read. */
  readonly layer: Layer;
  /** In the storage CRS of the layer. */
  readonly area: Bbox;
  /** Whether labels are wanted. */
  readonly withLabels: boolean;
  /** Areas and lines smaller than this both ways, in units of the storage CRS, may be left out. */
  readonly smallest: number;
  /** Of the objects, only these. */
  readonly filter?: Filter | undefined;
  /** What `versions` told of the area just before: a source that keeps shapes may answer from memory then. */
  readonly version?: string | undefined;
}

/** Objects of one class of the style. */
export interface ClassShapes {
  /** Index among the entries of the style's classes; -1 = none of them. */
  readonly entry: number;
  /** Well-known binary geometries one after another, storage CRS, seen from above. */
  readonly wkb: Uint8Array;
  /** For each geometry the values of the label's property and suffix. Empty without labels. */
  readonly labels: readonly (readonly [unknown, unknown])[];
}

/** Where pictures take their shapes from: what is drawn, and nothing else of the objects. */
export interface MapSource {
  /** @throws TwinError too-large when there are more objects than a picture can hold */
  shapes(ask: ShapesAsk, signal: CancelSignal): Promise<readonly ClassShapes[]>;
  /**
   * For each layer the version of what it shows in an area (its storage CRS): any change within changes it.
   */
  versions(
    areas: readonly { readonly layer: Layer; readonly area: Bbox }[],
    signal: CancelSignal,
  ): Promise<readonly string[]>;
  /**
   * The same of a layer that is pictures, of heights or of somebody else's service, in place of shapes. A source without such has none.
   * @throws TwinError unavailable while that service is down and nothing is kept of it
   */
  pictures?(
    ask: Pick<ShapesAsk, 'layer' | 'filter'>,
    frame: Frame,
    signal: CancelSignal,
  ): Promise<readonly PlacedPicture[]>;
}
