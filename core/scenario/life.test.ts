import { describe, expect, it } from 'vitest';
import { TwinError } from '../errors.ts';
import { checkIsDraft, checkStep, type LifeState, type Living, nextStates, SCENARIO_STATES } from './life.ts';

const living = (state: LifeState, more: Partial<Living> = {}): Living => ({
  state,
  authors: ['anna'],
  isPublished: false,
  isApplied: false,
  ...more,
});
const kindOf = (step: () => void): string => {
  try {
    step();
    return 'taken';
  } catch (error) {
    return error instanceof TwinError ? error.kind : 'thrown';
  }
};

describe('the life of a scenario', () => {
  it.each<[LifeState, LifeState]>([
    ['draft', 'review'],
    ['review', 'draft'],
    ['review', 'adopted'],
    ['review', 'rejected'],
    ['adopted', 'review'],
    ['rejected', 'draft'],
  ])('leads from %s to %s', (from, to) => {
    expect(kindOf(() => checkStep(living(from), to, 'jan', 'because'))).toBe('taken');
    expect(nextStates(living(from), 'jan')).toContain(to);
  });

  it('refuses every other step, and what it offers is what it takes', () => {
    for (const from of SCENARIO_STATES) {
      for (const to of SCENARIO_STATES) {
        const isOffered = nextStates(living(from), 'jan').includes(to);
        expect(kindOf(() => checkStep(living(from), to, 'jan', 'because'))).toBe(
          isOffered ? 'taken' : 'conflict',
        );
      }
    }
  });

  it('lets nobody adopt what they wrote', () => {
    expect(kindOf(() => checkStep(living('review'), 'adopted', 'anna', undefined))).toBe('forbidden');
    expect(nextStates(living('review'), 'anna')).toEqual(['draft', 'rejected']);
  });

  it('wants a reason to reject and to take back what was decided', () => {
    for (const reason of [undefined, '']) {
      expect(kindOf(() => checkStep(living('review'), 'rejected', 'jan', reason))).toBe('invalid-parameter');
      expect(kindOf(() => checkStep(living('adopted'), 'review', 'jan', reason))).toBe('invalid-parameter');
    }
  });

  it('keeps what is published from becoming a draft, and what is applied as it is', () => {
    expect(kindOf(() => checkStep(living('review', { isPublished: true }), 'draft', 'jan', ''))).toBe(
      'conflict',
    );
    const applied = living('adopted', { isApplied: true });
    expect(kindOf(() => checkStep(applied, 'review', 'jan', 'because'))).toBe('conflict');
    expect(nextStates(applied, 'jan')).toEqual([]);
  });

  it('lets only drafts be changed', () => {
    expect(SCENARIO_STATES.map((state) => kindOf(() => checkIsDraft(state)))).toEqual([
      'taken',
      'conflict',
      'conflict',
      'conflict',
    ]);
  });
});
