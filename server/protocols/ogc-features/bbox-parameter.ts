import { invalidParameter } from '../../../core/errors.ts';
import type { Filter } from '../../../core/filter/ast.ts';
import { type Bbox, parseBbox } from '../../../core/geo/bbox.ts';
import { type CrsReference, crsOf } from '../../../core/geo/crs.ts';

/**
 * The parameter `bbox`. In degrees the first longitude may be greater than the second: then the box crosses the
 * antimeridian (17-069r4, 7.15.3) and becomes two.
 * @throws TwinError invalid-parameter
 */
export function bboxFilter(text: string, crs: CrsReference): Filter {
  const boxes = splitAtAntimeridian(text, crs).map((part) => parseBbox(part, crs.srid, crs.order));
  if (crsOf(crs.srid).unit === 'degree') boxes.forEach(checkLatitudes);
  const filters = boxes.map((bbox): Filter => ({ op: 'bbox', bbox }));
  const [only] = filters;
  return filters.length === 1 && only ? only : { op: 'or', args: filters };
}

function checkLatitudes(box: Bbox): void {
  if (box.minY < -90 || box.maxY > 90) {
    throw invalidParameter('bbox', 'bbox has a latitude beyond ±90°; are the axes swapped?');
  }
}

function splitAtAntimeridian(text: string, crs: CrsReference): readonly string[] {
  const parts = text.split(',');
  if (crsOf(crs.srid).unit !== 'degree' || (parts.length !== 4 && parts.length !== 6)) return [text];
  const half = parts.length / 2;
  const lon = crs.order === 'easting-northing' ? 0 : 1;
  if (!(Number(parts[lon]) > Number(parts[lon + half]))) return [text];
  return [parts.with(lon + half, '180').join(','), parts.with(lon, '-180').join(',')];
}
