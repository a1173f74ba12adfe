import { describe, expect, it } from 'vitest';
import type { Surface, XyzMm } from '../building/solid.ts';
import { type AddBuilding, addBuildingSchema } from '../wire/edits/building.ts';
import type { StoredEdit } from '../wire/scenario.ts';
import { checkedFootprint } from './check-footprint.ts';
import { planSolid } from './planned-building.ts';
import { replay } from './replay.ts';

const E = 6_427_000;
const N = 5_808_000;
const at = (...points: readonly (readonly [number, number])[]): [number, number][] =>
  points.map(([x, y]) => [E + x, N + y]);
const house = (more: object): AddBuilding =>
  addBuildingSchema.parse({
    kind: 'add-building',
    footprint: at([0, 0], [12, 0], [12, 8], [0, 8]),
    storeys: 2,
    storeyHeightM: 3,
    roof: { shape: 'flat' },
    function: 'm',
    ...more,
  });

/** Volume enclosed by closed surfaces (m³), by the divergence theorem; wrong as soon as a face is missing or turned. */
function volumeM3(surfaces: readonly Surface[]): number {
  let sixfold = 0;
  for (const { ring } of surfaces) {
    const [a, ...others] = ring;
    for (let i = 0; i + 1 < others.length; i++) {
      const [b, c] = [others[i], others[i + 1]];
      if (a && b && c) sixfold += determinant(a, b, c);
    }
  }
  return sixfold / 6 / 1e9;
}
const determinant = (a: XyzMm, b: XyzMm, c: XyzMm): number =>
  a[0] * (b[1] * c[2] - b[2] * c[1]) -
  a[1] * (b[0] * c[2] - b[2] * c[0]) +
  a[2] * (b[0] * c[1] - b[1] * c[0]);

describe('planSolid', () => {
  const slope = Math.tan((45 * Math.PI) / 180);
  it.each<[string, object, number, number]>([
    ['flat', { roof: { shape: 'flat' } }, 6, 96 * 6],
    // A prism of 8 × 4 / 2 m over 12 m.
    ['gabled', { roof: { shape: 'gabled', pitchDeg: 45 } }, 10, 96 * 6 + 12 * 16],
    // Two half pyramids of 8 × 8 × 4 / 3 and a prism over the 4 m between them.
    ['hipped', { roof: { shape: 'hipped', pitchDeg: 45 } }, 10, 96 * 6 + (8 * 8 * 4) / 3 + 4 * 16],
    ['pent', { roof: { shape: 'pent', pitchDeg: 45 } }, 6 + 8 * slope, 96 * 6 + 96 * 4],
    ['flat with eaves of its own', { eavesHeightM: 7.5 }, 7.5, 96 * 7.5],
    [
      'flat over an inner corner',
      { footprint: at([0, 0], [12, 0], [12, 12], [8, 12], [8, 8], [0, 8]) },
      6,
      (96 + 16) * 6,
    ],
  ])('%s: encloses what geometry says', (_, more, heightM, volume) => {
    const { solid, heightM: found } = planSolid(house(more));
    expect(solid.simplified).toBe(false);
    expect(found).toBeCloseTo(heightM, 2);
    expect(volumeM3(solid.surfaces)).toBeCloseTo(volume, 0);
  });

  it('does not depend on the direction, the first corner or a repeated last one', () => {
    const ring = at([0, 0], [12, 0], [12, 8], [0, 8]);
    const turned = [...ring.slice(1), ...ring.slice(0, 2)].toReversed();
    const volume = (footprint: [number, number][]) =>
      volumeM3(planSolid(house({ footprint, roof: { shape: 'hipped' } })).solid.surfaces);
    expect(volume(turned)).toBeCloseTo(volume(ring), 2);
  });
});

describe('checkedFootprint', () => {
  it.each<[string, [number, number][], RegExp]>([
    [
      'a bow tie',
      at([0, 0], [10, 10], [10, 0], [0, 10]),
      /across itself near easting 6427005\.00, northing 5808005\.00/,
    ],
    [
      'a corner on another side',
      at([0, 0], [10, 0], [10, 10], [5, 0], [0, 10]),
      /across itself near easting 6427005\.00, northing 5808000\.00/,
    ],
    ['a side that runs back', at([0, 0], [10, 0], [4, 0], [4, 8]), /across itself/],
    ['a line', at([0, 0], [10, 0], [20, 0]), /covers 0\.0 m2|across itself/],
    ['one place', at([0, 0], [0, 0], [0.01, 0]), /1 different corners/],
  ])('refuses %s and says where', (_, ring, message) => {
    expect(() => checkedFootprint(ring)).toThrow(message);
  });

  it('drops corners on a straight side and rounds to centimetres', () => {
    expect(checkedFootprint(at([0, 0], [5, 0], [10.004, 0], [10, 10], [0, 10]))).toEqual(
      at([0, 0], [10, 0], [10, 10], [0, 10]),
    );
  });
});

describe('replay', () => {
  const stored = (id: string, edit: StoredEdit['edit'], objects: StoredEdit['objects']): StoredEdit => ({
    id,
    author: 'anna',
    madeAt: '2026-11-22T00:00:00Z',
    edit,
    objects,
    groundHeightM: 70.5,
    parcelIds: ['a', 'b'],
  });
  const both = (id: string, change: 'added' | 'removed'): StoredEdit['objects'] => [
    { layer: 'buildings', id, change },
    { layer: 'buildings_3d', id, change },
  ];
  const add = stored('e1', house({}), both('PLAN.A', 'added'));
  const removeOld = stored('e2', { kind: 'remove-building', building: 'old' }, both('old', 'removed'));
  const removeNew = stored('e3', { kind: 'remove-building', building: 'PLAN.A' }, both('PLAN.A', 'removed'));

  it('makes a row of the register and a solid on its ground', () => {
    const rows = replay([add]);
    expect(rows.get('buildings PLAN.A')?.feature?.properties).toMatchObject({ parcel_ids: 'a,b', kind: 'm' });
    expect(rows.get('buildings_3d PLAN.A')?.feature?.properties).toMatchObject({
      ground_height_m: 70.5,
      height_m: 6,
    });
  });

  it('leaves nothing of what it added and removed, and marks what is gone from the base', () => {
    expect([...replay([add, removeOld, removeNew]).values()]).toEqual([
      { layer: 'buildings', id: 'old', feature: undefined },
      { layer: 'buildings_3d', id: 'old', feature: undefined },
    ]);
  });

  it('gives the same rows each time', () => {
    expect(replay([add, removeOld])).toEqual(replay(structuredClone([add, removeOld])));
  });
});
