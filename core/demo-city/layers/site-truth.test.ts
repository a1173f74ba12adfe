import { expect, it } from 'vitest';
import type { PlannedParcel } from '../town-plan.ts';
import { SiteTruth } from './site-truth.ts';
import type { SiteZone } from './site-zones.ts';

const boxCm = (x: number, y: number, width: number, height: number) =>
  [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ].map(([e = 0, n = 0]): readonly [number, number] => [e * 100, n * 100]);

const told = (zone: Pick<SiteZone, 'piecesCm' | 'stripM' | 'holeCm'>, ringCm: PlannedParcel['ringCm']) => {
  const areas: number[] = [];
  const truth = new SiteTruth([{ layer: 'dikes', id: 'z', properties: {}, ...zone }], ({ areaM2 }) =>
    areas.push(areaM2),
  );
  truth.ofParcels([{ id: 'p', ringCm } as PlannedParcel]);
  return areas;
};

const ALL = boxCm(-200, -200, 600, 400);

it.each([1, 2, 3, 4])('counts the ground along %d pieces of a dike once', (count) => {
  const piecesCm = Array.from({ length: count }, (_, i) => boxCm(30 * i, 0, 30, 10));
  const lengthM = 30 * count;
  const [areaM2] = told({ piecesCm, stripM: 50 }, ALL);
  expect(areaM2).toBeCloseTo(lengthM * 10 + 2 * (lengthM + 10) * 50 + Math.PI * 50 ** 2, 0);
});

it('counts the part of a parcel within the strip, and nothing beyond', () => {
  const zone = { piecesCm: [boxCm(0, 0, 100, 10)], stripM: 50 };
  expect(told(zone, boxCm(40, 55, 20, 30))).toEqual([expect.closeTo(20 * 5, 6)]);
  expect(told(zone, boxCm(40, 61, 20, 30))).toEqual([]);
});

it('leaves out the hole of a zone', () => {
  expect(told({ piecesCm: [boxCm(0, 0, 20, 20)], holeCm: boxCm(5, 5, 10, 10) }, ALL)).toEqual([300]);
});
