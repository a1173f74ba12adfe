import type { CesiumWidget } from '@cesium/engine';
import { paintedTraffic } from '../traffic/painted-traffic.ts';
import { paintTraffic } from '../traffic/traffic-ink.ts';
import { followPaintedDrape } from './painted-drape.ts';

/** One picture serves every distance: lines are as wide as they must be from where the whole city is seen. */
const WIDER = 2;

/** Lays traffic on the streets of the terrain. */
export const followTrafficDrape = (widget: CesiumWidget): (() => void) =>
  followPaintedDrape(widget, () => {
    const painted = paintedTraffic.value;
    return (
      painted && {
        places: [
          ...painted.links.flatMap(({ path }) => path),
          ...painted.homes.map(({ at }) => at),
          ...painted.areas.flatMap(({ rings }) => rings[0] ?? []),
        ],
        paint: (context, place, pxPerM) =>
          paintTraffic(context, painted, place, WIDER * pxPerM, WIDER * pxPerM),
      }
    );
  });
