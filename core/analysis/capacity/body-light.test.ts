import { describe, expect, it } from 'vitest';
import type { MultiPolygon } from '../../geo/geometry.ts';
import { type AroundFact, bodyLight, commonMinutes } from './body-light.ts';
import { bodyShape } from './body-shape.ts';

const [E, N] = [6_427_000, 5_810_000];
const LAW_DATE = '2026-06-30';

/** Clockwise, as the store gives it. */
const square = (e: number, n: number, widthM: number, depthM: number): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [E + e, N + n],
        [E + e, N + n + depthM],
        [E + e + widthM, N + n + depthM],
        [E + e + widthM, N + n],
        [E + e, N + n],
      ],
    ],
  ],
});

/** A house of 10 m × 10 m, two storeys, whose south wall stands at northing 0. */
const HOUSE = bodyShape('house', square(0, 0, 10, 10), 80, 86);
const around: Exclude<AroundFact, { reason: unknown }> = {
  place: { srid: 2177, position: [E, N] },
  shapes: [HOUSE],
  targets: [{ id: 'house', registerId: 'H1', rooms: 'dwelling', isForPeople: true, storeys: 2 }],
  unmodelled: [],
  ownShapes: [],
};
/** A body 40 m wide whose north wall stands so far to the south of the house. */
const wall = (awayM: number, heightM: number | null) => [
  { footprint: square(-15, -awayM - 10, 40, 10), heightM },
];

describe('what a body takes of light', () => {
  it('is the open sector as soon as it is nearer than it is high above the lowest windows, up to the height told', () => {
    // Windows begin at 80.9 m, and the wall of the house is 0.4 m thick: 9.6 m + 0.4 m away.
    const low = bodyLight(around, wall(9.6, 10.5), 80, LAW_DATE);
    expect(low.sector).toMatchObject({ lost: 0, harmlessM: 10.5 });
    const high = bodyLight(around, wall(9.6, 12), 80, LAW_DATE);
    expect(high.sector.lost).toBeGreaterThan(0);
    expect(high.sector.buildings).toEqual(['H1']);
    // 0.9 m of sill and 10 m make 10.9 m, less 0.3 m that heights may be wrong.
    expect(high.sector.harmlessM).toBe(10.5);
    expect(high.sector.worst).toBeCloseTo(12.3 - 0.9 - 10, 2);
  });

  it('is the sun of windows to the south, by half metres up to the height that leaves them what the rule asks', () => {
    const { sun } = bodyLight(around, wall(12, 30), 80, LAW_DATE);
    expect(sun.lost).toBeGreaterThan(0);
    expect(sun.harmlessM).toBeGreaterThan(3);
    expect(sun.harmlessM).toBeLessThan(30);
    expect(bodyLight(around, wall(12, sun.harmlessM), 80, LAW_DATE).sun.lost).toBe(0);
    expect(bodyLight(around, wall(12, sun.harmlessM + 0.5), 80, LAW_DATE).sun.lost).toBeGreaterThan(0);
    // To the north of the house it takes nothing: the sun is never there.
    const north = [{ footprint: square(-15, 14, 40, 10), heightM: 30 }];
    expect(bodyLight(around, north, 80, LAW_DATE).sun.lost).toBe(0);
  });

  it('is asked for a body 35 m high where nothing sets a height', () => {
    expect(bodyLight(around, wall(20, null), 80, LAW_DATE).heightM).toBe(35);
  });

  it('tells the sun of the body itself: on open ground of every wall but those that look north', () => {
    const alone = { ...around, shapes: [], targets: [] };
    const { own } = bodyLight(alone, [{ footprint: square(0, 0, 12, 12), heightM: 9 }], 80, LAW_DATE);
    // Four places on each side.
    expect(own).toMatchObject({ asked: 16, sunny: 12 });
    // The south is in the sun from 7 to 17 by both clocks of the equinoxes, or nearly.
    expect(own.mostMin).toBeGreaterThan(560);
  });

  it('does not count what stands on the parcel as hiding the sun of the new building', () => {
    const high = bodyShape('old', square(-20, -12, 60, 10), 80, 110);
    const ground = [{ footprint: square(0, 0, 12, 12), heightM: 9 }];
    const hidden = bodyLight({ ...around, shapes: [high], targets: [] }, ground, 80, LAW_DATE);
    const gone = bodyLight(
      { ...around, shapes: [high], targets: [], ownShapes: ['old'] },
      ground,
      80,
      LAW_DATE,
    );
    expect(hidden.own.sunny).toBeLessThan(gone.own.sunny);
  });
});

it('adds up what two lists of stretches have in common', () => {
  expect(
    commonMinutes(
      [
        [0, 10],
        [20, 30],
      ],
      [
        [5, 22],
        [25, 40],
      ],
    ),
  ).toBe(5 + 2 + 5);
  expect(commonMinutes([], [[0, 5]])).toBe(0);
});
