import { describe, expect, it } from 'vitest';
import { RULES } from '../analysis/parcel-check/rules.ts';
import { ACTS } from './act.ts';
import { PROVISIONS, provisionAt } from './law.ts';
import { lawReferenceOf } from './provision.ts';

describe('the law', () => {
  it('names an act, a journal and words in both languages for every provision', () => {
    for (const provision of PROVISIONS) {
      const { journal, actTitle, paraphrase } = lawReferenceOf(provision);
      expect([journal, actTitle.pl, actTitle.en, paraphrase.pl, paraphrase.en].every(Boolean)).toBe(true);
    }
    expect(new Set(ACTS.map(({ id }) => id)).size).toBe(ACTS.length);
  });

  it('has one version of a provision on a day, and ends none before it begins', () => {
    const byId = new Map<string, { from: string; to: string }[]>();
    for (const { id, from, to = '9999-12-31' } of PROVISIONS) {
      expect(from <= to, id).toBe(true);
      for (const other of byId.get(id) ?? []) expect(other.to < from || to < other.from, id).toBe(true);
      byId.set(id, [...(byId.get(id) ?? []), { from, to }]);
    }
  });

  it('knows every provision that a rule stands on', () => {
    const known = new Set(PROVISIONS.map(({ id }) => id));
    const named = RULES.flatMap(({ provisions }) => provisions);
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });

  it.each([
    // § 12: 5 m for tall housing since 1.08.2024 (Dz.U. 2023 poz. 2442, Dz.U. 2024 poz. 474 to verify).
    ['WT-12-1c', '2024-07-31', { distanceM: 4 }],
    ['WT-12-1c', '2024-08-01', { distanceM: 5 }],
    ['WT-12-11', '2024-08-01', { distanceM: 30 }],
    // § 13: the 20 m of children's rooms went with the amendment of 2018.
    ['WT-13', '2017-12-31', { childrenM: 20, capM: 35 }],
    ['WT-13', '2018-01-01', { capM: 35 }],
    // Noise: Dz.U. 2012 poz. 1109.
    ['HAL-2', '2012-10-22', { ldwnDb: 55, lnDb: 50 }],
    ['HAL-2', '2012-10-23', { ldwnDb: 64, lnDb: 59 }],
    // Trees at rails: 6 m since 2019.
    ['KOL-T', '2018-12-31', { distanceM: 15 }],
    ['KOL-T', '2020-01-01', { distanceM: 6 }],
    ['WZ-61-5a', '2022-01-02', { leastM: 50 }],
    ['WZ-61-5a', '2022-01-03', { leastM: 50, mostM: 200 }],
    ['GAZ-10-f', '2013-09-05', { widthM: 12, halfWidthM: 6 }],
  ])('%s on %s is %j', (id, day, values) => {
    expect(provisionAt(id, day)?.values).toMatchObject(values);
    expect(Object.keys(provisionAt(id, day)?.values ?? {})).toEqual(
      expect.arrayContaining(Object.keys(values)),
    );
  });

  it.each([
    ['WT-12-11', '2024-07-31'],
    ['GAZ-10-a', '2013-09-04'],
    ['POZ-UK', '2023-08-04'],
  ])('does not know %s on %s', (id, day) => {
    expect(provisionAt(id, day)).toBeUndefined();
  });

  it('no longer knows the children’s 20 m of § 13', () => {
    expect(provisionAt('WT-13', '2026-01-01')?.values).not.toHaveProperty('childrenM');
  });
});
