import type OlMap from 'ol/Map.js';
import { paintedTraffic } from '../traffic/painted-traffic.ts';
import { paintTraffic } from '../traffic/traffic-ink.ts';
import { followPaintedLayer } from './painted-layer.ts';

/** Above the registers, below what a scenario changes. */
const ABOVE_REGISTERS = 434;

/** Draws traffic on the plan while its work space is open. */
export const followTrafficMap = (map: OlMap): (() => void) =>
  followPaintedLayer(map, ABOVE_REGISTERS, () => {
    const painted = paintedTraffic.value;
    return (
      painted && {
        paint: (context, place, pxPerM, pxPerPoint) =>
          paintTraffic(context, painted, place, pxPerM, pxPerPoint),
      }
    );
  });
