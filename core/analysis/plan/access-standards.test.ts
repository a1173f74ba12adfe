import { describe, expect, it } from 'vitest';
import { streetGraph } from '../access/street-graph.ts';
import { UNWATCHED } from '../model.ts';
import { ACCESS_STANDARDS, type AccessStandardsFacts } from './access-standards.ts';

/** One street of 4 km eastwards with a node each kilometre; houses stand 10 m off it. */
const streets = streetGraph(
  [0, 1000, 2000, 3000].map((e) => ({
    fromNode: `k${e}`,
    toNode: `k${e + 1000}`,
    places: [
      [e, 0],
      [e + 1000, 0],
    ],
    felt: 1,
    extraM: 0,
  })),
);
const home = (id: string, e: number, n = 10) => ({ id, e, n, district: e < 2000 ? 'west' : 'east' });
const facts = (more: Partial<AccessStandardsFacts> = {}): AccessStandardsFacts => ({
  act: 'POG',
  standards: {
    maxSchoolM: 1500,
    maxGreenAreasM: 1500,
    minGreenAreasHa: 3,
    maxGreenAreaM: 3000,
    minGreenAreaHa: 20,
  },
  streets,
  homes: [
    home('near', 500),
    home('just', 1980),
    home('over', 1981),
    home('far', 3900),
    home('off', 100, 400),
  ],
  schools: [{ id: 's', e: 500, n: 0 }],
  greens: [
    { id: 'small', areaHa: 2, edge: [[0, 0]] },
    { id: 'other', areaHa: 1, edge: [[100, 0]] },
    {
      id: 'wood',
      areaHa: 25,
      edge: [
        [4000, 0],
        [3950, 0],
      ],
    },
  ],
  ...more,
});
const run = (more: Partial<AccessStandardsFacts> = {}) =>
  ACCESS_STANDARDS.run(facts(more), { mostHomes: 10 }, UNWATCHED);

describe('access standards', () => {
  it('count ways along the street to the metre, and homes without a street as not assessed', () => {
    const result = run();
    expect(ACCESS_STANDARDS.result.parse(result)).toEqual(result);
    expect(result).toMatchObject({ homes: 5, offStreet: 1 });
    // 1980: 10 m to the street and 1,480 m along it are 1,490; at 1,991 it would be over.
    expect(run({ homes: [home('a', 1990), home('b', 1991)] }).school).toEqual({ met: 1, missed: 1 });
    expect(result.missing.find(({ building }) => building === 'far')).toEqual({
      building: 'far',
      schoolM: 3410,
      greenHa: 25,
      greenAreaM: 60,
    });
  });

  it('add up greens within the distance, and ask for one that is large', () => {
    const { greenAreas, greenArea, byDistrict } = run();
    // near: 2 + 1 ha. just, over: none of the two lies within 1,500 m. far: the wood alone.
    expect(greenAreas).toEqual({ met: 2, missed: 2 });
    // near is 3,460 m from the wood.
    expect(greenArea).toEqual({ met: 3, missed: 1 });
    expect(byDistrict).toEqual([
      { district: 'east', homes: 1, schoolMissed: 1, greenAreasMissed: 0, greenAreaMissed: 0 },
      { district: 'west', homes: 3, schoolMissed: 0, greenAreasMissed: 2, greenAreaMissed: 1 },
    ]);
  });

  it('says nothing of a standard that the plan does not set', () => {
    const none = {
      maxSchoolM: null,
      maxGreenAreasM: null,
      minGreenAreasHa: null,
      maxGreenAreaM: null,
      minGreenAreaHa: null,
    };
    expect(run({ standards: none })).toMatchObject({
      school: null,
      greenAreas: null,
      greenArea: null,
      missing: [],
    });
  });

  it('finds no school where there is none, and no way where streets do not meet', () => {
    expect(run({ schools: [] })).toMatchObject({ school: { met: 0, missed: 4 } });
    expect(run({ schools: [] }).missing[0]?.schoolM).toBeNull();
  });
});
