/** Areas in GeoJSON, KML, WKT and lists of coordinates. */
import { reasonOf } from '../../errors.ts';
import type { AxisOrder } from '../../geo/crs.ts';
import type { Position, Ring } from '../../geo/geometry.ts';
import { childOf, childrenOf, descendantsOf, textOf, type XmlElement } from '../../xml/element.ts';
import { FILE_LIMITS, parseXml } from '../../xml/reader.ts';
import { geoJsonCrs } from '../geojson-crs.ts';
import { type AreaFile, type AreaPolygon, closedRing, unreadableArea } from './area-file.ts';

/** RFC 7946, and GeoJSON of 2008 with its member `crs`. */
export function readGeoJsonArea(text: string): AreaFile {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw unreadableArea(`The file begins like GeoJSON and cannot be read: ${reasonOf(error)}`);
  }
  const polygons: AreaPolygon[] = [];
  let leftOut = 0;
  const take = (value: unknown): void => {
    if (!isObject(value)) return;
    const { type, features, geometries, geometry, coordinates } = value;
    if (type === 'FeatureCollection' && Array.isArray(features)) for (const each of features) take(each);
    else if (type === 'GeometryCollection' && Array.isArray(geometries))
      for (const each of geometries) take(each);
    else if (type === 'Feature') take(geometry);
    else if (type === 'Polygon') polygons.push(ringsOf(coordinates));
    else if (type === 'MultiPolygon' && Array.isArray(coordinates))
      polygons.push(...coordinates.map(ringsOf));
    else leftOut++;
  };
  take(document);
  return {
    ...{ form: 'GeoJSON', polygons, leftOut },
    srid: geoJsonCrs(Reflect.get(Object(document), 'crs'), undefined).srid,
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function ringsOf(rings: unknown): AreaPolygon {
  if (!Array.isArray(rings)) throw unreadableArea('A polygon of the file has no rings');
  return rings.map((ring: unknown) => {
    if (!Array.isArray(ring)) throw unreadableArea('A ring of the file is no list of positions');
    return closedRing(
      ring.map((position: unknown): Position => {
        const [x, y] = Array.isArray(position) ? position : [];
        if (typeof x !== 'number' || typeof y !== 'number') {
          throw unreadableArea(`A position of the file is not two numbers: ${JSON.stringify(position)}`);
        }
        return [x, y];
      }),
    );
  });
}

/** KML 2.2 (OGC 07-147r2): WGS 84, longitude first. */
export function readKmlArea(text: string): AreaFile {
  const root = parseXml(text, FILE_LIMITS);
  const polygons: AreaPolygon[] = [];
  let leftOut = 0;
  for (const element of descendantsOf(root)) {
    if (element.local === 'Polygon') {
      const borders = ['outerBoundaryIs', 'innerBoundaryIs'].flatMap((name) => childrenOf(element, name));
      polygons.push(borders.map(kmlRing));
    } else if (element.local === 'LineString' || element.local === 'Point') leftOut++;
  }
  return { form: 'KML', polygons, srid: 4326, leftOut };
}

function kmlRing(border: XmlElement): Ring {
  const text = textOf(childOf(childOf(border, 'LinearRing'), 'coordinates')) ?? '';
  const positions = text
    .trim()
    .split(/\s+/)
    .map((tuple): Position => {
      const [x, y] = tuple.split(',').map(Number);
      return [finite(x, tuple), finite(y, tuple)];
    });
  return closedRing(positions);
}

/** WKT (OGC 06-103r4) with `SRID=2177;` before it where the CRS is known; easting first. */
export function readWktArea(text: string): AreaFile {
  const [, srid, kind, body = ''] =
    /^\s*(?:SRID=(\d+);)?\s*(POLYGON|MULTIPOLYGON)\s*(?:ZM?|M)?\s*(\(.*\))\s*;?\s*$/is.exec(text) ?? [];
  if (kind === undefined) {
    throw unreadableArea('WKT of an area is POLYGON ((E N, …)) or MULTIPOLYGON (((E N, …)))');
  }
  const list = body.replace(/[^()]+/g, (tuples) =>
    tuples.replace(/[^,]+/g, (tuple) => {
      const [x, y] = tuple.trim().split(/\s+/).map(Number);
      return tuple.trim() === '' ? '' : `[${finite(x, tuple)},${finite(y, tuple)}]`;
    }),
  );
  let read: unknown;
  try {
    read = JSON.parse(list.replaceAll('(', '[').replaceAll(')', ']'));
  } catch {
    throw unreadableArea('The parentheses of the WKT do not match');
  }
  const polygons = kind.toUpperCase() === 'POLYGON' ? [read] : Array.isArray(read) ? read : [];
  return {
    ...{ form: 'WKT', polygons: polygons.map(ringsOf), leftOut: 0 },
    srid: srid === undefined ? undefined : Number(srid),
  };
}

/**
 * Corners of one polygon, a line each: `E N`, or `nr N E [H]` as lists of points have them; parted by spaces, tabs or
 * semicolons, also with decimal commas. `#` begins a remark.
 * @param axes order of the two numbers; undefined = as above
 */
export function readCoordinateList(text: string, axes: AxisOrder | undefined): AreaFile {
  const ring: Position[] = [];
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.replace(/#.*$/, '').trim();
    if (line === '') continue;
    const words = /[;\t ]/.test(line) ? line.split(/[;\t ]+/) : line.split(',');
    const named = words.length > 2;
    const numbers = (named ? words.slice(1) : words).map((word) => Number(word.replace(',', '.')));
    const [a, b] = numbers;
    if (a === undefined || b === undefined || !numbers.every(Number.isFinite)) {
      throw unreadableArea(
        `Line ${index + 1} is no corner: "${line.slice(0, 60)}"; write E N, or nr N E, one corner a line`,
      );
    }
    const order = axes ?? (named ? 'northing-easting' : 'easting-northing');
    ring.push(order === 'northing-easting' ? [b, a] : [a, b]);
  }
  const polygons = ring.length === 0 ? [] : [[closedRing(ring)]];
  return { form: 'list of coordinates', polygons, leftOut: 0 };
}

function finite(value: number | undefined, text: string): number {
  if (value !== undefined && Number.isFinite(value)) return value;
  throw unreadableArea(`"${text.trim().slice(0, 60)}" is no position`);
}
