import { describe, expect, it } from 'vitest';
import { blockAt } from '../../../test/support/sample-street.ts';
import { UNWATCHED } from '../model.ts';
import { VIEWS, type ViewFacts, viewParametersSchema } from './views.ts';

const [E, N] = [6_426_900, 5_808_700];
const low = blockAt('low', [E + 40, N - 5], [10, 10], 6, 70);
const tower = blockAt('tower', [E + 20, N - 5], [10, 10], 40, 70);
const facts: ViewFacts = {
  before: [low],
  after: [low, tower],
  edited: [{ id: 'tower', maxHeightM: 39.8 }],
  groundM: [70, 70, 70, 70, 70, null],
};
const parameters = viewParametersSchema.parse({
  skies: [{ at: [E, N] }],
  sights: [{ from: { at: [E, N] }, to: { at: [E + 100, N], aboveM: 30 } }],
  corridors: [
    {
      eye: { at: [E, N] },
      left: { at: [E + 100, N + 20], aboveM: 20 },
      right: { at: [E + 100, N - 20], aboveM: 20 },
    },
  ],
});

describe('view and mass', () => {
  const result = VIEWS.run(facts, parameters, UNWATCHED);

  it('tell what a tower takes of sky, sights and corridors', () => {
    const { skies, sights, corridors } = result;
    expect(skies[0]?.after).toBeLessThan(skies[0]?.before ?? 0);
    expect(sights[0]?.before).toMatchObject({ state: 'clear', building: 'low' });
    expect(sights[0]?.after).toMatchObject({ state: 'hidden', building: 'tower' });
    // At 20 m of 100 the line from 1.6 m to 30 m is 7.28 m up.
    expect(sights[0]?.after.clearanceM).toBeCloseTo(7.28 - 40, 2);
    expect(corridors[0]?.state).toBe('intruded');
    expect(corridors[0]?.intrusions[0]).toMatchObject({ building: 'tower', before: 0 });
    // The plane is 1.6 + 0.2 · 18.4 m up at the near side of the tower.
    expect(corridors[0]?.intrusions[0]?.risesM).toBeCloseTo(40 - 5.28, 1);
  });

  it('hold an edited building to the plan within the error of heights', () => {
    expect(result.masses).toEqual([
      {
        building: 'tower',
        before: null,
        after: { heightM: 40, topM: 110, volumeM3: 4000 },
        maxHeightM: 39.8,
        state: 'within-accuracy',
      },
    ]);
  });

  it('say where the ground is not known, and give what the schema has', () => {
    expect(result.groundUnknown).toBe(1);
    expect(VIEWS.result.parse(result)).toEqual(result);
    expect(JSON.stringify(VIEWS.run(structuredClone(facts), parameters, UNWATCHED))).toBe(
      JSON.stringify(result),
    );
  });
});
