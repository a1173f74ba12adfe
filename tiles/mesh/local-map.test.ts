import { expect, it } from 'vitest';
import { transformBetween } from '../../core/geo/crs.ts';
import { ecefToEnu, enuFrame, geodeticToEcef } from '../../core/geo/ecef.ts';
import { seededRandom } from '../../test/support/sample-buildings.ts';
import { EGM96 } from '../terrain/egm96.ts';
import { makeLocalMap } from './local-map.ts';

it.each([
  [2177, 6_430_000, 5_808_000, 1],
  [2180, 358_000, 506_000, 1],
  [25_833, 390_000, 5_819_000, 1],
  [4326, 16.97, 52.4, 1e-5],
])('is within 3 mm of the exact way 9 km from the origin of the frame, EPSG:%i', (srid, x0, y0, unit) => {
  const toLonLat = transformBetween(srid, 4326);
  const [lon0, lat0] = toLonLat([x0, y0]);
  const frame = enuFrame(lon0, lat0);
  const map = makeLocalMap(srid, EGM96, frame);
  const random = seededRandom(4);
  const out = [0, 0, 0];
  for (let i = 0; i < 2000; i++) {
    const [x, y] = [x0 + (random() - 0.5) * 18_000 * unit, y0 + (random() - 0.5) * 18_000 * unit];
    const heightM = random() * 300 - 20;
    map(x, y, heightM, out, 0);
    const [lon, lat] = toLonLat([x, y]);
    const exact = ecefToEnu(frame, geodeticToEcef(lon, lat, heightM + EGM96.undulationM(lon, lat)));
    const [e = 0, n = 0, u = 0] = out;
    expect(Math.hypot(e - exact[0], n - exact[1], u - exact[2])).toBeLessThan(0.003);
  }
});
