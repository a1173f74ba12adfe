/** Coordinate systems in words, as GeoPackages and `.prj` files have them (WKT 1, OGC 01-009). */

const ETRF =
  'GEOGCS["ETRF2000-PL",DATUM["ETRF2000 Poland",SPHEROID["GRS 1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","9702"]]';
const WGS =
  'GEOGCS["WGS 84",DATUM["World Geodetic System 1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]';

const ETRS89 =
  'GEOGCS["ETRS89",DATUM["European Terrestrial Reference System 1989",SPHEROID["GRS 1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4258"]]';

const transverse = (
  name: string,
  srid: number,
  meridian: number,
  scale: number,
  east: number,
  north: number,
  geographic = ETRF,
): string =>
  `PROJCS["${name}",${geographic},PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",${meridian}],PARAMETER["scale_factor",${scale}],PARAMETER["false_easting",${east}],PARAMETER["false_northing",${north}],UNIT["metre",1],AUTHORITY["EPSG","${srid}"]]`;

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
  4258: ETRS89,
  4326: WGS,
  3857: `PROJCS["WGS 84 / Pseudo-Mercator",${WGS},PROJECTION["Mercator_1SP"],PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1],EXTENSION["PROJ4","+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs"],AUTHORITY["EPSG","3857"]]`,
  25833: transverse('ETRS89 / UTM zone 33N', 25833, 15, 0.9996, 500_000, 0, ETRS89),
};

/** Programs that know EPSG go by its number; the words are for those that do not. */
export const wktOf = (srid: number): string => KNOWN[srid] ?? 'undefined';
