import { expect, it } from 'vitest';
import { rangeOf } from './byte-range.ts';

it.each([
  ['bytes=0-', { from: 0, to: 100 }],
  ['bytes=40-', { from: 40, to: 100 }],
  ['bytes=40-49', { from: 40, to: 50 }],
  ['bytes=40-4000', { from: 40, to: 100 }],
  ['bytes=-10', { from: 90, to: 100 }],
  ['bytes=-1000', { from: 0, to: 100 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=9-3', undefined],
  ['bytes=0-1,5-6', undefined],
  ['lines=0-', undefined],
  ['bytes=-', undefined],
  [undefined, undefined],
])('%s of 100 bytes', (header, range) => {
  expect(rangeOf(header, 100)).toEqual(range);
});
