import { describe, expect, it } from 'vitest';
import type { PropertyType } from '../feature/layer.ts';
import type { Literal } from './ast.ts';
import { typedLiteral } from './typed-literal.ts';

const property = (type: PropertyType) => ({ name: 'p', type, label: { pl: 'p', en: 'p' } });

describe('typedLiteral', () => {
  it.each<[PropertyType, Literal, Literal]>([
    ['text', 5, '5'],
    ['text', true, 'true'],
    ['integer', ' 5 ', 5],
    ['integer', '2.5', 2.5],
    ['number', '1e3', 1000],
    ['boolean', 'TRUE', true],
    ['boolean', 0, false],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '2024-02-29T23:00:00Z', '2024-02-29'],
    ['datetime', '2024-05-01', '2024-05-01T00:00:00Z'],
    ['datetime', '2024-05-01T10:00:00', '2024-05-01T10:00:00Z'],
    ['datetime', '2024-05-01 10:00', '2024-05-01T10:00:00Z'],
    ['datetime', '2024-05-01T12:00:00.250+02:00', '2024-05-01T10:00:00.250Z'],
    ['number', null, null],
  ])('takes %s %j for %j', (type, given, expected) => {
    expect(typedLiteral(property(type), given)).toBe(expected);
  });

  it.each<[PropertyType, Literal]>([
    ['integer', 'five'],
    ['integer', ''],
    ['number', 'NaN'],
    ['number', '0x'],
    ['number', true],
    ['boolean', 'yes'],
    ['date', '2024-02-30'],
    ['date', '29.02.2024'],
    ['datetime', 'now'],
    ['datetime', '2024-13-01'],
    ['datetime', '2024-05-01T25:00:00Z'],
  ])('refuses %s %j', (type, given) => {
    expect(() => typedLiteral(property(type), given)).toThrow(
      expect.objectContaining({ kind: 'invalid-parameter', message: expect.stringContaining('p, which is') }),
    );
  });
});
