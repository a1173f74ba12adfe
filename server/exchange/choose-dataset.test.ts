import { describe, expect, it } from 'vitest';
import { datasetNameOf } from './choose-dataset.ts';

describe('datasetNameOf', () => {
  it.each([
    ['/data/pl-lod1-gugik-0464.gml', 'pl_lod1_gugik_0464'],
    ['Dane Włocławek (1).GML', 'dane_wloclawek_1'],
    ['ŻÓŁĆ.gml', 'zolc'],
    ['221101_1.0001.34_6.gml', 'd_221101_1_0001_34_6'],
    ['city.gml', 'd_city'],
    ['pg_catalog.gml', 'd_pg_catalog'],
    ['札幌.gml', 'd_file'],
    [`${'long'.repeat(30)}.gml`, `${'long'.repeat(9)}lo`],
  ])('makes of %s the name %s, which the store takes', (path, name) => {
    expect(datasetNameOf(path)).toBe(name);
    expect(name).toMatch(/^[a-z][a-z0-9_]{0,40}$/);
  });
});
