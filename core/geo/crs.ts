/**
 * Coordinate reference systems and axis order: the only place that decides either.
 *
 * Inside the house positions are easting, northing (longitude, latitude). A CRS named by URN or by an
 * http definition is written in the order of its authority; a bare `EPSG:n` and CRS:84 are written easting
 * first (`docs/adr/0006-axis-order.md`).
 */
import proj4 from 'proj4';
import { invalidParameter } from '../errors.ts';
import { type Geometry, mapPositions, type Position } from './geometry.ts';

/** Order in which a CRS is written at a door. */
export type AxisOrder = 'easting-northing' | 'northing-easting';

export interface Crs {
  /** EPSG code; CRS:84 shares 4326 and differs only in its reference. */
  readonly srid: number;
  readonly name: string;
  readonly unit: 'm' | 'degree';
  /** Order in the definition of the authority (EPSG). */
  readonly authorityOrder: AxisOrder;
  /** Whether outputs may be asked in this CRS; the others can only be read from files. */
  readonly served: boolean;
  readonly proj4: string;
}

const GRS80_GEOGRAPHIC = '+proj=longlat +ellps=GRS80 +no_defs';

/** ETRF2000-PL / CS2000 zone: 3-degree Gauss-Krüger strip, scale 0.999923, false easting zone·10⁶ + 500 km. */
function polishZone(srid: number, zone: number, centralMeridianDeg: number): Crs {
  return {
    srid,
    name: `ETRF2000-PL / CS2000 zone ${zone}`,
    unit: 'm',
    authorityOrder: 'northing-easting',
    served: true,
    proj4: `+proj=tmerc +lat_0=0 +lon_0=${centralMeridianDeg} +k=0.999923 +x_0=${zone}500000 +y_0=0 +ellps=GRS80 +units=m +no_defs`,
  };
}

function utmEtrs89(srid: number, zone: number, served: boolean): Crs {
  return {
    srid,
    name: `ETRS89 / UTM zone ${zone}N`,
    unit: 'm',
    authorityOrder: 'easting-northing',
    served,
    proj4: `+proj=utm +zone=${zone} +ellps=GRS80 +units=m +no_defs`,
  };
}

function readOnly(srid: number, name: string, authorityOrder: AxisOrder, definition: string): Crs {
  const unit = definition.startsWith('+proj=longlat') ? 'degree' : 'm';
  return { srid, name, unit, authorityOrder, served: false, proj4: definition };
}

const BESSEL_DHDN = '+ellps=bessel +towgs84=598.1,73.7,418.2,0.202,0.045,-2.455,6.7 +units=m +no_defs';

const REGISTRY: readonly Crs[] = [
  polishZone(2176, 5, 15),
  polishZone(2177, 6, 18),
  polishZone(2178, 7, 21),
  polishZone(2179, 8, 24),
  {
    srid: 2180,
    name: 'ETRF2000-PL / CS92',
    unit: 'm',
    authorityOrder: 'northing-easting',
    served: true,
    proj4:
      '+proj=tmerc +lat_0=0 +lon_0=19 +k=0.9993 +x_0=500000 +y_0=-5300000 +ellps=GRS80 +units=m +no_defs',
  },
  {
    srid: 4258,
    name: 'ETRS89',
    unit: 'degree',
    authorityOrder: 'northing-easting',
    served: true,
    proj4: GRS80_GEOGRAPHIC,
  },
  {
    srid: 4326,
    name: 'WGS 84',
    unit: 'degree',
    authorityOrder: 'northing-easting',
    served: true,
    proj4: '+proj=longlat +datum=WGS84 +no_defs',
  },
  {
    srid: 3857,
    name: 'WGS 84 / Pseudo-Mercator',
    unit: 'm',
    authorityOrder: 'easting-northing',
    served: true,
    proj4:
      '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs',
  },
  utmEtrs89(25833, 33, true),
  utmEtrs89(25832, 32, false),
  readOnly(
    7415,
    'Amersfoort / RD New + NAP height',
    'easting-northing',
    '+proj=sterea +lat_0=52.15616055555555 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 +ellps=bessel +towgs84=565.2369,50.0087,465.658,-0.406857,0.350733,-1.87035,4.0812 +units=m +no_defs',
  ),
  // The grid of European statistics (INSPIRE, regulation (EU) 1089/2010, annex II, 2.2.1).
  readOnly(
    3035,
    'ETRS89-extended / LAEA Europe',
    'northing-easting',
    '+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +units=m +no_defs',
  ),
  readOnly(6697, 'JGD2011 + JGD2011 (vertical) height', 'northing-easting', GRS80_GEOGRAPHIC),
  readOnly(
    31466,
    'DHDN / 3-degree Gauss-Kruger zone 2',
    'northing-easting',
    `+proj=tmerc +lat_0=0 +lon_0=6 +k=1 +x_0=2500000 +y_0=0 ${BESSEL_DHDN}`,
  ),
  readOnly(
    3068,
    'DHDN / Soldner Berlin',
    'northing-easting',
    `+proj=cass +lat_0=52.4186482777778 +lon_0=13.6272036666667 +x_0=40000 +y_0=10000 ${BESSEL_DHDN}`,
  ),
];

const BY_SRID = new Map(REGISTRY.map((crs) => [crs.srid, crs]));

/** The CRS that services publish in, storage CRS of Poznań first. */
export const SERVED_CRS: readonly Crs[] = [2177, 2176, 2178, 2179, 2180, 4258, 4326, 3857, 25833].map(crsOf);

/**
 * The CRS of an EPSG code.
 * @throws TwinError invalid-parameter when the code is not in the registry.
 */
export function crsOf(srid: number): Crs {
  const crs = BY_SRID.get(srid);
  if (!crs) {
    throw invalidParameter('crs', `EPSG:${srid} is not known here; known: ${[...BY_SRID.keys()].join(', ')}`);
  }
  return crs;
}

/** A CRS as somebody wrote it: which one, and in which order its coordinates stand there. */
export interface CrsReference {
  readonly srid: number;
  readonly order: AxisOrder;
  /** The spelling received, to be echoed. */
  readonly text: string;
}

const AUTHORITY_FORMS = [
  /^urn:(?:ogc|x-ogc):def:crs:EPSG:[\d.]*:(\d+)$/i,
  /^urn:ogc:def:crs,crs:EPSG:[\d.]*:(\d+)(?:,crs:.*)?$/i,
  /^https?:\/\/www\.opengis\.net\/def\/crs\/EPSG\/[\d.]+\/(\d+)$/i,
];
const EASTING_FIRST_FORMS = [/^EPSG:(\d+)$/i, /^https?:\/\/www\.opengis\.net\/gml\/srs\/epsg\.xml#(\d+)$/i];
const CRS84_FORMS = [
  /^CRS:84$/i,
  /^urn:ogc:def:crs:OGC:[\d.]*:CRS84$/i,
  /^https?:\/\/www\.opengis\.net\/def\/crs\/OGC\/[\d.]+\/CRS84$/i,
];

/**
 * Reads any spelling of a CRS.
 * @param parameter name of the parameter for the error
 * @throws TwinError invalid-parameter for an unknown spelling or code.
 */
export function parseCrs(text: string, parameter = 'crs'): CrsReference {
  const trimmed = text.trim();
  if (CRS84_FORMS.some((form) => form.test(trimmed))) {
    return { srid: 4326, order: 'easting-northing', text: trimmed };
  }
  const authority = firstCapture(AUTHORITY_FORMS, trimmed);
  const bare = authority ?? firstCapture(EASTING_FIRST_FORMS, trimmed);
  const crs = bare === undefined ? undefined : BY_SRID.get(Number(bare));
  if (!crs) {
    const known = SERVED_CRS.map(({ srid }) => `EPSG:${srid}`).join(', ');
    throw invalidParameter(
      parameter,
      `Unknown CRS "${trimmed.slice(0, 200)}"; use CRS:84 or one of ${known}`,
    );
  }
  return {
    srid: crs.srid,
    order: authority === undefined ? 'easting-northing' : crs.authorityOrder,
    text: trimmed,
  };
}

function firstCapture(forms: readonly RegExp[], text: string): string | undefined {
  for (const form of forms) {
    const match = form.exec(text);
    if (match) return match[1];
  }
  return undefined;
}

/** `urn:ogc:def:crs:EPSG::2177`: authority order. */
export const crsUrn = (srid: number): string => `urn:ogc:def:crs:EPSG::${srid}`;
/** `http://www.opengis.net/def/crs/EPSG/0/2177`: authority order. */
export const crsUri = (srid: number): string => `http://www.opengis.net/def/crs/EPSG/0/${srid}`;
/** Longitude, latitude in degrees (RFC 7946, OGC API). */
export const CRS84_URI = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

/** Swaps the first two ordinates, from the order of the house to northing first or back. */
export function swapAxes(geometry: Geometry): Geometry {
  return mapPositions(geometry, swapPosition);
}

export function swapPosition(position: Position): Position {
  return position.length === 3 ? [position[1], position[0], position[2]] : [position[1], position[0]];
}

/** A geometry of the house written in the order of a reference. */
export function inOrder(geometry: Geometry, order: AxisOrder): Geometry {
  return order === 'northing-easting' ? swapAxes(geometry) : geometry;
}

export type PositionTransform = (position: Position) => Position;

const transforms = new Map<string, PositionTransform>();

/**
 * A transform between two CRS on positions of the house (easting first; degrees for geographic CRS).
 * Heights pass through unchanged. Agrees with PROJ to 1 mm for the served CRS.
 */
export function transformBetween(fromSrid: number, toSrid: number): PositionTransform {
  const key = `${fromSrid}>${toSrid}`;
  const known = transforms.get(key);
  if (known) return known;
  const made = makeTransform(crsOf(fromSrid), crsOf(toSrid));
  transforms.set(key, made);
  return made;
}

function makeTransform(from: Crs, to: Crs): PositionTransform {
  if (from.proj4 === to.proj4) return (position) => position;
  const converter = proj4(from.proj4, to.proj4);
  return (position) => {
    const moved = converter.forward([position[0], position[1]]);
    const [x = Number.NaN, y = Number.NaN] = moved;
    return position.length === 3 ? [x, y, position[2]] : [x, y];
  };
}

/** A geometry of the house in another CRS. */
export function reproject(geometry: Geometry, fromSrid: number, toSrid: number): Geometry {
  if (fromSrid === toSrid) return geometry;
  return mapPositions(geometry, transformBetween(fromSrid, toSrid));
}
