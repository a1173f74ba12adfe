/**
 * Earth-centred, earth-fixed coordinates (EPSG:4978) and local frames.
 *
 * GRS80 and WGS84 differ by 0.1 mm in the semi-minor axis, so one ellipsoid serves both ETRS89 and WGS 84;
 * heights are ellipsoidal, m.
 */

/** x, y, z in metres, or a direction. */
export type Vector3 = readonly [number, number, number];

/** 4 × 4 matrix in column-major order, as glTF and 3D Tiles write it. */
type Matrix4 = readonly number[];

const SEMI_MAJOR_M = 6_378_137;
const FLATTENING = 1 / 298.257223563;
const SEMI_MINOR_M = SEMI_MAJOR_M * (1 - FLATTENING);
const ECCENTRICITY_2 = FLATTENING * (2 - FLATTENING);
const SECOND_ECCENTRICITY_2 = ECCENTRICITY_2 / (1 - ECCENTRICITY_2);
const RADIANS_PER_DEGREE = Math.PI / 180;

/** Longitude and latitude in degrees, ellipsoidal height in m → x, y, z. */
export function geodeticToEcef(lonDeg: number, latDeg: number, heightM: number): Vector3 {
  const [lon, lat] = [lonDeg * RADIANS_PER_DEGREE, latDeg * RADIANS_PER_DEGREE];
  const sinLat = Math.sin(lat);
  const normalM = SEMI_MAJOR_M / Math.sqrt(1 - ECCENTRICITY_2 * sinLat * sinLat);
  const fromAxisM = (normalM + heightM) * Math.cos(lat);
  return [
    fromAxisM * Math.cos(lon),
    fromAxisM * Math.sin(lon),
    (normalM * (1 - ECCENTRICITY_2) + heightM) * sinLat,
  ];
}

/** x, y, z → longitude and latitude in degrees, ellipsoidal height in m; within 0.1 mm up to 100 km of height. */
export function ecefToGeodetic([x, y, z]: Vector3): Vector3 {
  const fromAxisM = Math.hypot(x, y);
  // Bowring (1976): parametric latitude first, then Newton-like repeats, two of which reach rounding.
  let parametric = Math.atan2(z * SEMI_MAJOR_M, fromAxisM * SEMI_MINOR_M);
  let lat = 0;
  for (let i = 0; i < 3; i++) {
    lat = Math.atan2(
      z + SECOND_ECCENTRICITY_2 * SEMI_MINOR_M * Math.sin(parametric) ** 3,
      fromAxisM - ECCENTRICITY_2 * SEMI_MAJOR_M * Math.cos(parametric) ** 3,
    );
    parametric = Math.atan2((1 - FLATTENING) * Math.sin(lat), Math.cos(lat));
  }
  const [sinLat, cosLat] = [Math.sin(lat), Math.cos(lat)];
  const normalM = SEMI_MAJOR_M / Math.sqrt(1 - ECCENTRICITY_2 * sinLat * sinLat);
  // Stable at the poles too, where the distance from the axis vanishes.
  const heightM = fromAxisM * cosLat + z * sinLat - SEMI_MAJOR_M ** 2 / normalM;
  return [Math.atan2(y, x) / RADIANS_PER_DEGREE, lat / RADIANS_PER_DEGREE, heightM];
}

/** East, north and up at a place, as unit vectors of ECEF. */
export interface EnuAxes {
  readonly east: Vector3;
  readonly north: Vector3;
  readonly up: Vector3;
}

export function enuAxes(lonDeg: number, latDeg: number): EnuAxes {
  const [lon, lat] = [lonDeg * RADIANS_PER_DEGREE, latDeg * RADIANS_PER_DEGREE];
  const [sinLon, cosLon, sinLat, cosLat] = [Math.sin(lon), Math.cos(lon), Math.sin(lat), Math.cos(lat)];
  return {
    east: [-sinLon, cosLon, 0],
    north: [-sinLat * cosLon, -sinLat * sinLon, cosLat],
    up: [cosLat * cosLon, cosLat * sinLon, sinLat],
  };
}

/** A local frame: metres east, north and up of an origin. */
export interface EnuFrame {
  readonly origin: Vector3;
  readonly axes: EnuAxes;
  /** Frame → ECEF. */
  readonly matrix: Matrix4;
}

/** The frame at a place; degrees, ellipsoidal height in m. */
export function enuFrame(lonDeg: number, latDeg: number, heightM = 0): EnuFrame {
  const origin = geodeticToEcef(lonDeg, latDeg, heightM);
  const axes = enuAxes(lonDeg, latDeg);
  const matrix = [...axes.east, 0, ...axes.north, 0, ...axes.up, 0, ...origin, 1];
  return { origin, axes, matrix };
}

export function ecefToEnu({ origin, axes }: EnuFrame, [x, y, z]: Vector3): Vector3 {
  const offset: Vector3 = [x - origin[0], y - origin[1], z - origin[2]];
  return [dot(axes.east, offset), dot(axes.north, offset), dot(axes.up, offset)];
}

export function enuToEcef({ origin, axes: { east, north, up } }: EnuFrame, [e, n, u]: Vector3): Vector3 {
  return [
    origin[0] + east[0] * e + north[0] * n + up[0] * u,
    origin[1] + east[1] * e + north[1] * n + up[1] * u,
    origin[2] + east[2] * e + north[2] * n + up[2] * u,
  ];
}

export function dot(a: Vector3, b: Vector3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
