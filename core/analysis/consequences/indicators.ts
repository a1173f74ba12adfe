import {
  BIOACTIVE_SHARE_ROW,
  BUILT_SHARE_ROW,
  BUILT_UP_AREA_ROW,
  FLOOR_AREA_ROW,
  INTENSITY_ROW,
  PARCELS_ROW,
} from './built.ts';
import { CONSTRAINTS_ROW } from './constraints-row.ts';
import { CUT_ROW, FILL_ROW } from './earthworks.ts';
import { FLOOD_ROW } from './flood.ts';
import { CANOPY_ROW, PERMIT_TREES_ROW, TREES_ROW } from './greenery.ts';
import { HEIGHTS_ROW } from './heights.ts';
import type { Indicator } from './indicator.ts';
import { GROUND_SUN_ROW, OBSTRUCTED_ROW, SHADED_ROW, SKY_ROW, SUNLESS_ROW } from './light-rows.ts';
import { CLOSED_ROADS_ROW, ROADS_ROW, UTILITIES_ROW } from './networks.ts';
import {
  FACILITIES_ROW,
  NURSERY_BALANCE_ROW,
  NURSERY_DEMAND_ROW,
  NURSERY_PLACES_ROW,
  RESIDENTS_ROW,
} from './people.ts';

/** Every indicator of the table of consequences, in its order. */
export const INDICATORS: readonly Indicator[] = [
  BUILT_UP_AREA_ROW,
  FLOOR_AREA_ROW,
  PARCELS_ROW,
  INTENSITY_ROW,
  BUILT_SHARE_ROW,
  BIOACTIVE_SHARE_ROW,
  HEIGHTS_ROW,
  CONSTRAINTS_ROW,
  SUNLESS_ROW,
  OBSTRUCTED_ROW,
  GROUND_SUN_ROW,
  SHADED_ROW,
  SKY_ROW,
  FLOOD_ROW,
  TREES_ROW,
  CANOPY_ROW,
  PERMIT_TREES_ROW,
  RESIDENTS_ROW,
  NURSERY_DEMAND_ROW,
  NURSERY_PLACES_ROW,
  NURSERY_BALANCE_ROW,
  FACILITIES_ROW,
  ROADS_ROW,
  CLOSED_ROADS_ROW,
  UTILITIES_ROW,
  CUT_ROW,
  FILL_ROW,
];

/** Those that an edit of some layers can have changed. */
export const affectedBy = (editedLayers: readonly string[]): readonly Indicator[] =>
  INDICATORS.filter(({ layers }) => layers.some((layer) => editedLayers.includes(layer)));
