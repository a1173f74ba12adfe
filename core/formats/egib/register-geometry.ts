import { type MultiPolygon, mapPositions } from '../../geo/geometry.ts';
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
  const property = childOf(object, 'geometria');
  const element = property?.children[0];
  if (element === undefined) {
    throw new RejectedObject('missing-geometry', `${object.local} has no geometria`, property ?? object);
  }
  const frame = frameOfBoundedBy(childOf(object, 'boundedBy'), collection);
  const { geometry, srid } = readGmlGeometry(element, frame);
  const flat = mapPositions(geometry, ([x, y]) => [x, y]);
  if (flat.type === 'MultiPolygon') return { geometry: flat, srid };
  if (flat.type === 'Polygon') {
    return { geometry: { type: 'MultiPolygon', coordinates: [flat.coordinates] }, srid };
  }
  throw new RejectedObject('invalid-geometry', `${object.local} needs a surface, got ${flat.type}`, element);
}
