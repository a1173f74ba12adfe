import { transformBetween } from './crs.ts';
import { geodeticToEcef } from './ecef.ts';

/** A radius of curvature good enough for the bow of a line over its chord: 8 mm on 20 km. */
const MEAN_RADIUS_M = 6_371_000;
const PROBE_M = 500;

type Place = readonly [number, number];

/**
 * Length of a straight line of a plane CRS when taken on the ellipsoid GRS80, metres. Within 1 mm up to 50 km.
 * @param from easting, northing in `srid`
 */
export function ellipsoidLengthM(from: Place, to: Place, srid: number): number {
  const degrees = transformBetween(srid, 4258);
  const [a, b] = [from, to].map((place) => {
    const [lon, lat] = degrees(place);
    return geodeticToEcef(lon, lat, 0);
  });
  if (!a || !b) return 0;
  const chordM = Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
  return chordM + chordM ** 3 / (24 * MEAN_RADIUS_M ** 2);
}

/** Plane length ÷ length on the ellipsoid at a place of a conformal CRS: 0.999923 on the axis of PL-2000. */
export function scaleFactorAt([easting, northing]: Place, srid: number): number {
  const south: Place = [easting, northing - PROBE_M];
  return (2 * PROBE_M) / ellipsoidLengthM(south, [easting, northing + PROBE_M], srid);
}
