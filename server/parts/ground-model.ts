import { groundHeights } from '../../core/catalogue/ground-heights.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { type ReliefModel, reliefCells, reliefMaps } from '../../tiles/picture/relief-picture.ts';
import type { GroundModel } from '../services/ground-model.ts';

/** @param more what is said of the layer otherwise */
export function groundModelOf(
  model: ReliefModel,
  about: { readonly dataset: string; readonly source: string; readonly synthetic: boolean },
  more: Partial<Layer> = {},
): GroundModel {
  const { minX, minY, maxX, maxY, srid } = model.extent;
  const layer = { ...groundHeights(model, { srid, dataset: about.dataset }), ...more };
  return {
    layer,
    status: {
      ...{ count: 1, extent: [minX, minY, maxX, maxY], loadedAt: undefined, knownSince: undefined },
      ...{ source: about.source, synthetic: about.synthetic, version: 1 },
    },
    maps: reliefMaps(model),
    features: reliefCells(model, layer),
  };
}
