import { describe, expect, it } from 'vitest';
import { ecefToEnu, ecefToGeodetic, enuFrame, enuToEcef, geodeticToEcef } from './ecef.ts';

/** PostGIS 3.3 / PROJ 9.1: st_transform('SRID=4979;POINT Z(16.93 52.41 95)', 4978). */
const PROJ_POZNAN = [3729991.783438, 1135391.79057, 5030836.977467] as const;

describe('earth-centred coordinates', () => {
  it('agrees with PROJ to 0.01 mm', () => {
    const [x, y, z] = geodeticToEcef(16.93, 52.41, 95);
    expect(x).toBeCloseTo(PROJ_POZNAN[0], 5);
    expect(y).toBeCloseTo(PROJ_POZNAN[1], 5);
    expect(z).toBeCloseTo(PROJ_POZNAN[2], 5);
  });

  it('puts the equator, the date line and the pole where the axes are', () => {
    expect(geodeticToEcef(0, 0, 0)).toEqual([6_378_137, 0, 0]);
    expect(geodeticToEcef(0, 90, 0)[2]).toBeCloseTo(6_356_752.314245, 5);
    expect(geodeticToEcef(180, 0, 10)[0]).toBeCloseTo(-6_378_147, 6);
  });

  it('comes back from everywhere, poles included, within 0.1 mm', () => {
    for (let lon = -180; lon <= 180; lon += 17) {
      for (let lat = -90; lat <= 90; lat += 7.5) {
        for (const heightM of [-100, 0, 87.3, 9000, 100_000]) {
          const there = geodeticToEcef(lon, lat, heightM);
          const back = ecefToGeodetic(there);
          expect(Math.abs(back[2] - heightM)).toBeLessThan(1e-4);
          const again = geodeticToEcef(back[0], back[1], back[2]);
          expect(Math.hypot(again[0] - there[0], again[1] - there[1], again[2] - there[2])).toBeLessThan(
            1e-4,
          );
        }
      }
    }
  });

  it('measures east, north and up from the origin of a frame', () => {
    const frame = enuFrame(16.93, 52.41, 95);
    const higher = ecefToEnu(frame, geodeticToEcef(16.93, 52.41, 105));
    expect(higher[0]).toBeCloseTo(0, 6);
    expect(higher[1]).toBeCloseTo(0, 6);
    expect(higher[2]).toBeCloseTo(10, 6);
    const [east, north] = ecefToEnu(frame, geodeticToEcef(16.931, 52.411, 95));
    expect(east).toBeGreaterThan(67);
    expect(east).toBeLessThan(69);
    expect(north).toBeGreaterThan(111);
    expect(north).toBeLessThan(112);
  });

  it('has a matrix that does the same as enuToEcef, and its inverse', () => {
    const frame = enuFrame(-70, -33, 500);
    const local = [12.5, -40, 7] as const;
    const world = enuToEcef(frame, local);
    const m = frame.matrix;
    for (let row = 0; row < 3; row++) {
      const sum =
        (m[row] ?? 0) * local[0] +
        (m[4 + row] ?? 0) * local[1] +
        (m[8 + row] ?? 0) * local[2] +
        (m[12 + row] ?? 0);
      expect(sum).toBeCloseTo(world[row] ?? 0, 6);
      expect(ecefToEnu(frame, world)[row]).toBeCloseTo(local[row] ?? 0, 6);
    }
  });
});
