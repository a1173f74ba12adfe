/** The table of consequences over facts that are known by hand. */
import { describe, expect, it } from 'vitest';
import { type ConsequenceRow, consequenceParametersSchema } from '../../wire/consequences.ts';
import { UNWATCHED } from '../model.ts';
import { areaSpreadM2 } from './area-error.ts';
import { CONSEQUENCES } from './consequences.ts';
import type { BuildingFact, CityFacts, ConsequenceFacts, ParcelFact, PlanLimits, TreeFact } from './facts.ts';
import { INDICATORS } from './indicators.ts';

/** A square of so many metres: σ of its area is √2 · side · σ of a corner. */
const spread = (side: number) => 2 * side ** 2;
const house = (id: string, side: number, storeys: number | null, kind = 'm'): BuildingFact => ({
  id,
  kind,
  storeys,
  areaM2: side ** 2,
  spreadM2: spread(side),
});
const NO_LIMITS: PlanLimits = {
  zone: 'Z',
  planKind: 'local',
  maxHeightM: null,
  minIntensity: null,
  maxIntensity: null,
  maxBuiltSharePct: null,
  minBioactiveSharePct: null,
  minParcelM2: null,
};
const parcel = (id: string, side: number, limits?: Partial<PlanLimits>): ParcelFact => ({
  id,
  areaM2: side ** 2,
  spreadM2: spread(side),
  limits: limits && { ...NO_LIMITS, ...limits },
});
const on = (id: string, { id: building, storeys, areaM2, spreadM2 }: BuildingFact) => ({
  parcel: id,
  building,
  storeys,
  areaM2,
  spreadM2,
});
const tree = (
  id: string,
  e: number,
  crownM: number | null,
  girthCm: number | null,
  latin = 'Tilia',
): TreeFact => ({
  id,
  e,
  n: 0,
  crownM,
  girthCm,
  species: null,
  latin,
  form: 'broadleaved',
  protection: 'none',
});

function table(before: CityFacts, after: CityFacts, more: Partial<ConsequenceFacts> = {}) {
  const facts: ConsequenceFacts = {
    bbox: [0, 0, 1000, 1000],
    areaM2: 1e6,
    editedLayers: ['buildings', 'buildings_3d'],
    lawDate: '2026-06-30',
    setting: { emptyLayers: [] },
    before,
    after,
    ...more,
  };
  const result = CONSEQUENCES.run(facts, consequenceParametersSchema.parse({}), UNWATCHED);
  const row = (name: string): ConsequenceRow => {
    const found = result.rows.find((each) => each.name === name);
    if (!found) throw new Error(`no row ${name}`);
    return found;
  };
  return { ...result, row };
}

const OLD = house('old', 20, 3);
const NEW = house('new', 10, 2);

describe('the table of consequences', () => {
  it('gives values, difference and bounds in closed form; what stays has no part in the bound of the difference', () => {
    const { row } = table({ buildings: [OLD] }, { buildings: [OLD, NEW] });
    // Two deviations of 0.1 m: 0.2 · √2 · side.
    const [old, young] = [0.2 * Math.SQRT2 * 20, 0.2 * Math.SQRT2 * 10];
    const up = (value: number) => Math.ceil(value * 10) / 10;
    expect(row('built-up-area')).toMatchObject({
      before: 400,
      after: 500,
      delta: 100,
      beforeBound: up(old),
      afterBound: up(Math.hypot(old, young)),
      deltaBound: up(young),
      significance: 'beyond-error',
    });
    expect(row('floor-area')).toMatchObject({ before: 1200, after: 1400, deltaBound: up(2 * young) });
  });

  it('tells a difference that is smaller than its own error from one that is not', () => {
    const grown = { ...OLD, areaM2: 402 };
    expect(table({ buildings: [OLD] }, { buildings: [grown] }).row('built-up-area')).toMatchObject({
      delta: 2,
      significance: 'within-error',
    });
    expect(table({ buildings: [OLD] }, { buildings: [OLD] }).row('built-up-area')).toMatchObject({
      delta: 0,
      deltaBound: 0,
      significance: 'none',
    });
  });

  it('divides what stands on the land by it, as the planning act does', () => {
    const land = [parcel('P', 50)];
    const { row, area } = table(
      { parcels: land, standing: [on('P', OLD)] },
      { parcels: land, standing: [on('P', OLD), on('P', NEW)] },
    );
    expect(area).toMatchObject({ landM2: 2500, parcels: ['P'] });
    expect(row('intensity')).toMatchObject({
      before: 0.48,
      after: 0.56,
      delta: 0.08,
      significance: 'beyond-error',
    });
    expect(row('built-share')).toMatchObject({ before: 16, after: 20, delta: 4 });
  });

  it('says of the bio-active share no more than land cover can tell: all unbuilt ground green, or none', () => {
    const land = [parcel('P', 50)];
    const { row } = table(
      { parcels: land, standing: [on('P', OLD)] },
      { parcels: land, standing: [on('P', OLD), on('P', NEW)] },
      { setting: { emptyLayers: [], cover: [{ areaM2: 2500, sealedPct: 50 }] } },
    );
    // 1250 of the 2100 m² without buildings are green.
    const share = 1250 / 2100;
    const told = row('bioactive-share');
    expect(told.before).toBeCloseTo(50, 6);
    expect(told.after).toBeCloseTo(share * 80, 1);
    expect(told.delta).toBeCloseTo(-share * 4, 1);
    expect(told.beforeBound).toBeCloseTo(share * 84, 0);
    expect(told.deltaBound).toBeCloseTo(share * 4, 0);
    // It may be that all of it was paved before.
    expect(told.significance).toBe('within-error');
  });

  it('estimates residents by the floor area of dwellings, with the spread of the cells as bound', () => {
    const cells = [
      { residents: 100, age0to2: 4, residentialFloorM2: 4000 },
      { residents: 50, age0to2: null, residentialFloorM2: 1000 },
    ];
    const shop = house('shop', 30, 1, 'h');
    const { row } = table(
      { buildings: [OLD] },
      { buildings: [OLD, NEW, shop] },
      { setting: { emptyLayers: [], cells } },
    );
    // 150 people on 5000 m²: 0.03; cells 0.025 and 0.05, weighted deviation 0.01.
    expect(row('residents')).toMatchObject({
      before: 36,
      after: 42,
      delta: 6,
      deltaBound: 4,
      significance: 'beyond-error',
    });
    // 4 % of them children, 45 % of those with a place.
    expect(row('nursery-demand').after).toBeCloseTo(42 * 0.04 * 0.45, 1);
    expect(row('nursery-balance')).toMatchObject({ after: -0.8 });
  });

  it('takes the share of children from the whole city where no cell here publishes ages, and says so', () => {
    const setting = {
      emptyLayers: [],
      cells: [{ residents: 100, age0to2: null, residentialFloorM2: 1000 }],
      ages: { residents: 1000, children: 50 },
    };
    const { row } = table({ buildings: [OLD] }, { buildings: [OLD, NEW] }, { setting });
    expect(row('nursery-demand')).toMatchObject({
      after: 3.2,
      notes: [{ en: expect.stringMatching(/whole city/) }],
    });
    const silent = table(
      {},
      { buildings: [NEW] },
      { setting: { ...setting, ages: { residents: 0, children: 0 } } },
    );
    expect(silent.row('nursery-balance')).toMatchObject({ state: 'not-assessed' });
  });

  it('does not call people unknown none', () => {
    const { row } = table({ buildings: [OLD] }, { buildings: [OLD, NEW] });
    expect(row('residents')).toMatchObject({
      state: 'not-assessed',
      reason: { en: expect.stringMatching(/no residents/) },
    });
    expect(row('residents').after).toBeUndefined();
  });

  it('counts trees, crowns that overlap once, and those that need a permit with what is not certain', () => {
    const before = [
      tree('a', 0, 6, 60),
      tree('b', 4, 6, 60, 'Populus alba'),
      tree('c', 90, null, 20),
      tree('d', 99, 2, null),
    ];
    const { row } = table({ trees: before }, { trees: before.slice(1) }, { editedLayers: ['trees'] });
    expect(row('trees')).toMatchObject({ before: 4, after: 3, delta: -1, deltaBound: 0 });
    const lens = 2 * 9 * Math.acos(4 / 6) - 2 * Math.sqrt(36 - 16);
    expect(row('canopy-area')).toMatchObject({
      before: Math.round(19 * Math.PI - lens),
      after: Math.round(10 * Math.PI),
      deltaBound: Math.ceil(3 * Math.PI),
    });
    // The lime of 60 cm surely; the poplar of 60 cm perhaps (90 at its foot), and what has no girth.
    expect(row('trees-under-permit')).toMatchObject({
      before: 1,
      beforeBound: 2,
      after: 0,
      delta: -1,
      deltaBound: 0,
    });
    expect(row('built-up-area').state).toBe('unchanged');
  });

  it('computes only what an edited layer can change, and says what it leaves out', () => {
    const { rows, notAssessed } = table({}, {}, { editedLayers: ['utility_lines'] });
    const computed = rows.filter(({ state }) => state !== 'unchanged').map(({ name }) => name);
    expect(computed).toEqual(['parcel-constraints', 'utility-lines']);
    expect(rows.map(({ name }) => name)).toEqual(INDICATORS.map(({ name }) => name));
    expect(notAssessed.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['view-corridors', 'traffic', 'noise']),
    );
  });

  it('tells kilometres that are closed from those that are open', () => {
    const road = (id: string, closedM: number) => ({ id, kind: 'L', lengthM: 800, closedM });
    const { row } = table(
      { roads: [road('a', 0), road('b', 0)] },
      { roads: [road('a', 0), road('b', 300)] },
      { editedLayers: ['roads'] },
    );
    expect(row('open-roads')).toMatchObject({ before: 1.6, after: 1.3, delta: -0.3 });
    expect(row('closed-roads')).toMatchObject({ before: 0, after: 0.3, significance: 'beyond-error' });
  });

  it('names a layer without data instead of counting nothing', () => {
    const { row } = table({}, {}, { setting: { emptyLayers: ['flood_zones'] } });
    expect(row('flood-exposed-buildings')).toMatchObject({
      state: 'not-assessed',
      reason: { en: expect.stringMatching(/flood_zones/) },
    });
  });

  it('tells which limits of the plan are broken now, were broken, or lie within the accuracy', () => {
    const limits = { maxIntensity: 0.5, maxBuiltSharePct: 20, minBioactiveSharePct: 85 };
    const solid = (heightM: number) => ({ id: 'S', heightM, limits: { ...NO_LIMITS, maxHeightM: 12 } });
    const { findings } = table(
      { parcels: [parcel('P', 50, limits)], standing: [on('P', OLD)], solids: [solid(11)] },
      {
        parcels: [parcel('P', 50, limits)],
        standing: [on('P', OLD), on('P', NEW)],
        solids: [solid(12.3)],
      },
    );
    expect(findings.map(({ code, change, before, after }) => [code, change, before, after])).toEqual([
      ['height-over-plan', 'appears', 'met', 'within-accuracy'],
      ['intensity-over-plan', 'appears', 'met', 'breach'],
      ['built-share-over-plan', 'appears', 'met', 'within-accuracy'],
    ]);
    expect(findings[1]).toMatchObject({ id: 'P', measured: 0.56, limit: 0.5, zone: 'Z', unit: '1' });
    const back = table(
      { parcels: [parcel('P', 50, limits)], standing: [on('P', OLD), on('P', NEW)] },
      { parcels: [parcel('P', 50, limits)], standing: [] },
    );
    expect(back.findings.map(({ code, change }) => `${code} ${change}`)).toEqual([
      'intensity-over-plan vanishes',
      'built-share-over-plan vanishes',
      'bioactive-under-plan vanishes',
    ]);
  });

  it('has nothing to say against land without a plan, and says so where it cannot know', () => {
    const { findings } = table(
      { parcels: [parcel('P', 20)], standing: [] },
      {
        parcels: [parcel('P', 20)],
        standing: [on('P', house('huge', 20, 9))],
        solids: [{ id: 'S', heightM: 30 }],
      },
    );
    expect(findings).toEqual([]);
    const { row } = table({}, { solids: [{ id: 'S', heightM: 30 }] });
    expect(row('buildings-over-height')).toMatchObject({
      after: 0,
      notes: [{ en: expect.stringMatching(/not assessed: 1/) }],
    });
  });

  it('gives the same bytes whatever the time, and a result that its schema takes', () => {
    const once = () =>
      JSON.stringify(CONSEQUENCES.result.parse(table({ buildings: [OLD] }, { buildings: [NEW] })));
    expect(once()).toBe(once());
  });
});

describe('areaSpreadM2', () => {
  it('is that of the shoelace formula, holes too', () => {
    const square = (side: number) =>
      [
        [0, 0],
        [side, 0],
        [side, side],
        [0, side],
        [0, 0],
      ] as const;
    expect(areaSpreadM2({ type: 'Polygon', coordinates: [square(10)] })).toBe(200);
    expect(areaSpreadM2({ type: 'MultiPolygon', coordinates: [[square(10), square(4)]] })).toBe(232);
  });
});
