import type { Position, Ring } from '../../geo/geometry.ts';
import { isInside, signedArea } from '../../geo/plane.ts';
import { type AreaFile, type AreaPolygon, unreadableArea } from './area-file.ts';
import { sridOfProjection } from './projection-file.ts';

const [HEAD_BYTES, FILE_CODE, NULL_SHAPE] = [100, 9994, 0];
/** Polygon, PolygonZ, PolygonM. */
const POLYGONS = [5, 15, 25];

/**
 * Polygons of a Shapefile (ESRI Shapefile Technical Description, 1998): shells clockwise, holes the other way.
 * @param projection text of the `.prj` beside it
 */
export function readShapefileArea(shp: Uint8Array, projection: string | undefined): AreaFile {
  const view = new DataView(shp.buffer, shp.byteOffset, shp.byteLength);
  if (shp.length < HEAD_BYTES || view.getInt32(0) !== FILE_CODE) {
    throw unreadableArea('The .shp does not begin as a Shapefile does');
  }
  const polygons: AreaPolygon[] = [];
  let leftOut = 0;
  for (let at = HEAD_BYTES; at + 12 <= shp.length; ) {
    const length = view.getInt32(at + 4) * 2;
    const end = at + 8 + length;
    if (length < 4 || end > shp.length) {
      throw unreadableArea(`The .shp breaks off in its record at byte ${at}`);
    }
    const kind = view.getInt32(at + 8, true);
    if (POLYGONS.includes(kind)) polygons.push(...polygonsOf(ringsOf(view, at + 8, end)));
    else if (kind !== NULL_SHAPE) leftOut++;
    at = end;
  }
  const srid = projection === undefined ? undefined : sridOfProjection(projection);
  return { form: 'Shapefile', polygons, srid, leftOut };
}

function ringsOf(view: DataView, at: number, end: number): readonly Ring[] {
  const [parts, points] = [view.getInt32(at + 36, true), view.getInt32(at + 40, true)];
  const first = at + 44 + parts * 4;
  if (parts < 0 || points < 0 || first + points * 16 > end) {
    throw unreadableArea(`The .shp counts more points than its record at byte ${at} holds`);
  }
  const starts = Array.from({ length: parts }, (_, part) => view.getInt32(at + 44 + part * 4, true));
  return starts.map((start, part) => {
    const stop = Math.min(starts[part + 1] ?? points, points);
    return Array.from({ length: Math.max(0, stop - start) }, (_, index): Position => {
      const place = first + (start + index) * 16;
      return [view.getFloat64(place, true), view.getFloat64(place + 8, true)];
    });
  });
}

function polygonsOf(rings: readonly Ring[]): readonly AreaPolygon[] {
  const shells = rings.filter(isClockwise).map((ring): Ring[] => [ring]);
  for (const hole of rings.filter((ring) => !isClockwise(ring))) {
    const [corner] = plan(hole);
    const around = corner && shells.find(([shell]) => shell && isInside(plan(shell), corner));
    // A hole in nothing is a shell that was written the wrong way round.
    if (around) around.push(hole);
    else shells.push([hole]);
  }
  return shells;
}

const plan = (ring: Ring) => ring.map(([x, y]) => [x, y] as const);

const isClockwise = (ring: Ring): boolean => signedArea(plan(ring)) < 0;
