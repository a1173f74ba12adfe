import { describe, expect, it } from 'vitest';
import { siteQuerySchema } from '../../wire/sites.ts';
import { findSites } from './find-sites.ts';
import { bitOf, emptyMeasures, type SiteTable } from './site-table.ts';

/** `areaM2`, `waterM` (NaN = not known), zone, exclusions. */
const ROWS: readonly (readonly [number, number, string | null, number])[] = [
  [500, 10, 'MN', 0],
  [800, 90, 'MN', 0],
  [1200, 40, 'MW', 0],
  [1500, Number.NaN, 'MW', 0],
  [2000, 5, 'MN', bitOf('flood')],
  [900, 30, null, 0],
];
const KINDS = ['MN', 'MW'];

function table(missing: readonly string[] = []): SiteTable {
  const measures = emptyMeasures(ROWS.length);
  ROWS.forEach(([areaM2, waterM], row) => {
    measures.areaM2[row] = areaM2;
    measures.waterM[row] = waterM;
  });
  return {
    ids: ROWS.map((_, row) => `p${row}`),
    zoneKinds: KINDS,
    zone: Int16Array.from(ROWS.map(([, , kind]) => (kind === null ? -1 : KINDS.indexOf(kind)))),
    measures,
    excluded: Uint8Array.from(ROWS.map(([, , , bits]) => bits)),
    at: Float64Array.from(ROWS.flatMap((_, row) => [row * 100, 0])),
    bbox: new Float64Array(ROWS.length * 4),
    shapes: new BigUint64Array(ROWS.length),
    version: '1',
    versions: {},
    missing,
  };
}

const find = (asked: object, missing?: readonly string[]) =>
  findSites(table(missing), siteQuerySchema.parse(asked));
const ids = (asked: object) => find(asked).sites.map(({ id }) => id);

describe('the site finder', () => {
  it('takes both ends of a range, and any of several zones', () => {
    expect(ids({ where: { areaM2: { min: 800, max: 1200 } } })).toEqual(['p1', 'p2', 'p5']);
    expect(ids({ zones: ['MN', 'nowhere'] })).toEqual(['p0', 'p1', 'p4']);
    expect(ids({ bbox: [100, -1, 200, 1] })).toEqual(['p1', 'p2']);
  });

  it('leaves out what is not known, and tells how many', () => {
    const found = find({ where: { waterM: { max: 50 } } });
    expect([found.matched, found.unknown]).toEqual([4, 1]);
    expect(find({ zones: ['MN'] }).unknown).toBe(1);
  });

  it('does not take a missing layer for a clear one', () => {
    expect(find({ exclude: ['flood'] }).matched).toBe(5);
    const blind = find({ exclude: ['flood'] }, ['flood_zones']);
    expect([blind.matched, blind.unknown, blind.basis.missing]).toEqual([0, 6, ['flood_zones']]);
  });

  it('tells how many would match without each condition', () => {
    const found = find({ where: { areaM2: { min: 700 }, waterM: { max: 50 } }, exclude: ['flood'] });
    expect(found.matched).toBe(2);
    expect(found.without).toEqual({
      areaM2: find({ where: { waterM: { max: 50 } }, exclude: ['flood'] }).matched,
      waterM: find({ where: { areaM2: { min: 700 } }, exclude: ['flood'] }).matched,
      flood: find({ where: { areaM2: { min: 700 }, waterM: { max: 50 } } }).matched,
    });
  });

  it('ranks by weights with a reason for each, what is not known last', () => {
    const { sites } = find({ weights: { waterM: -1 }, zones: ['MW', 'MN'] });
    expect(sites.map(({ id }) => id)).toEqual(['p4', 'p0', 'p2', 'p1', 'p3']);
    expect(sites[0]).toMatchObject({
      rank: 1,
      score: 1,
      zone: 'MN',
      reasons: [{ measure: 'waterM', value: 5, weight: -1, part: 1 }],
    });
    expect(sites.at(-1)).toMatchObject({ score: 0, reasons: [{ value: null, part: 0 }] });
  });

  it('weighs several reasons by their shares, and gives the same order every time', () => {
    const { sites } = find({ weights: { areaM2: 3, waterM: -1 } });
    for (const { score, reasons } of sites) {
      const sum = reasons.reduce((all, { part, weight }) => all + part * Math.abs(weight), 0);
      expect(score).toBeCloseTo(sum / 4, 3);
    }
    expect(ids({})).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5']);
  });

  it('goes on where a page ended, and only counts when no site is wanted', () => {
    const page = find({ weights: { areaM2: 1 }, limit: 2, offset: 2 });
    expect(page.sites.map(({ id, rank }) => [id, rank])).toEqual([
      ['p2', 3],
      ['p5', 4],
    ]);
    expect(find({ limit: 0 })).toMatchObject({ matched: 6, sites: [] });
  });
});
