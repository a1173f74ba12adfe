import { describe, expect, it } from 'vitest';
import { REGISTERS } from '../../catalogue/catalogue.ts';
import type { MultiPolygon } from '../../geo/geometry.ts';
import { findingSchema } from '../../wire/parcel-check.ts';
import { ParcelAccuracy } from './accuracy.ts';
import { checkParcel } from './check-parcel.ts';
import type { AreaFact, LayerFact, ParcelFacts, PointFact } from './facts.ts';
import { judgeCommon, judgeDistance } from './judge.ts';
import { RULES } from './rules.ts';

const box = (minE: number, minN: number, maxE: number, maxN: number): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [minE, minN],
        [maxE, minN],
        [maxE, maxN],
        [minE, maxN],
        [minE, minN],
      ],
    ],
  ],
});
/** A square of 20 m whose corners are known to 0.10 m. */
const SQUARE = box(0, 0, 20, 20);
const POINTS: readonly PointFact[] = [
  [0, 0],
  [20, 0],
  [20, 20],
  [0, 20],
].map(([e = 0, n = 0]) => ({ e, n, sigmaM: 0.1 }));

const layerOf = (name: string, more: Partial<LayerFact> = {}): LayerFact => ({
  name,
  title: { pl: name, en: name },
  licence: { pl: '', en: '' },
  steward: { pl: '', en: '' },
  version: 1,
  count: 1,
  loadedAt: '2026-01-01T00:00:00.000Z',
  source: 'test',
  isStale: false,
  coveredShare: 1,
  coverage: 'declared',
  failure: undefined,
  ...more,
});
const LOADED = REGISTERS.map(({ name }) => layerOf(name));

const factsOf = (more: Partial<ParcelFacts> = {}): ParcelFacts => ({
  parcel: {
    id: 'p',
    geometry: SQUARE,
    registeredAreaHa: 0.04,
    areaPrecision: '1',
    landUse: 'B',
    publicHolder: 'other',
    isRegistered: true,
  },
  points: POINTS,
  layers: LOADED,
  areas: [],
  planCover: [],
  lines: [],
  stripAreas: [],
  buildingLines: [],
  setback: { lengthM: 80, widthM: 20, strip: undefined },
  trees: [],
  buildings: [],
  neighbours: [],
  gaps: [],
  roads: [],
  landUses: [],
  ...more,
});
const DAY = '2026-11-20';
const of = (facts: ParcelFacts, rule: string, day = DAY) =>
  checkParcel(facts, day).findings.filter((finding) => finding.rule === rule);

describe('the register group', () => {
  const heldBy = (publicHolder: string | null) => {
    const { parcel } = factsOf();
    return of(factsOf({ parcel: { ...parcel, publicHolder } }), 'register-group');
  };

  it.each([
    ['municipality', 'The ground is held by the municipality or a legal person of it.'],
    ['other', 'The ground is held by other than a public body.'],
  ])('tells %s and no owner, and what it keeps from the public', (holder, en) => {
    expect(heldBy(holder)).toMatchObject([
      { state: 'applies', reason: { en }, reduced: { en: expect.stringContaining('nobody') } },
    ]);
  });

  it.each([null, 'somebody'])('is not assessed where the register says %s', (holder) => {
    expect(heldBy(holder)).toMatchObject([{ state: 'not-assessed' }]);
  });
});

describe('accuracy', () => {
  it('has the area error of a square in closed form: σ² = σₚ²/4 · 4 · 2·20² = 2·σₚ²·20²', () => {
    const accuracy = new ParcelAccuracy(factsOf());
    expect(accuracy.areaM2).toBe(400);
    expect(accuracy.areaSigmaM2).toBeCloseTo(0.1 * 20 * Math.SQRT2, 10);
    expect(new ParcelAccuracy(factsOf({ points: [] })).areaSigmaM2).toBeCloseTo(0.3 * 20 * Math.SQRT2, 10);
  });

  it('calls an overlap certain only beyond twice its error and thicker than the borders', () => {
    const accuracy = new ParcelAccuracy(factsOf());
    expect(judgeCommon(box(0, 0, 20, 10), accuracy, 0.5)).toMatchObject({ state: 'applies', areaM2: 200 });
    // 20 × 0.4 m of 1:1000: σ of the cut corners is 0.51 m, so σ(A) ≈ 7.2 m² against 8 m².
    expect(judgeCommon(box(0, 0, 20, 0.4), accuracy, 0.5).state).toBe('touches');
    expect(judgeCommon(box(0, 0, 20, 0.4), accuracy, 0.01).state).toBe('applies');
  });

  it.each([
    [3.7, 'applies'],
    [3.75, 'touches'],
    [4.25, 'touches'],
    [4.3, 'does-not-apply'],
  ])('judges %d m against 4 m ± 0.28 m', (distanceM, state) => {
    expect(judgeDistance(distanceM, 4, 0.14)).toBe(state);
  });
});

describe('a check', () => {
  it('has at least 30 classes, each with a finding that holds to the wire', () => {
    expect(RULES.length).toBeGreaterThanOrEqual(30);
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    const { findings } = checkParcel(factsOf(), DAY);
    expect(new Set(findings.map(({ rule }) => rule)).size).toBe(RULES.length);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
    for (const finding of findings) expect(findingSchema.parse(finding)).toEqual(finding);
  });

  it.each([
    ['never loaded', { version: 0, count: 0 }],
    ['empty', { count: 0 }],
    ['elsewhere', { coveredShare: 0 }],
    ['unreadable', { failure: 'broken' }],
  ])('never says "does not apply" from a layer that is %s', (_, state) => {
    for (const { name } of REGISTERS) {
      const layers = LOADED.map((layer) => (layer.name === name ? layerOf(name, state) : layer));
      const needing = new Set(RULES.filter(({ needs }) => needs.includes(name)).map(({ id }) => id));
      const { findings } = checkParcel(factsOf({ layers }), DAY);
      const told = findings.filter(({ rule }) => needing.has(rule)).map((finding) => finding.state);
      expect(told.filter((each) => each !== 'not-assessed')).toEqual([]);
    }
  });

  it('says of a layer that covers half of the parcel what it knows, and that it does not know the rest', () => {
    const flood = {
      layer: 'flood_zones',
      id: 'f',
      properties: { probability: 'p1' },
      distanceM: 0,
      common: box(0, 0, 5, 20),
    };
    const layers = LOADED.map((layer) =>
      layer.name === 'flood_zones' ? layerOf('flood_zones', { coveredShare: 0.5 }) : layer,
    );
    const states = (facts: ParcelFacts) => of(facts, 'flood-special-hazard').map(({ state }) => state);
    expect(states(factsOf({ layers, areas: [flood] }))).toEqual(['applies', 'not-assessed']);
    expect(states(factsOf({ layers }))).toEqual(['not-assessed']);
    expect(states(factsOf())).toEqual(['does-not-apply']);
  });

  it('gives the answer of an earlier law, and none where the law of the day is not known', () => {
    const tall = (day: string) => of(factsOf(), 'tall-building-distance', day)[0];
    expect(tall('2024-07-31')).toMatchObject({ threshold: { value: 4 }, law: { validTo: '2024-07-31' } });
    expect(tall('2024-08-01')).toMatchObject({ threshold: { value: 5 }, law: { validFrom: '2024-08-01' } });
    expect(of(factsOf(), 'large-hall-distance', '2020-01-01')[0]).toMatchObject({ state: 'not-assessed' });
    expect(of(factsOf(), 'building-conditions', '2026-06-30')[0]?.law.provision).toBe('WZ-61-1');
    expect(of(factsOf(), 'building-conditions', '2026-07-01')[0]?.law.provision).toBe('WZ-59-3');
  });

  it('takes a gas pipeline of unknown pressure or from before 2014 for what it is: not assessed', () => {
    const line = {
      id: 'g',
      network: 'gas',
      lineType: 'gas_high',
      course: null,
      flow: null,
      diameterMm: 400,
      builtYear: 2020,
      positionSource: 'O',
      distanceM: 2,
      lengthM: 0,
    };
    const states = (more: object) =>
      of(factsOf({ lines: [{ ...line, ...more }] }), 'gas-control-zone').map(({ state }) => state);
    // DN400 above 1.6 MPa: 8 m wide, 4 m from the axis; 2 m is nearer.
    const strip = { key: 'gas-control-zone GAZ-10-e', common: box(18, 0, 20, 20) };
    expect(of(factsOf({ lines: [line], stripAreas: [strip] }), 'gas-control-zone')).toMatchObject([
      { state: 'applies', law: { provision: 'GAZ-10-e' }, threshold: { value: 4 } },
    ]);
    expect(states({ diameterMm: null })).toEqual(['not-assessed']);
    expect(states({ builtYear: 2005, distanceM: 20 })).toEqual(['not-assessed']);
    expect(states({ distanceM: 9 })).toEqual(['does-not-apply']);
  });

  it('finds ground between parcels that no parcel has', () => {
    const gap = { around: ['p', 'q'], ground: box(20, 0, 21.5, 20) };
    expect(of(factsOf({ gaps: [gap] }), 'parcel-gap')).toMatchObject([
      { state: 'applies', objects: ['q'], measured: { areaM2: 30 } },
    ]);
    // 2 cm wide: thinner than the corners are known.
    const sliver = { ...gap, ground: box(20, 0, 20.02, 20) };
    expect(of(factsOf({ gaps: [sliver] }), 'parcel-gap').map(({ state }) => state)).toEqual(['touches']);
    expect(of(factsOf(), 'parcel-gap').map(({ state }) => state)).toEqual(['does-not-apply']);
  });

  it('says of what is told from old data that they are old', () => {
    const old = LOADED.map((layer) =>
      layer.name === 'landslides' ? layerOf('landslides', { isStale: true }) : layer,
    );
    expect(of(factsOf({ layers: old }), 'landslides')[0]).toMatchObject({
      state: 'does-not-apply',
      source: { isStale: true },
      reason: { en: expect.stringContaining('loaded on 2026-01-01') },
    });
    expect(of(factsOf(), 'landslides')[0]?.reason.en).not.toContain('loaded on');
  });

  const areaOf = (layer: string, properties: AreaFact['properties']): AreaFact => ({
    layer,
    id: 'a',
    properties,
    distanceM: 0,
    common: SQUARE,
  });

  it.each([
    ['2023-08-04', 'not-assessed'],
    ['2023-08-05', 'applies'],
    ['2027-01-01', 'does-not-apply'],
  ])('knows the landscape resolution of %s as %s', (day, state) => {
    const act = { kind: 'urban', ads: 'limited', max_ad_area_m2: 9, in_force_until: '2026-12-31' };
    const facts = factsOf({ areas: [areaOf('landscape_areas', { ...act, in_force_since: '2023-08-05' })] });
    expect(of(facts, 'landscape-resolution', day).map((finding) => finding.state)).toEqual([state]);
  });

  it('weighs a carrier of adverts by the strictest area of the parcel', () => {
    const carrier = { ...areaOf('ad_carriers', { area_m2: 6 }), id: 'NR', common: undefined };
    const limited = areaOf('landscape_areas', { ads: 'limited', max_ad_area_m2: 9 });
    const banned = areaOf('landscape_areas', { ads: 'none', max_ad_area_m2: null });
    const states = (areas: readonly AreaFact[]) =>
      of(factsOf({ areas }), 'ad-carriers').map(({ state }) => state);
    expect(states([carrier, limited])).toEqual(['does-not-apply']);
    expect(states([carrier, limited, banned])).toEqual(['applies']);
    expect(states([carrier])).toEqual(['not-assessed']);
    expect(states([limited])).toEqual(['does-not-apply']);
  });

  it.each([
    ['2025-12-31', []],
    ['2026-01-10', ['applies']],
    ['2026-05-01', ['applies']],
    ['2029-06-02', ['does-not-apply']],
  ])('follows a case through its days: on %s %j', (day, states) => {
    const course = { applied_on: '2026-01-05', decided_on: '2026-04-05', valid_until: '2029-06-01' };
    const facts = factsOf({ areas: [areaOf('cases', { kind: 'division', status: 'granted', ...course })] });
    const told = of(facts, 'running-cases', day).filter(({ objects }) => objects.includes('a'));
    expect(told.map(({ state }) => state)).toEqual(states);
  });

  it.each([
    [47, 'applies'],
    [49.5, 'touches'],
    [52, 'does-not-apply'],
  ])('keeps 50 m from the foot of a dike: %d m is %s', (distanceM, state) => {
    const dike = { ...areaOf('dikes', {}), distanceM, common: undefined };
    expect(of(factsOf({ areas: [dike] }), 'dike').map((finding) => finding.state)).toEqual([state]);
  });

  it('measures the ground of the strip along a dike, with its uncertainty', () => {
    const dike = { ...areaOf('dikes', {}), distanceM: 45, common: box(15, 0, 20, 20) };
    const [finding] = of(factsOf({ areas: [dike] }), 'dike');
    // Corners of the parcel ± 0.10 m, of the strip hypot(0.10, 0.50) m, each with a diagonal of hypot(5, 20) m.
    const sigmaM2 = (Math.hypot(5, 20) / 2) * Math.sqrt(2 * 0.1 ** 2 + 2 * (0.1 ** 2 + 0.5 ** 2));
    expect(finding).toMatchObject({
      state: 'applies',
      objects: ['a'],
      measured: { areaM2: 100, share: 0.25, distanceM: 45, areaErrorM2: Math.round(20 * sigmaM2) / 10 },
      threshold: { must: '>=', value: 50, unit: 'm' },
      geometry: dike.common,
    });
  });

  const surface = (limit_from_m: number | null, limit_to_m: number | null) =>
    areaOf('airport_surfaces', { aerodrome: 'L', kind: 'conical', limit_from_m, limit_to_m });
  const standing = (groundM: number | null, topM: number | null, commonM2 = 100) => ({
    ...{ id: 'B', kind: 'm', storeys: 2, heightM: 10, areaM2: 100, distanceM: 0, boundaryM: 4 },
    ...{ commonM2, groundM, topM },
  });

  it.each([
    [119.7, /: below the surface/],
    [119.9, /nobody can say/],
    [125, /nobody can say/],
    [130.3, /nobody can say/],
    [130.4, /it pierces the surface/],
  ])('holds ground and building against a surface of an aerodrome: a top at %d m', (topM, said) => {
    const facts = factsOf({ areas: [surface(120, 130)], buildings: [standing(80, topM)] });
    const found = of(facts, 'airport-surfaces');
    expect(found).toMatchObject([
      { state: 'applies', measured: { value: topM, unit: 'm' }, threshold: { must: '<=', value: 120 } },
    ]);
    expect(found[0]?.reason.en).toMatch(said);
    expect(found[0]?.reason.en).toContain('at 80 m: 40 m are left above it');
  });

  it('says that the room under a surface is not assessed where the ground or the level is not known', () => {
    const told = (limit: number | null, buildings: ParcelFacts['buildings']) =>
      of(factsOf({ areas: [surface(limit, limit)], buildings }), 'airport-surfaces');
    for (const unknown of [[], [standing(null, null)], [standing(80, 90, 0)]]) {
      expect(told(120, unknown).map(({ state }) => state)).toEqual(['applies', 'not-assessed']);
    }
    expect(told(120, [standing(80, 90, 0)])[1]?.reason.en).toContain('are at 80–80 m');
    expect(told(120, [standing(80, 90), standing(null, null)])[0]?.reason.en).toContain(
      '(1) are not assessed',
    );
    expect(told(null, [standing(80, 90)]).map(({ state }) => state)).toEqual(['applies', 'not-assessed']);
    expect(of(factsOf(), 'airport-surfaces').map(({ state }) => state)).toEqual(['does-not-apply']);
  });

  it('holds a field of 50 Hz to the limit of housing', () => {
    const told = (level_to: number) =>
      of(factsOf({ areas: [areaOf('electromagnetic_fields', { level_to })] }), 'electromagnetic-field');
    expect(told(3)).toMatchObject([{ state: 'applies', threshold: { value: 1, unit: 'kV/m' } }]);
    expect(told(1)).toMatchObject([{ state: 'does-not-apply' }]);
  });

  it('finds a hole and an overlap of plans, and a registered area that is wrong', () => {
    const cover = { planKind: 'local' as const, zones: ['a', 'b'], sumM2: 400, unionM2: 360 };
    const both = { ...cover, hole: box(0, 0, 20, 2), overlap: box(0, 10, 20, 12) };
    expect(
      of(factsOf({ planCover: [both] }), 'plan-coverage').map(({ measured }) => measured?.areaM2),
    ).toEqual([40, 40]);
    const wrong = { ...factsOf().parcel, registeredAreaHa: 0.045 };
    expect(of(factsOf({ parcel: wrong }), 'registered-area')[0]).toMatchObject({
      state: 'applies',
      measured: { value: -50 },
    });
    expect(of(factsOf(), 'registered-area')[0]?.state).toBe('does-not-apply');
  });
});
