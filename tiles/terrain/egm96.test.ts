import { expect, it } from 'vitest';
import { EGM96 } from './egm96.ts';

it('agrees with published EGM96 values and with the Polish quasi-geoid to decimetres', () => {
  // NGA's interpolation test points (OUTPT.DAT of the EGM96 distribution).
  expect(EGM96.undulationM(269.7, 38.6281)).toBeCloseTo(-31.628, 1);
  expect(EGM96.undulationM(305.0211, -14.6212)).toBeCloseTo(-2.969, 0);
  // geoid2021 at the same place: 34.953 m.
  expect(Math.abs(EGM96.undulationM(16.93, 52.41) - 34.953)).toBeLessThan(0.3);
});

it('is continuous over the date line and defined at the poles', () => {
  expect(EGM96.undulationM(180, 10)).toBeCloseTo(EGM96.undulationM(-180, 10), 6);
  expect(Number.isFinite(EGM96.undulationM(0, 90))).toBe(true);
  expect(Number.isFinite(EGM96.undulationM(-180, -90))).toBe(true);
});
