import { afterEach, describe, expect, it } from 'vitest';
import { language, preferredLanguage, tn } from '../text/text.ts';
import { formatCount, formatNumber, formatQuantity } from './number.ts';

afterEach(() => {
  language.value = 'pl';
});

describe('numbers', () => {
  it('have thin spaces between thousands, and the decimal mark of the language', () => {
    expect(formatNumber(34538.08, 2)).toBe('34\u2009538,08');
    language.value = 'en';
    expect(formatNumber(34538.08, 2)).toBe('34\u2009538.08');
  });

  it('of four digits stay together, except as counts and scales', () => {
    expect(formatNumber(3139.91, 2)).toBe('3139,91');
    expect(formatCount(5000)).toBe('5\u2009000');
  });

  it('keep their sign, lose needless zeros and never say NaN', () => {
    expect(formatNumber(-12345.5)).toBe('\u221212\u2009345,5');
    expect(formatNumber(-0.001, 2)).toBe('0,00');
    expect(formatNumber(Number.NaN)).toBe('–');
    expect(formatQuantity(120, 'm2')).toBe('120\u202fm²');
  });
});

describe('words', () => {
  it('follow the count as Polish asks', () => {
    const counted = (n: number) => tn('layerCount', n, { n });
    expect([1, 2, 5, 12, 22, 112].map(counted)).toEqual([
      '1 obiekt',
      '2 obiekty',
      '5 obiektów',
      '12 obiektów',
      '22 obiekty',
      '112 obiektów',
    ]);
  });

  it.each([
    [['pl-PL', 'en'], 'pl'],
    [['en-GB', 'pl'], 'en'],
    [['de', 'pl'], 'pl'],
    [['de', 'fr'], 'en'],
    [[], 'pl'],
  ])('are those that a browser of %j prefers', (languages, expected) => {
    expect(preferredLanguage(languages)).toBe(expected);
  });
});
