import {
  type Geometry,
  type LineString,
  type MultiPolygon,
  mapPositions,
  type Point,
} from '../../geo/geometry.ts';
import { frameOfBoundedBy, readGmlGeometry } from '../../geo/gml-geometry.ts';
import type { GmlFrame } from '../../geo/gml-geometry-frame.ts';
import { childOf, type XmlElement } from '../../xml/element.ts';
import { RejectedObject } from '../rejected-object.ts';

/**
 * The outline of a parcel or building, heights dropped (some producers add zeros).
 * @throws GmlGeometryError or RejectedObject when there is none that can be taken over.
 */
export function readOutline(
  object: XmlElement,
  collection: GmlFrame,
): { readonly geometry: MultiPolygon; readonly srid: number } {
  const { geometry, srid, element } = readFlat(object, collection);
  if (geometry.type === 'MultiPolygon') return { geometry, srid };
  if (geometry.type === 'Polygon') {
    return { geometry: { type: 'MultiPolygon', coordinates: [geometry.coordinates] }, srid };
  }
  throw new RejectedObject(
    'invalid-geometry',
    `${object.local} needs a surface, got ${geometry.type}`,
    element,
  );
}

/**
 * The place of a boundary point or address, height dropped.
 * @throws GmlGeometryError or RejectedObject when there is none that can be taken over.
 */
export function readPlace(
  object: XmlElement,
  collection: GmlFrame,
): { readonly geometry: Point; readonly srid: number } {
  const { geometry, srid, element } = readFlat(object, collection);
  if (geometry.type === 'Point') return { geometry, srid };
  throw new RejectedObject(
    'invalid-geometry',
    `${object.local} needs a point, got ${geometry.type}`,
    element,
  );
}

/**
 * The run of a line, heights dropped.
 * @throws GmlGeometryError or RejectedObject when there is none that can be taken over.
 */
export function readLine(
  object: XmlElement,
  collection: GmlFrame,
): { readonly geometry: LineString; readonly srid: number } {
  const { geometry, srid, element } = readFlat(object, collection);
  if (geometry.type === 'LineString') return { geometry, srid };
  throw new RejectedObject('invalid-geometry', `${object.local} needs a line, got ${geometry.type}`, element);
}

/**
 * A geometry of whatever type, heights dropped.
 * @throws GmlGeometryError or RejectedObject when there is none that can be taken over.
 */
export function readFlat(
  object: XmlElement,
  collection: GmlFrame,
): { readonly geometry: Geometry; readonly srid: number; readonly element: XmlElement } {
  const property = childOf(object, 'geometria');
  const element = property?.children[0];
  if (element === undefined) {
    throw new RejectedObject('missing-geometry', `${object.local} has no geometria`, property ?? object);
  }
  const frame = frameOfBoundedBy(childOf(object, 'boundedBy'), collection);
  const { geometry, srid } = readGmlGeometry(element, frame);
  return { geometry: mapPositions(geometry, ([x, y]) => [x, y]), srid, element };
}
