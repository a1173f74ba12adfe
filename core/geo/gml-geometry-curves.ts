import { childrenOf, type XmlElement } from '../xml/element.ts';
import { crsOf } from './crs.ts';
import type { Position, Ring } from './geometry.ts';
import { strokeArc } from './gml-geometry-arc.ts';
import { invalidGeometry } from './gml-geometry-error.ts';
import { crsIn, frameOf, type GmlFrame, membersOf, spend } from './gml-geometry-frame.ts';
import { readPositions } from './gml-geometry-positions.ts';

/**
 * The positions of a curve: LineString, LinearRing, Curve of line and arc segments, CompositeCurve,
 * OrientableCurve, Ring. Arcs become chords (`strokeArc`).
 * @throws GmlGeometryError for curves that are not read (splines, arcs by centre) or do not join.
 */
export function readCurve(element: XmlElement, inherited: GmlFrame, nesting = 0): Position[] {
  if (nesting > 20) throw invalidGeometry(element, 'curves refer to each other in a circle');
  const frame = frameOf(element, inherited);
  spend(frame, element, 1 + element.children.length);
  switch (element.local) {
    case 'LineString':
    case 'LinearRing':
    case 'LineStringSegment':
      return readPositions(element, frame);
    case 'Curve':
      return join(
        element,
        childrenOf(element, 'segments').flatMap(({ children }) => children),
        (segment) => readCurve(segment, frame, nesting + 1),
      );
    case 'Arc':
    case 'ArcString':
    case 'Circle':
      return readArcs(element, frame);
    case 'CompositeCurve':
    case 'Ring':
      return join(element, curvesOf(element, frame), (curve) => readCurve(curve, frame, nesting + 1));
    case 'OrientableCurve': {
      const positions = curvesOf(element, frame).flatMap((curve) => readCurve(curve, frame, nesting + 1));
      return element.attributes['orientation'] === '-' ? positions.reverse() : positions;
    }
    default:
      throw invalidGeometry(element, 'this kind of curve is not read; export it as line strings or arcs');
  }
}

/**
 * A closed ring.
 * @param element LinearRing or Ring
 * @throws GmlGeometryError when it is not closed or has fewer than three corners.
 */
export function readRing(element: XmlElement, frame: GmlFrame): Ring {
  const ring = readCurve(element, frame);
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length < 4 || first === undefined || last === undefined) {
    throw invalidGeometry(element, `a ring needs at least 4 positions, this one has ${ring.length}`);
  }
  if (!samePosition(first, last)) throw invalidGeometry(element, 'the ring is not closed');
  if (ring.some((position) => position.length !== first.length)) {
    throw invalidGeometry(element, 'some positions have heights and some have none');
  }
  return ring;
}

function curvesOf(element: XmlElement, frame: GmlFrame): XmlElement[] {
  return element.children
    .filter((member) => /^(curveMembers?|baseCurve)$/.test(member.local))
    .flatMap((member) => membersOf(member, frame));
}

function join(
  element: XmlElement,
  parts: readonly XmlElement[],
  read: (part: XmlElement) => Position[],
): Position[] {
  const joined: Position[] = [];
  for (const part of parts) {
    const positions = read(part);
    const [end, start] = [joined.at(-1), positions[0]];
    if (end !== undefined && start !== undefined && !samePosition(end, start)) {
      throw invalidGeometry(element, 'a part of the curve does not begin where the part before it ends');
    }
    for (const position of end === undefined ? positions : positions.slice(1)) joined.push(position);
  }
  return joined;
}

function readArcs(element: XmlElement, frame: GmlFrame): Position[] {
  const points = readPositions(element, frame);
  if (crsOf(crsIn(frame, element).srid).unit !== 'm') {
    throw invalidGeometry(element, 'arcs are read only in a CRS in metres');
  }
  const circle = element.local === 'Circle';
  const expected =
    element.local === 'ArcString' ? points.length >= 3 && points.length % 2 === 1 : points.length === 3;
  if (!expected) throw invalidGeometry(element, `${points.length} positions do not make it`);
  const stroked: Position[] = [];
  for (let i = 0; i + 2 < points.length; i += 2) {
    const [a, b, c] = points.slice(i, i + 3);
    const chords = a && b && c && strokeArc(a, b, c, circle);
    if (!chords) throw invalidGeometry(element, 'its positions lie on a straight line');
    for (const position of i === 0 ? chords : chords.slice(1)) stroked.push(position);
  }
  frame.onArc?.();
  return stroked;
}

function samePosition(a: Position, b: Position): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
}
