/**
 * Where the sun stands. Meeus, Astronomical Algorithms, ch. 12, 13, 22 and 25; the pull of the planets and the Moon on
 * the Earth as in his Astronomical Formulae for Calculators, ch. 18. Within 0.005° of NREL's SPA from 1910 to 2110.
 */

export interface SunPosition {
  /** Clockwise from true north, 0 to 360. */
  readonly azimuthDeg: number;
  /** As it is seen from the ground: with parallax, and lifted by the air while it is above the horizon. */
  readonly altitudeDeg: number;
  /** Westward from the meridian, -180 to 180: true solar time is 12 h + hourAngleDeg / 15. */
  readonly hourAngleDeg: number;
}

export interface Air {
  readonly pressureHPa: number;
  readonly temperatureC: number;
}

/** The air of tables of refraction. */
const USUAL_AIR: Air = { pressureHPa: 1010, temperatureC: 10 };
/** Terrestrial minus universal time around 2026; a minute of error is 0.0007°. */
const DELTA_T_S = 69;
const J2000_MS = Date.UTC(2000, 0, 1, 12);
const DAY_MS = 86_400_000;
const DEG = Math.PI / 180;
/** Parallax of the sun at its mean distance. */
const PARALLAX_DEG = 8.794 / 3600;

const sinDeg = (angle: number): number => Math.sin(angle * DEG);
const cosDeg = (angle: number): number => Math.cos(angle * DEG);
const turn = (angle: number): number => ((angle % 360) + 360) % 360;

/** @param lonLat degrees, east and north */
export function sunPosition(
  instantMs: number,
  [longitudeDeg, latitudeDeg]: readonly [number, number],
  air: Air = USUAL_AIR,
): SunPosition {
  const days = (instantMs - J2000_MS) / DAY_MS;
  const { longitude, obliquity, nutation } = apparentSun(days + DELTA_T_S / 86_400);
  const rightAscension = Math.atan2(cosDeg(obliquity) * sinDeg(longitude), cosDeg(longitude)) / DEG;
  const sinDeclination = sinDeg(obliquity) * sinDeg(longitude);
  const cosDeclination = Math.sqrt(1 - sinDeclination ** 2);
  const centuries = days / 36_525;
  const siderealTime =
    280.46061837 + 360.98564736629 * days + 0.000387933 * centuries ** 2 + nutation * cosDeg(obliquity);
  const hourAngle = turn(siderealTime + longitudeDeg - rightAscension + 180) - 180;
  const [sinLatitude, cosLatitude] = [sinDeg(latitudeDeg), cosDeg(latitudeDeg)];
  const up = sinLatitude * sinDeclination + cosLatitude * cosDeclination * cosDeg(hourAngle);
  const east = -cosDeclination * sinDeg(hourAngle);
  const north = cosLatitude * sinDeclination - sinLatitude * cosDeclination * cosDeg(hourAngle);
  const geometric = Math.atan2(up, Math.hypot(east, north)) / DEG;
  const topocentric = geometric - PARALLAX_DEG * cosDeg(geometric);
  return {
    azimuthDeg: turn(Math.atan2(east, north) / DEG),
    altitudeDeg: topocentric + refractionDeg(topocentric, air),
    hourAngleDeg: hourAngle,
  };
}

/** Apparent longitude of the sun, true obliquity and nutation in longitude (degrees), by days of terrestrial time since J2000. */
function apparentSun(days: number): { longitude: number; obliquity: number; nutation: number } {
  const t = days / 36_525;
  const meanLongitude = 280.46646 + 36_000.76983 * t + 0.0003032 * t * t;
  const anomaly = 357.52911 + 35_999.05029 * t - 0.0001537 * t * t;
  const centre =
    (1.914602 - 0.004817 * t - 0.000014 * t * t) * sinDeg(anomaly) +
    (0.019993 - 0.000101 * t) * sinDeg(2 * anomaly) +
    0.000289 * sinDeg(3 * anomaly);
  const node = 125.04452 - 1934.136261 * t;
  const nutation = (-17.2 * sinDeg(node) - 1.32 * sinDeg(2 * meanLongitude)) / 3600;
  const aberration = -0.00569;
  return {
    longitude: meanLongitude + centre + pullOfOthers(t + 1) + aberration + nutation,
    obliquity: 23.4392911 - 0.0130042 * t + (9.2 * cosDeg(node) + 0.57 * cosDeg(2 * meanLongitude)) / 3600,
    nutation,
  };
}

/** Degrees of longitude by Venus, Jupiter and the Moon; `t` in centuries since 1900. */
function pullOfOthers(t: number): number {
  return (
    0.00134 * cosDeg(153.23 + 22_518.7541 * t) +
    0.00154 * cosDeg(216.57 + 45_037.5082 * t) +
    0.002 * cosDeg(312.69 + 32_964.3577 * t) +
    0.00179 * sinDeg(350.74 + 445_267.1142 * t - 0.00144 * t * t) +
    0.00178 * sinDeg(231.19 + 20.2 * t)
  );
}

/** Sæmundsson's formula as SPA has it; nothing once the whole disc is below the horizon. */
function refractionDeg(altitude: number, { pressureHPa, temperatureC }: Air): number {
  if (altitude < -0.8333) return 0;
  const arcMinutes = 1.02 / Math.tan((altitude + 10.3 / (altitude + 5.11)) * DEG);
  return ((pressureHPa / 1010) * (283 / (273 + temperatureC)) * arcMinutes) / 60;
}
