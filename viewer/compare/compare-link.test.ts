import { describe, expect, it } from 'vitest';
import { readCompareLink, writeCompareLink } from './compare-link.ts';

describe('a link to a comparison', () => {
  it('gives back what it was written from', () => {
    const link = {
      ids: ['aaaa', 'bbbb'],
      dimension: '3d',
      arrangement: 'swipe',
      panes: ['base', 'bbbb'],
      plan: { northingM: 5_808_004.12, eastingM: 6_427_024.5, scaleDenominator: 1_000 },
    } as const;
    expect(readCompareLink(`#${writeCompareLink(link)}`)).toEqual(link);
  });

  it('lays one scenario over its base, and more beside each other', () => {
    expect(readCompareLink('#ids=a').arrangement).toBe('swipe');
    expect(readCompareLink('#ids=a,b').arrangement).toBe('split');
  });

  it('leaves out what it does not understand', () => {
    expect(readCompareLink('#ids=a,a,<b>,&view=4d&n=x')).toEqual({
      ids: ['a'],
      dimension: '2d',
      arrangement: 'swipe',
      panes: [],
    });
  });
});
