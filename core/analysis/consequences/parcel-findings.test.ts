import { describe, expect, it } from 'vitest';
import { REGISTERS } from '../../catalogue/catalogue.ts';
import { type ParcelFinding, parcelChecksSchema } from '../../wire/consequences.ts';
import { UNWATCHED } from '../model.ts';
import type { LayerFact, ParcelFacts, TreeFact } from '../parcel-check/facts.ts';
import { groupParcelFindings } from './group-parcel-findings.ts';
import { compareChecks } from './parcel-findings.ts';

const MONUMENTS = 'natural-monument-tree';
const LOADED = REGISTERS.map(
  ({ name, title }): LayerFact => ({
    ...{ name, title, licence: title, steward: title, version: 1, count: 1, source: 'test' },
    ...{ loadedAt: '2026-01-01T00:00:00.000Z', isStale: false, coveredShare: 1, coverage: 'declared' },
    failure: undefined,
  }),
);
/** In the middle of the parcel: certainly on it. */
const tree = (id: string, more: Partial<TreeFact> = {}): TreeFact => ({
  ...{
    id,
    species: null,
    latin: 'Tilia',
    form: 'broadleaved',
    girthCm: 20,
    crownM: 4,
    protection: 'monument',
  },
  ...{ distanceM: 0, edgeM: 9 },
  ...more,
});
/** A square of 20 m. */
const parcel = (id: string, trees: readonly TreeFact[]): ParcelFacts => ({
  parcel: {
    ...{
      id,
      registeredAreaHa: 0.04,
      areaPrecision: '1',
      landUse: 'B',
      publicHolder: null,
      isRegistered: true,
    },
    geometry: {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [0, 0],
            [20, 0],
            [20, 20],
            [0, 20],
            [0, 0],
          ],
        ],
      ],
    },
  },
  ...{ points: [], layers: LOADED, areas: [], planCover: [], lines: [], stripAreas: [], buildingLines: [] },
  ...{
    setback: { lengthM: 80, widthM: 20, strip: undefined },
    buildings: [],
    neighbours: [],
    gaps: [],
    roads: [],
  },
  ...{ landUses: [], trees },
});

const compared = (before: readonly ParcelFacts[], after: readonly ParcelFacts[], reached = 1) =>
  compareChecks({ before, after, reached }, '2026-11-20', UNWATCHED);
const told = ({ parcel: id, parcelState, rule, change, before, after, significance }: ParcelFinding) => [
  `${id} ${parcelState} ${rule} ${change}`,
  before?.measured?.value,
  after?.measured?.value,
  significance,
];
const treesOf = (findings: readonly ParcelFinding[]) =>
  findings.filter(({ rule }) => rule === MONUMENTS).map(told);

describe('checks of parcels in both states', () => {
  it('say nothing of what stays', () => {
    const facts = [parcel('a', [tree('T1')])];
    expect(compared(facts, facts).result).toEqual({ parcels: 1, reached: 1, findings: [] });
  });

  it('tell what appears, vanishes, and what is measured otherwise', () => {
    const [none, one, two] = [[], [tree('T1')], [tree('T1'), tree('T2')]].map((each) => [parcel('a', each)]);
    if (!none || !one || !two) throw new Error('three states');
    const { result } = compared(none, one);
    expect(parcelChecksSchema.parse(result)).toEqual(result);
    expect(treesOf(result.findings)).toEqual([
      ['a kept natural-monument-tree appears', undefined, 1, 'beyond-error'],
    ]);
    expect(result.findings.find(({ rule }) => rule === MONUMENTS)?.before?.state).toBe('does-not-apply');
    expect(treesOf(compared(one, none).result.findings)).toEqual([
      ['a kept natural-monument-tree vanishes', 1, undefined, 'beyond-error'],
    ]);
    expect(treesOf(compared(two, one).result.findings)).toEqual([
      ['a kept natural-monument-tree changes', 2, 1, 'beyond-error'],
    ]);
  });

  it('take a finding for the same one when the object that it names first is gone', () => {
    const { findings } = compared(
      [parcel('a', [tree('T1'), tree('T2')])],
      [parcel('a', [tree('T2')])],
    ).result;
    expect(treesOf(findings)).toEqual([['a kept natural-monument-tree changes', 2, 1, 'beyond-error']]);
  });

  it('call a change that the accuracy of the data does not bear one within the error', () => {
    const { findings } = compared([parcel('a', [])], [parcel('a', [tree('T1', { edgeM: 0.1 })])]).result;
    expect(treesOf(findings)).toEqual([
      ['a kept natural-monument-tree appears', undefined, 1, 'within-error'],
    ]);
  });

  it('know parcels that come and go, and what of them is certain', () => {
    const { findings } = compared([parcel('a', [tree('T1')])], [parcel('b', [tree('T1')])]).result;
    expect(treesOf(findings)).toEqual([
      ['a gone natural-monument-tree vanishes', 1, undefined, 'beyond-error'],
      ['b new natural-monument-tree appears', undefined, 1, 'beyond-error'],
    ]);
    expect(findings.some(({ before, after }) => (after ?? before)?.state === 'not-assessed')).toBe(false);
    expect(groupParcelFindings(findings).map(({ change, rule }) => `${change} ${rule}`)).toEqual(
      expect.arrayContaining(['appears natural-monument-tree', 'vanishes natural-monument-tree']),
    );
  });

  it('say of how many parcels nobody looked, and which rules have nothing to go by', () => {
    const { notAssessed } = compared([parcel('a', [])], [parcel('a', [tree('T1')])], 1_500);
    expect(notAssessed.map(({ name }) => name)).toEqual([
      'parcels-beyond-check',
      'parcel-rules-without-data',
    ]);
    expect(notAssessed[0]?.reason.en).toMatch(/can reach 1500 parcels; the 1 nearest/);
  });
});
