import { afterEach, expect, it } from 'vitest';
import { language } from '../text/text.ts';
import { formatAge } from './age.ts';

afterEach(() => {
  language.value = 'pl';
});

it('says an age in its largest unit, in both languages', () => {
  language.value = 'pl';
  const ages = [-5_000, 9_000, 40_000, 125_000, 3 * 3_600_000, 50 * 3_600_000];
  expect(ages.map(formatAge)).toEqual([
    'teraz',
    'teraz',
    '40 sek. temu',
    '2 min temu',
    '3 godz. temu',
    'przedwczoraj',
  ]);
  language.value = 'en';
  expect(formatAge(125_000)).toMatch(/^2 min\.? ago$/);
});
