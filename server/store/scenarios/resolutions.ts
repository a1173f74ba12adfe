/** What was chosen for the conflicts of a rebase or a merge. */
import { conflict, invalidParameter } from '../../../core/errors.ts';
import type { StoredEdit } from '../../../core/wire/scenario.ts';
import type { ReplayConflict, Resolution } from '../../../core/wire/scenario-life.ts';

/** @throws TwinError invalid-parameter for an edit that is not among those made anew */
export function resolutionsFor(
  resolutions: readonly Resolution[],
  edits: readonly StoredEdit[],
): ReadonlyMap<string, Resolution['choice']> {
  const known = new Set(edits.map(({ id }) => id));
  for (const { edit } of resolutions) {
    if (known.has(edit)) continue;
    throw invalidParameter(
      'resolutions',
      `There is no edit "${edit.slice(0, 100)}" to decide on; ask again with dryRun=true which there are`,
    );
  }
  return new Map(resolutions.map(({ edit, choice }) => [edit, choice]));
}

const MOST_TOLD = 5;

/** @throws TwinError conflict naming what nobody has decided yet */
export function refuseUnresolved(conflicts: readonly ReplayConflict[]): void {
  const open = conflicts.filter(({ choice }) => choice === undefined);
  if (open.length === 0) return;
  const told = open
    .slice(0, MOST_TOLD)
    .map(
      ({ edit, editKind, message, choices }) =>
        `${edit} (${editKind}): ${message.en} [${choices.join(', ')}]`,
    );
  throw conflict(
    `${open.length} edits are in conflict and nothing was changed. Ask with dryRun=true, then send a resolution for each: ${told.join('; ')}${open.length > MOST_TOLD ? '; …' : ''}`,
    'resolutions',
  );
}
