import { describe, expect, it } from 'vitest';
import { isOwnQuality, observationQuality } from './observation-quality.ts';

const TIME = '2026-06-01T10:00:00Z';
const DOUBT = { rule: 'spike', reason: { pl: 'skok', en: 'jump' }, since: TIME } as const;
const judged = (
  method: 'measured' | 'estimated' | 'forecast',
  flags: readonly ('future' | 'late' | 'out-of-range')[],
  doubt?: typeof DOUBT,
) => observationQuality(method, { phenomenonTime: TIME, flags }, doubt);

describe('the quality of an observation', () => {
  it.each([
    ['measured', [], undefined, 'ok'],
    ['measured', ['late'], undefined, 'ok'],
    ['estimated', [], undefined, 'estimated'],
    ['estimated', [], DOUBT, 'suspect'],
    ['measured', [], DOUBT, 'suspect'],
    ['forecast', ['out-of-range'], DOUBT, 'forecast'],
  ] as const)('%s with flags %j is judged by the doubt over its time', (method, flags, doubt, status) => {
    expect(judged(method, flags, doubt)).toEqual({
      status,
      ...(status === 'suspect' && doubt),
      judgedBy: 'twin',
    });
  });

  it('is in doubt by its flags before a rule has seen it, and by the rule afterwards', () => {
    expect(judged('measured', ['out-of-range', 'future'])).toMatchObject({
      status: 'suspect',
      rule: 'range',
    });
    expect(judged('measured', ['future'])).toMatchObject({ status: 'suspect', rule: 'clock', since: TIME });
    expect(judged('measured', ['out-of-range'], DOUBT)).toMatchObject({ rule: 'spike' });
  });

  it('is known as ours when it is sent back', () => {
    expect(isOwnQuality(judged('measured', []))).toBe(true);
    for (const other of [null, 'ok', {}, { status: 'ok' }, { judgedBy: 'me' }])
      expect(isOwnQuality(other)).toBe(false);
  });
});
