import { describe, expect, it } from 'vitest';
import { invalidParameter } from '../../core/errors.ts';
import { asDatabaseError, isConnectionError } from './database-error.ts';

const withCode = (code: string): Error => Object.assign(new Error('words that nobody matches'), { code });

describe('asDatabaseError', () => {
  it.each([
    ['57014', 'timeout', /did not finish in time/],
    ['23505', 'conflict', /same object/],
    ['40P01', 'conflict', /collided/],
    ['53100', 'unavailable', /disk of the database is full/],
    ['53300', 'unavailable', /no more connections/],
    ['53200', 'unavailable', /short of memory/],
    ['28P01', 'unavailable', /user name or password/],
    ['3D000', 'unavailable', /does not exist/],
    ['57P01', 'unavailable', /starting up or shutting down/],
    ['57P03', 'unavailable', /starting up or shutting down/],
    ['08006', 'unavailable', /connection .* broke/],
    ['ECONNREFUSED', 'unavailable', /connection .* broke/],
    ['42703', 'internal', /changed nothing/],
    ['22P02', 'internal', /changed nothing/],
  ])('tells what %s means', (code, kind, message) => {
    const cause = withCode(code);
    expect(asDatabaseError(cause)).toMatchObject({ kind, message: expect.stringMatching(message), cause });
  });

  it('leaves our own errors alone', () => {
    const error = invalidParameter('bbox', 'no');
    expect(asDatabaseError(error)).toBe(error);
  });
});

describe('isConnectionError', () => {
  it('tells a broken connection from a broken statement', () => {
    expect(['57P01', '08006', 'ECONNRESET'].map((code) => isConnectionError(withCode(code)))).toEqual([
      true,
      true,
      true,
    ]);
    expect(['42703', '57014', '53100'].map((code) => isConnectionError(withCode(code)))).toEqual([
      false,
      false,
      false,
    ]);
    expect(isConnectionError(new Error('Connection terminated unexpectedly'))).toBe(true);
  });
});
