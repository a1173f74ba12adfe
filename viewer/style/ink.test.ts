import { describe, expect, it } from 'vitest';
import { inkFor } from './ink.ts';

describe('ink', () => {
  it('turns paper tints deep and dark lines light in the dark theme, and leaves paper alone', () => {
    const lightness = (colour: string) => Number.parseInt(colour.slice(3, 5), 16);
    expect(inkFor('light', '#f1e8d6')).toBe('#f1e8d6');
    expect(lightness(inkFor('dark', '#f1e8d6'))).toBeLessThan(80);
    expect(lightness(inkFor('dark', '#1d1d1b'))).toBeGreaterThan(150);
  });
});
