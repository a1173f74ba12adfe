import { describe, expect, it } from 'vitest';
import { escapeId, gmlId, parseGmlId, unescapeId } from './identifier.ts';

const IDS = [
  '306401_1.0021.AR_10.169/4',
  '306401_1.0021.AR_10.161',
  '306401_1.0021.169/4.1_BUD',
  'ab0c1d2e-3f45-6789-abcd-ef0123456789',
  'PL.ZIPIN.1;2 3',
  'ulica Żółta łąka',
  '-x2F-',
  '-x2F-x2F-',
  'a-x-b',
  '--x41--',
  '-x110000-',
  '.',
  '..',
  '%2F?#&=+',
  '🏠/1',
];

describe('escapeId', () => {
  it.each(IDS)('spells %s so that it can be read back', (id) => {
    expect(unescapeId(escapeId(id))).toBe(id);
  });

  it.each(IDS)('makes %s safe for a path segment and an NCName', (id) => {
    expect(escapeId(id)).toMatch(/^[A-Za-z0-9._-]+$/);
    expect(['.', '..']).not.toContain(escapeId(id));
    expect(gmlId('parcels', id)).toMatch(/^[A-Za-z_][A-Za-z0-9._-]*$/);
  });

  it('gives different ids different spellings', () => {
    expect(new Set(IDS.map(escapeId)).size).toBe(IDS.length);
  });

  it('leaves uuids and plain parcel ids readable', () => {
    expect(escapeId('ab0c1d2e-3f45-6789-abcd-ef0123456789')).toBe('ab0c1d2e-3f45-6789-abcd-ef0123456789');
    expect(escapeId('306401_1.0021.AR_10.169/4')).toBe('306401_1.0021.AR_10.169-x2F-4');
  });
});

describe('parseGmlId', () => {
  it.each(IDS)('finds layer and id of %s again', (id) => {
    expect(parseGmlId(gmlId('wloclawek.buildings_3d', id))).toEqual({ layer: 'wloclawek.buildings_3d', id });
  });

  it.each(['', 'parcels', '-1', 'parcels-'])('knows that "%s" is none of ours', (text) => {
    expect(parseGmlId(text)).toBeUndefined();
  });
});
