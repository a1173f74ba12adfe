/** Coordinate systems as GeoPackages describe them (WKT 1, OGC 01-009). */

const ETRF =
  'GEOGCS["ETRF2000-PL",DATUM["ETRF2000 Poland",SPHEROID["GRS 1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","9702"]]';
const WGS =
  'GEOGCS["WGS 84",DATUM["World Geodetic System 1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]';

const transverse = (
  name: string,
  srid: number,
  meridian: number,
  scale: number,
  east: number,
  north: number,
): string =>
  `PROJCS["${name}",${ETRF},PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",${meridian}],PARAMETER["scale_factor",${scale}],PARAMETER["false_easting",${east}],PARAMETER["false_northing",${north}],UNIT["metre",1],AUTHORITY["EPSG","${srid}"]]`;

const zone = (srid: number, meridian: number): string =>
  transverse(
    `ETRF2000-PL / CS2000/${meridian}`,
    srid,
    meridian,
    0.999923,
    (meridian / 3) * 1_000_000 + 500_000,
    0,
  );

const KNOWN: Readonly<Record<number, string>> = {
  2176: zone(2176, 15),
  2177: zone(2177, 18),
  2178: zone(2178, 21),
  2179: zone(2179, 24),
  2180: transverse('ETRF2000-PL / CS92', 2180, 19, 0.9993, 500_000, -5_300_000),
  4326: WGS,
};

/** Programs that know EPSG go by its number; the words are for those that do not. */
export const wktOf = (srid: number): string => KNOWN[srid] ?? 'undefined';
