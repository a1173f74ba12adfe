/** The model of the ground as maps show it. */
import type { Layer, LayerStatus } from '../../core/feature/layer.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import type { MapSource } from '../../tiles/picture/map-source.ts';

export interface GroundModel {
  readonly layer: Layer;
  readonly status: LayerStatus;
  readonly maps: MapSource;
  /** The cell at a place, for who points at it. */
  readonly features: FeatureSource;
}
