import type { CesiumWidget } from '@cesium/engine';
import { paintedTraffic } from '../traffic/painted-traffic.ts';
import { paintTraffic } from '../traffic/traffic-ink.ts';
import { followPaintedDrape } from './painted-drape.ts';

/** Lays traffic on the streets of the terrain. */
export const followTrafficDrape = (widget: CesiumWidget): (() => void) =>
  followPaintedDrape(widget, () => {
    const painted = paintedTraffic.value;
    return (
      painted && {
        places: [...painted.links.flatMap(({ path }) => path), ...painted.homes.map(({ at }) => at)],
        // One picture serves every distance: lines are as wide as seen from above the whole city.
        paint: (context, place, pxPerM) => paintTraffic(context, painted, place, 1.6 * pxPerM, pxPerM),
      }
    );
  });
