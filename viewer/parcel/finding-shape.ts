/** The place of a finding as the maps take it: GeoJSON in EPSG:2177, easting first, of any kind. */
import { bboxOf } from '../../core/geo/bbox.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { geometrySchema } from '../../core/wire/geometry.ts';
import type { PlanBox } from '../state/twin-state.ts';

interface Loose {
  readonly type: string;
  readonly [member: string]: unknown;
}

/** Its simple parts; what cannot be read is left out. */
export function shapesOf(geometry: Loose): readonly Geometry[] {
  if (geometry.type === 'GeometryCollection') {
    const members = geometry['geometries'];
    return Array.isArray(members) ? members.flatMap((member: Loose) => shapesOf(member)) : [];
  }
  const read = geometrySchema.safeParse(geometry);
  return read.success ? [read.data as Geometry] : [];
}

export function boxOfShape(geometry: Loose): PlanBox | undefined {
  const boxes = shapesOf(geometry).flatMap((shape) => bboxOf(shape, 2177) ?? []);
  if (boxes.length === 0) return undefined;
  return [
    Math.min(...boxes.map(({ minX }) => minX)),
    Math.min(...boxes.map(({ minY }) => minY)),
    Math.max(...boxes.map(({ maxX }) => maxX)),
    Math.max(...boxes.map(({ maxY }) => maxY)),
  ];
}
