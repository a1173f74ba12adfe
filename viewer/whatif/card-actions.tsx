import type { StoredEdit } from '../../core/wire/scenario.ts';
import { Icon } from '../frame/icon.tsx';
import { isPhone } from '../frame/layout.ts';
import { announce } from '../state/announcer.ts';
import type { Selection } from '../state/link.ts';
import { comparing } from '../state/shown-city.ts';
import { select } from '../state/twin-state.ts';
import { t } from '../text/text.ts';
import { editWords } from './edit-list.tsx';
import { mayEdit, scenario, step, stepping, takeScenario } from './open-scenario.ts';
import { addEdit, deleteEdit } from './scenario-api.ts';

/** What the open scenario can do to the selected building: take it away, or take back what was planned. */
export function ScenarioCardActions({ selection }: { selection: Selection }) {
  const now = scenario.value;
  const isBuilding = selection.layer === 'buildings' || selection.layer === 'buildings_3d';
  if (!now || !isBuilding) return null;
  const edit = now.edits.find(({ objects }) =>
    objects.some(({ layer, id }) => layer === selection.layer && id === selection.id),
  );
  const added = edit?.objects.some(({ change }) => change === 'added') ?? false;
  const writes = mayEdit.value && !isPhone.value;
  return (
    <div class="card-scenario">
      {added && <span class="chip scenario">{t('planned')}</span>}
      {edit && !added && <span class="chip scenario">{t('removedHere')}</span>}
      {writes && edit && (
        <button type="button" class="button" disabled={stepping.value} onClick={() => void takeBack(edit)}>
          <Icon name="trash" />
          {t(added ? 'plannedTakeOut' : 'removedTakeBack')}
        </button>
      )}
      {writes && !edit && !comparing.value && (
        <button
          type="button"
          class="button"
          disabled={stepping.value}
          onClick={() => void remove(selection.id)}
        >
          <Icon name="trash" />
          {t('removeBuilding')}
        </button>
      )}
    </div>
  );
}

async function takeBack(edit: StoredEdit): Promise<void> {
  const done = await step((now) => deleteEdit(now, edit.id));
  if (!done) return;
  select(undefined);
  takeScenario(done.scenario);
  announce(t('editDeleted', { what: editWords(edit) }));
}

async function remove(building: string): Promise<void> {
  const done = await step((now) => addEdit(now, { kind: 'remove-building', building }));
  if (!done) return;
  select(undefined);
  takeScenario(done.scenario);
  announce(editWords(done.edit));
}
