/** Objects of somebody else's service, in GeoJSON or GML, as plain columns with a geometry. */
import { notSupported, reasonOf } from '../errors.ts';
import { geoJsonCrs } from '../formats/geojson-crs.ts';
import { reproject } from '../geo/crs.ts';
import { type Geometry, mapPositions } from '../geo/geometry.ts';
import { readGmlGeometry } from '../geo/gml-geometry.ts';
import { geometrySchema } from '../wire/geometry.ts';
import { gmlIdOf, textOf, type XmlElement } from '../xml/element.ts';
import { readForeignXml } from './capabilities.ts';

export interface ReadObject {
  readonly id: string | undefined;
  /** Easting (longitude) first, without heights; null where there is none. */
  readonly geometry: Geometry | null;
  readonly columns: Readonly<Record<string, string | number | boolean>>;
}

export interface ObjectPage {
  readonly objects: readonly ReadObject[];
  /** Of all geometries; undefined where there is none. */
  readonly srid: number | undefined;
  /** Of all pages together, where it is said. */
  readonly matched: number | undefined;
  /** Of the next page (OGC API). */
  readonly next: string | undefined;
}

const flat = (geometry: Geometry): Geometry => mapPositions(geometry, ([x, y]) => [x, y]);

/** @throws TwinError not-supported in words */
export function readGeoJsonPage(bytes: Uint8Array): ObjectPage {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw notSupported('the answer is no JSON');
  }
  const { features, crs, links, numberMatched } = Object(document) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(features)) throw notSupported('the answer is no FeatureCollection of GeoJSON');
  const { srid } = geoJsonCrs(crs, undefined);
  const next = (Array.isArray(links) ? links : []).find((link) => Object(link).rel === 'next');
  return {
    objects: features.map((feature: unknown) => {
      const { id, geometry, properties } = Object(feature) as Readonly<Record<string, unknown>>;
      const parsed = geometrySchema.safeParse(geometry);
      if (!parsed.success && geometry !== null && geometry !== undefined)
        throw notSupported(`the geometry of "${String(id)}" cannot be read`);
      const columns = Object.entries(Object(properties) as object).flatMap(([name, value]) =>
        value === null || value === undefined ? [] : [[name, plain(value)] as const],
      );
      return {
        id: id === undefined || id === null ? undefined : String(id),
        geometry: parsed.success ? flat(parsed.data as Geometry) : null,
        columns: Object.fromEntries(columns),
      };
    }),
    srid,
    matched: typeof numberMatched === 'number' ? numberMatched : undefined,
    next: typeof Object(next).href === 'string' ? Object(next).href : undefined,
  };
}

const plain = (value: unknown): string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : JSON.stringify(value);

/** GML 3.1.1 and 3.2 of simple features. @throws TwinError not-supported in words */
export function readGmlPage(bytes: Uint8Array): ObjectPage {
  const root = readForeignXml(bytes);
  if (root.local !== 'FeatureCollection') throw notSupported(`the answer is ${root.local}, not objects`);
  let srid: number | undefined;
  const objects = root.children
    .filter(({ local }) => /^(?:member|featureMembers?)$/.test(local))
    .flatMap(({ children }) => children)
    .map((element): ReadObject => {
      const columns: Record<string, string> = {};
      let geometry: Geometry | null = null;
      for (const child of element.children) {
        const [inner] = child.children;
        const text = textOf(child);
        if (child.local === 'boundedBy') continue;
        if (inner && /gml/.test(inner.namespace) && geometry === null) {
          const read = geometryIn(inner);
          srid ??= read.srid;
          geometry = flat(reproject(read.geometry, read.srid, srid));
        } else if (!inner && text !== undefined) columns[child.local] = text;
      }
      return { id: gmlIdOf(element), geometry, columns };
    });
  const matched = Number(root.attributes['numberMatched']);
  return { objects, srid, matched: Number.isInteger(matched) ? matched : undefined, next: undefined };
}

function geometryIn(element: XmlElement) {
  try {
    return readGmlGeometry(element);
  } catch (error) {
    throw notSupported(`a geometry in line ${element.line} cannot be read: ${reasonOf(error)}`);
  }
}
