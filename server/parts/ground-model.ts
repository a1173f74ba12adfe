import { groundHeights } from '../../core/catalogue/ground-heights.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { type ReliefModel, reliefCells, reliefMaps } from '../../tiles/picture/relief-picture.ts';
import type { Relief } from '../../tiles/terrain/open-terrain.ts';
import type { GroundModel } from '../services/ground-model.ts';

interface About {
  readonly dataset: string;
  readonly source: string;
  readonly synthetic: boolean;
}

/** @param more what is said of the layer otherwise */
export function groundModelOf(model: ReliefModel, about: About, more: Partial<Layer> = {}): GroundModel {
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

/** That of the relief in use, made once for each: every map asks for it. */
export function groundModelInUse(
  reliefNow: () => Relief | undefined,
  aboutOf: (relief: Relief) => About,
): () => GroundModel | undefined {
  let kept: { readonly relief: Relief; readonly model: GroundModel } | undefined;
  return () => {
    const relief = reliefNow();
    if (!relief) return undefined;
    if (kept?.relief !== relief) kept = { relief, model: groundModelOf(relief, aboutOf(relief)) };
    return kept.model;
  };
}
