import type { CancelSignal } from '../../core/cancel.ts';
import { isPictures, type Layer } from '../../core/feature/layer.ts';
import type { PictureLayer } from './draw-picture.ts';
import type { Frame } from './frame.ts';
import type { MapSource } from './map-source.ts';
import type { LayerPlan } from './plan-layer.ts';

/** Layers read from the store at the same time. */
const READ_AT_ONCE = 3;

/**
 * What the layers of a picture show, in the order of the plans.
 * @param versions what the source told of the plans just before, where it was asked
 */
export async function readLayers(
  maps: MapSource,
  plans: readonly LayerPlan[],
  frame: Frame,
  signal: CancelSignal,
  versions: readonly string[] = [],
): Promise<readonly PictureLayer[]> {
  const layers: PictureLayer[] = [];
  const asks = plans.map((plan, index) => ({ ...plan, version: versions[index] }));
  for (let i = 0; i < asks.length; i += READ_AT_ONCE) {
    const some = asks.slice(i, i + READ_AT_ONCE).map((ask) => readLayer(maps, ask, frame, signal));
    layers.push(...(await Promise.all(some)));
  }
  return layers;
}

async function readLayer(
  maps: MapSource,
  plan: LayerPlan,
  frame: Frame,
  signal: CancelSignal,
): Promise<PictureLayer> {
  const layer = drawnOf(plan.layer);
  const { area } = plan;
  if (isPictures(plan.layer) && maps.pictures) {
    return { layer, area, classes: [], pictures: await maps.pictures(plan, frame, signal) };
  }
  return { layer, area, classes: await maps.shapes(plan, signal) };
}

/** What the drawing needs of a layer, since it goes to another thread. */
const drawnOf = ({ style, geometryType, srid }: Layer): PictureLayer['layer'] => ({
  style,
  geometryType,
  srid,
});
