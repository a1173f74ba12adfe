/** Coordinate systems as PROJJSON 0.7 (proj.org/specifications/projjson), as GeoParquet has them. */
import { crsOf } from './crs.ts';
import { type HeightSystem, VERTICAL_CRS } from './height-systems.ts';

type Json = Readonly<Record<string, unknown>>;

const epsg = (code: number): Json => ({ authority: 'EPSG', code });
const axis = (name: string, abbreviation: string, direction: string, unit: string): Json => ({
  ...{ name, abbreviation, direction, unit },
});

const LAT_LON: Json = {
  subtype: 'ellipsoidal',
  axis: [
    axis('Geodetic latitude', 'Lat', 'north', 'degree'),
    axis('Geodetic longitude', 'Lon', 'east', 'degree'),
  ],
};
const GRS_80: Json = { name: 'GRS 1980', semi_major_axis: 6378137, inverse_flattening: 298.257222101 };
const WGS_84_ELLIPSOID: Json = {
  ...{ name: 'WGS 84', semi_major_axis: 6378137, inverse_flattening: 298.257223563 },
};

const geographic = (name: string, datum: string, ellipsoid: Json, code: number): Json => ({
  ...{ type: 'GeographicCRS', name },
  datum: { type: 'GeodeticReferenceFrame', name: datum, ellipsoid },
  ...{ coordinate_system: LAT_LON, id: epsg(code) },
});
const ETRF = geographic('ETRF2000-PL', 'ETRF2000 Poland', GRS_80, 9702);
const ETRS89 = geographic('ETRS89', 'European Terrestrial Reference System 1989', GRS_80, 4258);
const WGS_84 = geographic('WGS 84', 'World Geodetic System 1984', WGS_84_ELLIPSOID, 4326);

/** Names and codes of parameters in the dataset of EPSG. */
const PARAMETERS = {
  latitude: ['Latitude of natural origin', 8801, 'degree'],
  longitude: ['Longitude of natural origin', 8802, 'degree'],
  scale: ['Scale factor at natural origin', 8805, 'unity'],
  east: ['False easting', 8806, 'metre'],
  north: ['False northing', 8807, 'metre'],
} as const;
const parameter = (key: keyof typeof PARAMETERS, value: number): Json => {
  const [name, code, unit] = PARAMETERS[key];
  return { name, value, unit, id: epsg(code) };
};

function transverse(
  srid: number,
  name: string,
  meridian: number,
  scale: number,
  [east, north]: readonly [number, number],
): Json {
  return {
    ...{ type: 'ProjectedCRS', name, base_crs: ETRF },
    conversion: {
      name: name.replace('ETRF2000-PL / ', 'Poland '),
      method: { name: 'Transverse Mercator', id: epsg(9807) },
      parameters: [
        ...[parameter('latitude', 0), parameter('longitude', meridian), parameter('scale', scale)],
        ...[parameter('east', east), parameter('north', north)],
      ],
    },
    coordinate_system: {
      subtype: 'Cartesian',
      axis: [axis('Northing', 'x', 'north', 'metre'), axis('Easting', 'y', 'east', 'metre')],
    },
    id: epsg(srid),
  };
}

const zone = (srid: number, meridian: number): Json =>
  transverse(srid, `ETRF2000-PL / CS2000/${meridian}`, meridian, 0.999923, [
    (meridian / 3) * 1_000_000 + 500_000,
    0,
  ]);

const PSEUDO_MERCATOR: Json = {
  ...{ type: 'ProjectedCRS', name: 'WGS 84 / Pseudo-Mercator', base_crs: WGS_84 },
  conversion: {
    name: 'Popular Visualisation Pseudo-Mercator',
    method: { name: 'Popular Visualisation Pseudo Mercator', id: epsg(1024) },
    parameters: [
      ...[parameter('latitude', 0), parameter('longitude', 0)],
      ...[parameter('east', 0), parameter('north', 0)],
    ],
  },
  coordinate_system: {
    subtype: 'Cartesian',
    axis: [axis('Easting', 'X', 'east', 'metre'), axis('Northing', 'Y', 'north', 'metre')],
  },
  id: epsg(3857),
};

const KNOWN: Readonly<Record<number, Json>> = {
  ...{ 2176: zone(2176, 15), 2177: zone(2177, 18), 2178: zone(2178, 21), 2179: zone(2179, 24) },
  2180: transverse(2180, 'ETRF2000-PL / CS92', 19, 0.9993, [500_000, -5_300_000]),
  ...{ 4258: ETRS89, 4326: WGS_84, 3857: PSEUDO_MERCATOR },
};

const verticalOf = ({ srid, name, datum }: (typeof VERTICAL_CRS)[HeightSystem]): Json => ({
  ...{ type: 'VerticalCRS', name },
  datum: { type: 'VerticalReferenceFrame', name: datum },
  coordinate_system: {
    subtype: 'vertical',
    axis: [axis('Gravity-related height', 'H', 'up', 'metre')],
  },
  id: epsg(srid),
});

/**
 * @param heights with 3 dimensions they are part of it
 * @returns null where it cannot be said
 */
export function projJsonOf(srid: number, dimension: 2 | 3, heights: HeightSystem): Json | null {
  const plan = KNOWN[srid];
  if (!plan) return null;
  if (dimension === 2) return plan;
  const vertical = VERTICAL_CRS[heights];
  const name = `${crsOf(srid).name} + ${vertical.name}`;
  return { type: 'CompoundCRS', name, components: [plan, verticalOf(vertical)] };
}
