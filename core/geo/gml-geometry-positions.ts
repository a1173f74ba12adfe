import { childrenOf, childText, type XmlElement } from '../xml/element.ts';
import { type CrsReference, swapPosition } from './crs.ts';
import type { Position } from './geometry.ts';
import { invalidGeometry } from './gml-geometry-error.ts';
import { crsIn, frameOf, type GmlFrame } from './gml-geometry-frame.ts';

/** Only what xs:double allows besides INF and NaN, which are no coordinates. */
const NOT_A_LIST_OF_NUMBERS = /[^\d\s.eE+-]/;

/**
 * The positions directly in an element, in the order of the house: `posList`, `pos`, `pointProperty`, or
 * the `coordinates` and `coord` of older GML.
 * @throws GmlGeometryError when a number, a count or the CRS cannot be used.
 */
export function readPositions(element: XmlElement, inherited: GmlFrame): Position[] {
  const frame = frameOf(element, inherited);
  const positions: Position[] = [];
  for (const child of element.children) {
    if (child.local === 'posList' || child.local === 'pos') {
      const inner = frameOf(child, frame);
      for (const position of parsePositions(child, inner)) positions.push(position);
    } else if (child.local === 'coordinates') {
      for (const position of parseCoordinates(child, frame)) positions.push(position);
    } else if (child.local === 'coord') {
      positions.push(parseCoord(child, frame));
    } else if (child.local === 'pointProperty' || child.local === 'pointRep') {
      for (const point of childrenOf(child, 'Point')) positions.push(...readPositions(point, frame));
    }
  }
  return positions;
}

function parsePositions(element: XmlElement, frame: GmlFrame): Position[] {
  const text = element.text.trim();
  if (NOT_A_LIST_OF_NUMBERS.test(text)) {
    throw invalidGeometry(element, `not a list of numbers: "${text.slice(0, 60)}"`);
  }
  const numbers = text === '' ? [] : text.split(/\s+/).map(Number);
  const { dimension } = frame;
  if (numbers.length % dimension !== 0) {
    throw invalidGeometry(element, `${numbers.length} numbers do not make positions of ${dimension}`);
  }
  if (element.local === 'pos' && numbers.length !== dimension) {
    throw invalidGeometry(element, `one position of ${dimension} numbers expected, got ${numbers.length}`);
  }
  const crs = crsIn(frame, element);
  const positions: Position[] = [];
  for (let i = 0; i < numbers.length; i += dimension) {
    positions.push(makePosition(element, numbers.slice(i, i + dimension), crs));
  }
  return positions;
}

function makePosition(element: XmlElement, numbers: readonly number[], crs: CrsReference): Position {
  if (!numbers.every(Number.isFinite)) {
    throw invalidGeometry(element, 'a coordinate is not a finite number');
  }
  const [x = 0, y = 0, z] = numbers;
  const position: Position = z === undefined ? [x, y] : [x, y, z];
  return crs.order === 'northing-easting' ? swapPosition(position) : position;
}

/** GML 2.1.2: `gml:coord` of `X`, `Y` and perhaps `Z`. */
function parseCoord(element: XmlElement, frame: GmlFrame): Position {
  const texts = ['X', 'Y', 'Z'].map((name) => childText(element, name)?.trim());
  const given = texts[2] === undefined ? texts.slice(0, 2) : texts;
  const numbers = given.map((text) => (text ? Number(text) : Number.NaN));
  return makePosition(element, numbers, crsIn(frame, element));
}

/** GML 3.1.1, 10.1.4.3: tuples with declared separators. */
function parseCoordinates(element: XmlElement, frame: GmlFrame): Position[] {
  const { decimal = '.', cs = ',', ts = ' ' } = element.attributes;
  const crs = crsIn(frame, element);
  const tuples = (ts.trim() === '' ? element.text.trim().split(/\s+/) : element.text.trim().split(ts)).filter(
    (tuple) => tuple.trim() !== '',
  );
  return tuples.map((tuple) => {
    const numbers = tuple
      .split(cs)
      .map((part) => (part.trim() === '' ? Number.NaN : Number(part.replace(decimal, '.'))));
    if (numbers.length !== 2 && numbers.length !== 3) {
      throw invalidGeometry(element, `a position needs 2 or 3 numbers: "${tuple.slice(0, 60)}"`);
    }
    return makePosition(element, numbers, crs);
  });
}
