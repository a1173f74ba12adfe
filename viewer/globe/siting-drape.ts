import type { CesiumWidget } from '@cesium/engine';
import { paintedSiting } from '../siting/painted-siting.ts';
import { paintPoints } from '../siting/siting-ink.ts';
import { followPaintedDrape } from './painted-drape.ts';

/** Lays on the terrain whom the sites serve. */
export const followSitingDrape = (widget: CesiumWidget): (() => void) =>
  followPaintedDrape(widget, () => {
    const painted = paintedSiting.value;
    return (
      painted && {
        places: painted.points.map(({ e, n }) => [e, n] as const),
        paint: (context, place, pxPerM) => paintPoints(context, painted, place, pxPerM),
      }
    );
  });
