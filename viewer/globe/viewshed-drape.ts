import type { CesiumWidget } from '@cesium/engine';
import { cornersOf, paintViewsheds, shownViewsheds } from '../sun/viewshed-ink.ts';
import { followPaintedDrape } from './painted-drape.ts';

/** Lays what is seen from points on the terrain. */
export const followViewshedDrape = (widget: CesiumWidget): (() => void) =>
  followPaintedDrape(widget, () => {
    const found = shownViewsheds.value;
    return (
      found && {
        places: found.flatMap(cornersOf),
        paint: (context, place) => paintViewsheds(context, found, place),
      }
    );
  });
