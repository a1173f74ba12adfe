import { describe, expect, it } from 'vitest';
import { randomOf } from '../demo-city/random.ts';
import { TwinError } from '../errors.ts';
import { ACTIONS, type Action, actionsOf, STATES, type State, stateAfter, UNDO } from './workflow.ts';

/** What must have happened before an obstruction can be in a state, written down without looking at the code. */
const NEEDS: Readonly<Record<State, readonly Action[]>> = {
  draft: [],
  submitted: ['submit'],
  approved: ['submit', 'approve'],
  published: ['submit', 'approve', 'publish'],
  closed: ['submit', 'approve', 'publish', 'close'],
  rejected: ['submit', 'reject'],
  cancelled: ['cancel'],
};

describe('the workflow of obstructions', () => {
  it('reaches no state without the steps that lead there, by whatever way people try', () => {
    const random = randomOf('workflow');
    const reached = new Set<State>();
    for (let run = 0; run < 2_000; run++) {
      let state: State = 'draft';
      const done: Action[] = [];
      const authors = ['anna'];
      for (let step = 0; step < 15; step++) {
        const action = random.pick(ACTIONS);
        const who = random.pick(['anna', 'jan']);
        const reason = random.chance(0.5) ? 'bo tak' : undefined;
        try {
          state = stateAfter({ state, authors }, action, who, reason);
        } catch (error) {
          expect(error).toBeInstanceOf(TwinError);
          continue;
        }
        done.push(action);
        reached.add(state);
        expect(NEEDS[state].filter((needed) => !done.includes(needed))).toEqual([]);
        // Nobody ever approved what they wrote.
        if (action === 'approve') expect(who).toBe('jan');
        if (['reject', 'revoke', 'unpublish', 'reopen', 'cancel'].includes(action))
          expect(reason).toBeDefined();
      }
    }
    expect([...reached].toSorted()).toEqual([...STATES].toSorted());
  });

  it('offers just the steps that it then takes', () => {
    for (const state of STATES) {
      for (const who of ['anna', 'jan']) {
        const written = { state, authors: ['anna'] };
        const taken = ACTIONS.filter((action) => {
          try {
            stateAfter(written, action, who, 'bo tak');
            return true;
          } catch {
            return false;
          }
        });
        expect(actionsOf(written, who)).toEqual(taken);
      }
    }
    expect(actionsOf({ state: 'cancelled', authors: [] }, 'jan')).toEqual([]);
  });

  it('undoes a step by one that leads back where it came from', () => {
    for (const [action, back] of Object.entries(UNDO) as [Action, Action][]) {
      for (const state of STATES) {
        const written = { state, authors: ['anna'] };
        if (!actionsOf(written, 'jan').includes(action)) continue;
        const after = stateAfter(written, action, 'jan', 'bo tak');
        const before = stateAfter({ state: after, authors: ['anna'] }, back, 'jan', 'bo tak');
        // What was rejected is corrected first.
        expect([action, before]).toEqual([action, action === 'reject' ? 'draft' : state]);
      }
    }
  });

  it('says which steps there are where one does not fit', () => {
    expect(() => stateAfter({ state: 'approved', authors: ['anna'] }, 'close', 'jan', undefined)).toThrow(
      /close is a step from published; the obstruction is approved. Steps from here: revoke, publish, cancel/,
    );
  });
});
