import { childOf, type XmlElement } from '../xml/element.ts';
import type { Bbox } from './bbox.ts';
import type { Geometry, Position } from './geometry.ts';
import { readCurve } from './gml-geometry-curves.ts';
import { GmlGeometryError, invalidGeometry } from './gml-geometry-error.ts';
import { crsIn, frameOf, type GmlFrame, PLAIN_FRAME } from './gml-geometry-frame.ts';
import { readPositions } from './gml-geometry-positions.ts';
import { readSurfaces } from './gml-geometry-surfaces.ts';

export interface GmlGeometry {
  /** In the order of the house. */
  readonly geometry: Geometry;
  readonly srid: number;
}

const POINTS = new Set(['Point']);
const CURVES = new Set(['LineString', 'Curve', 'CompositeCurve', 'OrientableCurve', 'LinearRing']);

/**
 * A GML 3.1.1 or 3.2 geometry. Surfaces become MultiPolygon, except `Polygon`, which stays one.
 * @throws GmlGeometryError with the line when it cannot be taken over.
 */
export function readGmlGeometry(element: XmlElement, inherited: GmlFrame = PLAIN_FRAME): GmlGeometry {
  const frame = frameOf(element, inherited);
  if (POINTS.has(element.local)) {
    return withCrs(element, frame, { type: 'Point', coordinates: onePosition(element, frame) });
  }
  if (CURVES.has(element.local)) {
    return withCrs(element, frame, { type: 'LineString', coordinates: oneLine(element, frame) });
  }
  if (element.local === 'MultiPoint') {
    const points = membersOf(element, /^pointMembers?$/).map((point) =>
      onePosition(point, frameOf(point, frame)),
    );
    return withCrs(element, frame, { type: 'MultiPoint', coordinates: points });
  }
  if (element.local === 'MultiCurve' || element.local === 'MultiLineString') {
    const lines = membersOf(element, /^(curveMembers?|lineStringMember)$/).map((curve) =>
      oneLine(curve, frame),
    );
    return withCrs(element, frame, { type: 'MultiLineString', coordinates: lines });
  }
  const surfaces = readSurfaces(element, inherited);
  const [first] = surfaces;
  if (first === undefined) {
    throw new GmlGeometryError('missing-geometry', `${element.local} has no surface`, element);
  }
  if (surfaces.some(({ srid }) => srid !== first.srid)) {
    throw invalidGeometry(element, 'its parts name different CRS');
  }
  const { srid } = first;
  return element.local === 'Polygon'
    ? { geometry: { type: 'Polygon', coordinates: first.rings }, srid }
    : { geometry: { type: 'MultiPolygon', coordinates: surfaces.map(({ rings }) => rings) }, srid };
}

/**
 * `gml:Envelope` as a box of the house.
 * @throws GmlGeometryError when a corner or the CRS is missing.
 */
export function readEnvelope(element: XmlElement, inherited: GmlFrame = PLAIN_FRAME): Bbox {
  const frame = frameOf(element, inherited);
  const corners = ['lowerCorner', 'upperCorner']
    .map((local) => childOf(element, local))
    .flatMap((corner) =>
      corner
        ? readPositions({ ...element, attributes: {}, children: [{ ...corner, local: 'pos' }] }, frame)
        : [],
    );
  const [a, b] = corners.length === 2 ? corners : readPositions(element, frame);
  if (a === undefined || b === undefined) throw invalidGeometry(element, 'needs lowerCorner and upperCorner');
  const { srid } = crsIn(frame, element);
  if (a[0] > b[0] || a[1] > b[1]) throw invalidGeometry(element, 'lowerCorner lies beyond upperCorner');
  return { minX: a[0], minY: a[1], maxX: b[0], maxY: b[1], srid };
}

/**
 * The frame inside a collection or object whose `boundedBy/Envelope` names a CRS once for all. An unknown CRS
 * there is a fault only for geometries that name none themselves.
 */
export function frameOfBoundedBy(element: XmlElement | undefined, inherited: GmlFrame): GmlFrame {
  const envelope = childOf(element, 'Envelope');
  if (envelope === undefined) return inherited;
  try {
    return frameOf(envelope, inherited);
  } catch (error) {
    if (!(error instanceof GmlGeometryError)) throw error;
    return { ...inherited, crs: undefined, crsFault: error.message };
  }
}

function membersOf(element: XmlElement, name: RegExp): XmlElement[] {
  return element.children.filter(({ local }) => name.test(local)).flatMap(({ children }) => children);
}

function onePosition(element: XmlElement, frame: GmlFrame): Position {
  const [position, ...more] = readPositions(element, frame);
  if (position === undefined || more.length > 0) throw invalidGeometry(element, 'needs one position');
  return position;
}

function oneLine(element: XmlElement, frame: GmlFrame): Position[] {
  const positions = readCurve(element, frame);
  if (positions.length < 2) throw invalidGeometry(element, 'needs at least 2 positions');
  return positions;
}

function withCrs(element: XmlElement, frame: GmlFrame, geometry: Geometry): GmlGeometry {
  return { geometry, srid: crsIn(frame, element).srid };
}
