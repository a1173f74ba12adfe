import { afterEach, describe, expect, it } from 'vitest';
import {
  SITING_REFUSALS,
  type SitingRefusal,
  sitingRefusal,
} from '../../core/analysis/siting/siting-refusal.ts';
import { refusalOf, ServiceError } from '../api/ask.ts';
import { en } from '../text/en.ts';
import { pl } from '../text/pl.ts';
import { language } from '../text/text.ts';
import { REFUSAL_WORDS, refusalText, saidRefusal } from './refusal-words.ts';

afterEach(() => {
  language.value = 'pl';
});

/** As the door answers it. */
const answered = (members: object, status = 400) =>
  refusalOf({ detail: 'In English', status, ...members }, 'http://a.example/api/siting', status);

describe('why siting does not answer', () => {
  it.each(Object.keys(SITING_REFUSALS) as SitingRefusal[])(
    'has words for %s in both languages, with all that the service tells of it',
    (code) => {
      const { values } = SITING_REFUSALS[code];
      const word = REFUSAL_WORDS[code];
      for (const text of [pl[word], en[word]]) {
        expect([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()).toEqual([...values].sort());
      }
      const { members } = sitingRefusal(code, 'In English', Object.fromEntries(values.map((v) => [v, v])));
      const error = answered(members);
      const said = [saidRefusal(error).words];
      language.value = 'en';
      said.push(saidRefusal(error).words);
      expect(new Set(said).size).toBe(2);
      for (const text of said) for (const value of values) expect(text).toContain(value);
      expect(saidRefusal(error).detail).toBeUndefined();
    },
  );

  it('is told with its numbers as people write them, and years and ids as they are', () => {
    const values = { budget: 1_000_000, cheapest: 8_200_000 };
    const { members } = sitingRefusal('budget-too-small', 'In English', values);
    expect(saidRefusal(answered(members)).words).toMatch(/^Budżet 1.000.000 zł .* kosztuje 8.200.000 zł/);
    const years = { year: '2050', first: '2025', last: '2040' };
    const untold = sitingRefusal('not-in-forecast', 'In English', years);
    expect(refusalText(answered(untold.members))).toContain(
      'Na rok 2050 nie ma prognozy: obejmuje lata 2025–2040',
    );
  });

  it('is left to the service where the screen knows no more', () => {
    expect(saidRefusal(answered({ refusal: 'constructor' }, 500))).toEqual({ detail: 'In English' });
    expect(refusalText(answered({ parameter: 'walkMinutes' }))).toBe(`${pl.sitingBadValue} In English`);
    expect(refusalText(new ServiceError('Brak połączenia'))).toBe('Brak połączenia');
    expect(refusalText(new Error('odd'))).toBe('odd');
  });
});
