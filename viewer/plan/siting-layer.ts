import type OlMap from 'ol/Map.js';
import { paintedSiting } from '../siting/painted-siting.ts';
import { paintPoints } from '../siting/siting-ink.ts';
import { followPaintedLayer } from './painted-layer.ts';

/** Above the registers, below what a scenario changes. */
const ABOVE_REGISTERS = 432;

/** Draws whom the sites serve on the plan while the work space of siting is open. */
export const followSitingMap = (map: OlMap): (() => void) =>
  followPaintedLayer(map, ABOVE_REGISTERS, () => {
    const painted = paintedSiting.value;
    return painted && { paint: (context, ...scale) => paintPoints(context, painted, ...scale) };
  });
