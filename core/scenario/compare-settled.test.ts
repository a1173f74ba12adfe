import { describe, expect, it } from 'vitest';
import type { StoredEdit } from '../wire/scenario.ts';
import { differentObjects } from './compare-settled.ts';
import { renameObjects } from './rename-objects.ts';

type Touched = StoredEdit['objects'][number];
const tree = (properties: Record<string, string | number>, x = 0): Touched => ({
  layer: 'trees',
  id: 'T.1',
  change: 'changed',
  before: { type: 'Feature', id: 'T.1', geometry: { type: 'Point', coordinates: [x, 0] }, properties },
});
const notOwn = () => false;

describe('differentObjects', () => {
  it('names what differs, with both values, and the place by its name', () => {
    const was = [tree({ height_m: 4, form: 'old' })];
    const becomes = [tree({ height_m: 5, species: 'lipa' }, 1)];
    expect(differentObjects(was, becomes, notOwn)).toEqual([
      {
        layer: 'trees',
        id: 'T.1',
        attributes: [
          { name: 'form', was: 'old', becomes: null },
          { name: 'height_m', was: 4, becomes: 5 },
          { name: 'species', was: null, becomes: 'lipa' },
          { name: 'geometry' },
        ],
      },
    ]);
  });

  it('takes a new version that says the same for the same', () => {
    const was = [tree({ height_m: 4, iip_version: '1', version_since: '2020' })];
    expect(differentObjects(was, [tree({ height_m: 4, iip_version: '2' })], notOwn)).toEqual([]);
  });

  it('names objects that only one of the two touches, and leaves those of earlier edits alone', () => {
    const added: Touched = { layer: 'trees', id: 'T.2', change: 'added' };
    expect(differentObjects([tree({})], [added], notOwn)).toEqual([
      { layer: 'trees', id: 'T.1', attributes: [] },
      { layer: 'trees', id: 'T.2', attributes: [] },
    ]);
    expect(differentObjects([tree({})], [tree({ a: 1 })], (key) => key === 'trees T.1')).toEqual([]);
  });
});

it('renames whole texts only, at any depth, and not the names of members', () => {
  const names = new Map([['10/1', '10/3']]);
  const document = {
    '10/1': 'a',
    parcel: '10/1',
    list: ['10/1', 'x 10/1', { deep: '10/1', n: 1, none: null }],
  };
  expect(renameObjects(document, names)).toEqual({
    '10/1': 'a',
    parcel: '10/3',
    list: ['10/3', 'x 10/1', { deep: '10/3', n: 1, none: null }],
  });
});
