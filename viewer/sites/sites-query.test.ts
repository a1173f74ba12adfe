import { expect, it } from 'vitest';
import {
  FIRST_QUESTION,
  parametersOf,
  readQuestion,
  type SitesQuestion,
  writeQuestion,
} from './sites-query.ts';

const WHOLE: SitesQuestion = {
  where: { areaM2: { min: 500.5, max: 2000 }, waterM: { max: 50 }, schoolM: { min: 10 } },
  zones: ['MN', 'MW'],
  exclude: ['flood', 'built'],
  weights: { waterM: -2, areaM2: 1 },
};

it.each([
  ['whole', WHOLE],
  ['first', FIRST_QUESTION],
  ['empty', { where: {}, zones: [], exclude: [], weights: {} }],
] as const)('keeps the %s question in the link', (_, question) => {
  expect(readQuestion(writeQuestion(question))).toEqual(question);
});

it('leaves out what it does not understand', () => {
  const read = readQuestion('price:1..2;areaM2:x..9;zones:<b>,MN;exclude:dragons,flood;weights:areaM2~high');
  expect(read).toEqual({ where: { areaM2: { max: 9 } }, zones: ['MN'], exclude: ['flood'], weights: {} });
});

it('asks the service nothing for a condition without bounds', () => {
  const asked = parametersOf({ ...WHOLE, where: { ...WHOLE.where, gasM: {} } });
  expect(Object.fromEntries(asked)).toEqual({
    areaM2: '500.5..2000',
    waterM: '..50',
    schoolM: '10..',
    zones: 'MN,MW',
    exclude: 'flood,built',
    weights: 'waterM:-2,areaM2:1',
  });
});
