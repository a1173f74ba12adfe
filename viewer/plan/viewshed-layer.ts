import type OlMap from 'ol/Map.js';
import { paintViewsheds, shownViewsheds } from '../sun/viewshed-ink.ts';
import { followPaintedLayer } from './painted-layer.ts';

/** Above the registers, below what a scenario changes. */
const ABOVE_REGISTERS = 431;

/** Draws what is seen from points on the plan. */
export const followViewshedMap = (map: OlMap): (() => void) =>
  followPaintedLayer(map, ABOVE_REGISTERS, () => {
    const found = shownViewsheds.value;
    return found && { paint: (context, place) => paintViewsheds(context, found, place) };
  });
