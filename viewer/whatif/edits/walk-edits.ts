import { announce } from '../../state/announcer.ts';
import { t } from '../../text/text.ts';
import { step, takeScenario } from '../open-scenario.ts';
import { redoEdit, undoEdit } from '../scenario-api.ts';

/** Takes the last edit of the open scenario off the stack, or several that were made at once. */
export const undo = (edits = 1): Promise<void> => walk((scenario) => undoEdit(scenario, edits), 'editUndone');
/** Puts back what was taken off last. */
export const redo = (): Promise<void> => walk(redoEdit, 'editRedone');

async function walk(run: typeof redoEdit, word: 'editUndone' | 'editRedone'): Promise<void> {
  const done = await step(run);
  if (!done) return;
  takeScenario(done.scenario);
  announce(t(word));
}
