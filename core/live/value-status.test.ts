import { expect, it } from 'vitest';
import { valueStatus } from './value-status.ts';

it('shows as ok only what is fresh, measured and not in doubt', () => {
  const at = (ageS: number | undefined, rule?: 'spike' | 'outage') =>
    valueStatus('measured', ageS, 600, rule);
  expect([at(0), at(1_260), at(1_261), at(2_520), at(2_521), at(undefined)]).toEqual([
    'ok',
    'ok',
    'stale',
    'stale',
    'outage',
    'none',
  ]);
  expect([at(0, 'spike'), at(1_300, 'spike'), at(9_999, 'spike'), at(0, 'outage')]).toEqual([
    'suspect',
    'suspect',
    'outage',
    'outage',
  ]);
  expect(valueStatus('measured', 86_401, undefined, undefined)).toBe('stale');
  expect(valueStatus('measured', 86_400, undefined, undefined)).toBe('ok');
});

it('never calls what was not measured ok', () => {
  expect(valueStatus('estimated', 0, 600, undefined)).toBe('estimated');
  expect(valueStatus('estimated', 0, 600, 'range')).toBe('suspect');
  expect(valueStatus('forecast', -9_000, 600, undefined)).toBe('forecast');
  expect(valueStatus('forecast', undefined, 600, undefined)).toBe('none');
});
