import { expect, it } from 'vitest';
import { dayWords, deltaWords, numberWords } from './value-words.ts';

it('writes as many digits as the bound bears, and the sign always', () => {
  expect([
    deltaWords(412.34, 6.2, 'pl'),
    deltaWords(-0.041, 0.003, 'en'),
    deltaWords(3, 0, 'pl'),
    deltaWords(0, 0, 'pl'),
  ]).toEqual(['+412,3 ± 6,2', '−0.041 ± 0.003', '+3', '0']);
});

it('parts thousands by a no-break space, and knows no minus zero', () => {
  expect(numberWords(1_234_567.5, 'pl', 1)).toBe('1\u00a0234\u00a0567,5');
  expect(numberWords(-0.0004, 'en', 2)).toBe('0.00');
});

it('says the day by the clocks of Poland', () => {
  expect(dayWords('2026-06-30T22:30:00Z', 'pl')).toBe('1 lipca 2026');
  expect(dayWords('2026-06-30T22:30:00Z', 'en')).toBe('1 July 2026');
});
