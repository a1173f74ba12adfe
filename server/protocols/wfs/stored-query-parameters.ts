/** Parameters of stored queries: their types, their values, and the places where values are put (09-025r2, 14.2.2.4). */
import { invalidParameter, missingParameter } from '../../../core/errors.ts';
import type { XmlElement } from '../../../core/xml/element.ts';
import { parseXml } from '../../../core/xml/reader.ts';
import type { StoredQueryParameter } from '../../services/stored-queries.ts';

interface ValueType {
  readonly words: string;
  /** A value with which a definition is tried. */
  readonly sample: string;
  holds(value: string): boolean;
}

const kind = (words: string, sample: string, pattern: RegExp): ValueType => ({
  words,
  sample,
  holds: (value) => pattern.test(value),
});
const TEXT = kind('text', 'a', /^/);
const WHOLE = kind('a whole number', '1', /^[-+]?\d{1,18}$/);
const NUMBER = kind('a number', '1', /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i);

/** Of XML Schema, by local name. */
const VALUE_TYPES: Readonly<Record<string, ValueType>> = {
  string: TEXT,
  token: TEXT,
  normalizedString: TEXT,
  anyURI: kind('a URI', 'urn:ogc:def:crs:OGC:1.3:CRS84', /^\S+$/),
  QName: kind('a name', 'id', /^[\p{L}_][\p{L}\p{N}_.-]*(:[\p{L}_][\p{L}\p{N}_.-]*)?$/u),
  integer: WHOLE,
  int: WHOLE,
  long: WHOLE,
  short: WHOLE,
  nonNegativeInteger: kind('a whole number from 0', '1', /^\+?\d{1,18}$/),
  positiveInteger: kind('a whole number from 1', '1', /^\+?0*[1-9]\d{0,17}$/),
  decimal: NUMBER,
  double: NUMBER,
  float: NUMBER,
  boolean: kind('true or false', 'true', /^(true|false|0|1)$/),
  date: kind('a date (YYYY-MM-DD)', '2026-01-01', /^\d{4}-\d\d-\d\d$/),
  dateTime: kind(
    'a moment (YYYY-MM-DDThh:mm:ssZ)',
    '2026-01-01T00:00:00Z',
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)?$/,
  ),
};
const GEOMETRY_TYPE =
  /^(Abstract)?(Geometry|Point|LineString|Curve|Polygon|Surface|Envelope|Multi(Point|Curve|Surface|Geometry))(Property)?(Type)?$/;
const SAMPLE_GEOMETRY =
  '<Envelope xmlns="http://www.opengis.net/gml/3.2" srsName="urn:ogc:def:crs:OGC:1.3:CRS84"><lowerCorner>16.9 52.4</lowerCorner><upperCorner>17 52.5</upperCorner></Envelope>';

/** @throws TwinError invalid-parameter */
export function parameterType(name: string, type: string): Pick<StoredQueryParameter, 'type' | 'isGeometry'> {
  const local = type.slice(type.indexOf(':') + 1);
  const isGeometry = GEOMETRY_TYPE.test(local);
  if (isGeometry || Object.hasOwn(VALUE_TYPES, local)) return { type: local, isGeometry };
  throw invalidParameter(
    name,
    `Parameter ${name} is of type "${type.slice(0, 100)}"; there are ${Object.keys(VALUE_TYPES).join(', ')} and geometries of GML (PolygonType …)`,
  );
}

/**
 * The values of a call, each checked by its type.
 * @param given by lower-case names
 * @throws TwinError missing-parameter or invalid-parameter
 */
export function valuesOf(
  parameters: readonly StoredQueryParameter[],
  given: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map(
    parameters.map(({ name, type, isGeometry }) => {
      const value = given.get(name.toLowerCase());
      if (value === undefined) {
        throw missingParameter(name, `The stored query needs the parameter ${name}`);
      }
      const expected = VALUE_TYPES[type];
      if (!isGeometry && expected && !expected.holds(value)) {
        throw invalidParameter(name, `${name} must be ${expected.words}, got "${value.slice(0, 100)}"`);
      }
      return [name, value];
    }),
  );
}

export const sampleValues = (parameters: readonly StoredQueryParameter[]): ReadonlyMap<string, string> =>
  new Map(
    parameters.map(({ name, type, isGeometry }) => [
      name,
      isGeometry ? SAMPLE_GEOMETRY : (VALUE_TYPES[type]?.sample ?? ''),
    ]),
  );

const PLACE = /\$\{([^{}]*)\}/g;

/** Names in the places of an element and of everything in it. */
export function* placesIn({ text, attributes, children }: XmlElement): Generator<string> {
  for (const written of [text, ...Object.values(attributes)]) {
    for (const [, name = ''] of written.matchAll(PLACE)) yield name;
  }
  for (const child of children) yield* placesIn(child);
}

/**
 * The element with values in its places. They are put into the tree, not into its text, so that a value stays a value;
 * geometries become the last elements where they stand.
 * @throws TwinError invalid-parameter for a geometry that is no element of GML
 */
export function withValues(
  element: XmlElement,
  parameters: readonly StoredQueryParameter[],
  values: ReadonlyMap<string, string>,
): XmlElement {
  const geometries = new Set(parameters.flatMap(({ name, isGeometry }) => (isGeometry ? name : [])));
  const put = (written: string) => written.replaceAll(PLACE, (_, name: string) => values.get(name) ?? '');
  const fill = (each: XmlElement): XmlElement => {
    const inside = [...each.text.matchAll(PLACE)].flatMap(([, name = '']) =>
      geometries.has(name) ? [geometryOf(name, values.get(name) ?? '')] : [],
    );
    const text = each.text.replaceAll(PLACE, (place, name: string) => (geometries.has(name) ? '' : place));
    return {
      ...each,
      text: put(text),
      attributes: Object.fromEntries(
        Object.entries(each.attributes).map(([name, value]) => [name, put(value)]),
      ),
      children: [...each.children.map(fill), ...inside],
    };
  };
  return fill(element);
}

function geometryOf(name: string, text: string): XmlElement {
  if (!text.trim().startsWith('<')) {
    throw invalidParameter(name, `${name} must be a geometry as an element of GML`);
  }
  const declared = /xmlns(:\w+)?=/.test(text)
    ? text
    : text.replace(/<([\w:]+)/, '<$1 xmlns:gml="http://www.opengis.net/gml/3.2"');
  return parseXml(declared);
}
