import { describe, expect, it } from 'vitest';
import { blockAt } from '../../../test/support/sample-street.ts';
import { UNWATCHED } from '../model.ts';
import { SUN_ON_WINDOWS, type SunFacts, sunParametersSchema } from './sun-on-windows.ts';

const HERE = [6_426_900, 5_808_700] as const;
const house = blockAt('house', HERE, [12, 8], 6);
const kindergarten = blockAt('kindergarten', [HERE[0] + 60, HERE[1]], [12, 8], 6);
/** Nobody stays in it: no rule speaks of its walls. */
const garage = blockAt('garage', [HERE[0] + 20, HERE[1]], [6, 6], 3);
const far = blockAt('far', [HERE[0] - 200, HERE[1]], [10, 10], 10);
/** High and long, south of both. */
const slab = blockAt('slab', [HERE[0] - 40, HERE[1] - 22], [160, 10], 30);

const facts = (after: SunFacts['after'], lawDate = '2026-06-30'): SunFacts => ({
  place: { srid: 2177, position: HERE },
  lawDate,
  before: [house, garage, kindergarten, far],
  changed: ['slab'],
  after,
  targets: [
    { id: 'house', registerId: 'R.1_BUD', rooms: 'dwelling', isForPeople: true, storeys: 2 },
    { id: 'kindergarten', registerId: null, rooms: 'education', isForPeople: true, storeys: 2 },
    { id: 'far', registerId: null, rooms: null, isForPeople: true, storeys: null },
    { id: 'garage', registerId: null, rooms: null, isForPeople: false, storeys: 1 },
    { id: 'slab', registerId: null, rooms: 'dwelling', isForPeople: true, storeys: 10 },
  ],
});
const study = (input: SunFacts, parameters: object = {}) =>
  SUN_ON_WINDOWS.run(input, sunParametersSchema.parse(parameters), UNWATCHED);

describe('sun on windows', () => {
  it('finds nothing where nothing changes, and counts the sunny points', () => {
    const same = facts([house, kindergarten, far]);
    const { findings, buildings, days, doubt, rules } = study(same);
    expect(findings).toEqual([]);
    expect(days).toEqual({ spring: '2026-03-20', autumn: '2026-09-23' });
    expect(doubt).toBeNull();
    expect(rules.map(({ id }) => id)).toEqual(['WT-60-1', 'WT-60-2', 'WT-13']);
    const own = buildings.find(({ id }) => id === 'house');
    // South, east and west walls have their three hours, the north wall has not: 4 + 3 + 3 places on two storeys.
    expect(own).toMatchObject({ points: 28, sunny: { legal: { before: 20, after: 20 } } });
    // A building that no rule speaks of has no count.
    expect(buildings.find(({ id }) => id === 'far')?.sunny.legal).toEqual({ before: null, after: null });
    expect(buildings.map(({ id }) => id)).not.toContain('slab');
  });

  it('tells the neighbours that lose their sun and their open sector, and by which rule', () => {
    const { findings, buildings } = study(facts([house, garage, kindergarten, far, slab]));
    expect(findings.map(({ building, code, state, ruleId }) => [building, code, state, ruleId])).toEqual([
      ['house', 'loses-sun', 'applies', 'WT-60-2'],
      ['house', 'loses-open-sector', 'applies', 'WT-13'],
      ['kindergarten', 'loses-sun', 'applies', 'WT-60-1'],
      ['kindergarten', 'loses-open-sector', 'applies', 'WT-13'],
    ]);
    expect(findings[0]?.worst).toMatchObject({ unit: 'min', required: 180, storey: 0 });
    expect(findings[0]?.worst.after).toBeLessThan(60);
    expect(findings[1]?.causes).toEqual(['slab']);
    // 12 m before the wall and 0.4 m of wall; 30 m less the sill of 0.9 m.
    expect(findings[1]?.worst.after).toBeCloseTo(29.1 - 12.4, 1);
    // Its own windows are counted, but it has nothing to lose.
    expect(buildings.find(({ id }) => id === 'slab')).toMatchObject({
      sunny: { legal: { before: null } },
      openSector: { before: null },
    });
    expect(buildings.map(({ id }) => id)).not.toContain('garage');
  });

  it('leaves to accuracy what some decimetres decide', () => {
    const state = (heightM: number) =>
      study(
        facts([house, kindergarten, far, blockAt('slab', [HERE[0] - 400, HERE[1] - 22], [900, 10], heightM)]),
      ).findings.find(({ building, code }) => building === 'house' && code === 'loses-sun')?.state;
    // A slab 12 m before the lowest windows takes their noon when it is some 10 m high: 9 + 12 · tan(altitude).
    expect([9, 10.3, 11].map(state)).toEqual([undefined, 'within-accuracy', 'applies']);
  });

  it('counts by both clocks: in autumn the Polish one takes the last sun from western windows', () => {
    // A fin at the southern corner hides the sun until some time after noon.
    const fin = blockAt('fin', [HERE[0] - 3, HERE[1] - 2], [3, 1], 60);
    const { buildings } = study(facts([house, fin]), { sillM: 0.5 });
    const { legal, solar } = buildings.find(({ id }) => id === 'house')?.sunny ?? {};
    expect(solar?.after).toBeGreaterThan(legal?.after ?? 0);
  });

  it('asks half downtown, and no more of kindergartens', () => {
    const counts = (downtown: boolean) => {
      const { buildings } = study(facts([house, kindergarten, far, slab]), { downtown });
      return buildings.map(({ openSector }) => openSector.after ?? 0).reduce((a, b) => a + b, 0);
    };
    expect(counts(true)).toBeGreaterThan(counts(false));
  });

  it('says what is not certain of the law, and assesses nothing by rules it has not', () => {
    expect(study(facts([house], '2026-10-01')).doubt?.en).toContain('not confirmed');
    const old = study(facts([house, slab], '2015-05-05'));
    expect(old.rules).toEqual([]);
    expect(old.findings).toEqual([]);
    expect(old.doubt?.en).toContain('not assessed');
  });

  it('gives the same bytes for the same input, as its schema has them', () => {
    const input = facts([house, kindergarten, far, slab]);
    const first = study(input);
    expect(JSON.stringify(study(structuredClone(input)))).toBe(JSON.stringify(first));
    expect(SUN_ON_WINDOWS.result.parse(first)).toEqual(first);
  });
});
