import { expect, it } from 'vitest';
import { freshnessOf, staleAfterS } from './freshness.ts';

it('takes a value for present until two more were missed', () => {
  const at = Date.UTC(2026, 5, 1);
  const limitMs = staleAfterS(600) * 1000;
  expect(freshnessOf(at, 600, at + limitMs)).toBe('fresh');
  expect(freshnessOf(at, 600, at + limitMs + 1)).toBe('stale');
  expect(freshnessOf(undefined, 600, at)).toBe('none');
  expect(freshnessOf(at, undefined, at + limitMs)).toBe('unknown');
});
