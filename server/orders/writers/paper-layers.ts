import type { CancelSignal } from '../../../core/cancel.ts';
import { paperLook } from '../../../core/style/paper-look.ts';
import type { PictureLayer } from '../../../tiles/picture/draw-picture.ts';
import type { Frame } from '../../../tiles/picture/frame.ts';
import type { MapSource } from '../../../tiles/picture/map-source.ts';
import { type LayerPlan, planLayer } from '../../../tiles/picture/plan-layer.ts';
import { readLayers } from '../../../tiles/picture/read-layers.ts';
import type { OrderedLayer } from './order-writer.ts';

/** Layers as the base map has them, from the lowest to the topmost, with what a frame shows of each. */
export async function paperLayers(
  layers: readonly OrderedLayer[],
  frame: Frame,
  maps: MapSource,
  signal: CancelSignal,
): Promise<{ readonly plans: readonly LayerPlan[]; readonly shown: readonly PictureLayer[] }> {
  const plans = layers
    .flatMap(({ layer }) => paperLook(layer) ?? [])
    .toSorted((a, b) => a.drawOrder - b.drawOrder)
    .flatMap((layer) => planLayer(frame, layer) ?? []);
  return { plans, shown: await readLayers(maps, plans, frame, signal) };
}
