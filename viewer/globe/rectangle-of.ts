import { Rectangle } from '@cesium/engine';
import { reprojectBbox } from '../../core/geo/bbox.ts';

/** What an extent covers, radians; everything where it is not known. @param srid of the extent */
export function rectangleOf(extent: readonly number[] | null | undefined, srid: number): Rectangle {
  if (!extent) return Rectangle.MAX_VALUE;
  const [minX = 0, minY = 0, maxX = 0, maxY = 0] = extent;
  const box = reprojectBbox({ minX, minY, maxX, maxY, srid }, 4326);
  return Rectangle.fromDegrees(box.minX, box.minY, box.maxX, box.maxY);
}
