import { useSignal } from '@preact/signals';
import { bboxOf } from '../../../core/geo/bbox.ts';
import type { ScenarioReply, StoredEdit } from '../../../core/wire/scenario.ts';
import { formatDate } from '../../format/number.ts';
import { Icon } from '../../frame/icon.tsx';
import { announce } from '../../state/announcer.ts';
import { flyToSelected } from '../../state/fly-to-selected.ts';
import { cityOpened } from '../../state/open-city.ts';
import { comparing } from '../../state/shown-city.ts';
import { flyTo, select } from '../../state/twin-state.ts';
import { t, tn } from '../../text/text.ts';
import { step, stepping, takeScenario } from '../open-scenario.ts';
import { deleteEdit } from '../scenario-api.ts';
import { editFacts, editWords, toolFor } from './edit-tools.ts';
import { redo, undo } from './walk-edits.ts';

/** A stack may hold thousands; people look at its end. */
const SHOWN_AT_ONCE = 100;

/** What the scenario changes, in order: who, when, what; each can be shown on the map and taken out again. */
export function EditList({ scenario, writes }: { scenario: ScenarioReply; writes: boolean }) {
  const { edits, undone } = scenario;
  const shown = useSignal(SHOWN_AT_ONCE);
  const hidden = Math.max(0, edits.length - shown.value);
  return (
    <section class="edits" aria-labelledby="edits-title">
      <header>
        <h3 id="edits-title" class="panel-subtitle">
          {tn('scenarioEdits', edits.length, { n: edits.length })}
        </h3>
        {writes && (
          <span class="edits-walk">
            <WalkButton word="undo" keys="Ctrl Z" disabled={edits.length === 0} onClick={undo} />
            <WalkButton word="redo" keys="Ctrl Y" disabled={undone === 0} onClick={redo} />
          </span>
        )}
      </header>
      {edits.length === 0 && <p class="quiet">{t(writes ? 'editsNone' : 'editsNonePublic')}</p>}
      {hidden > 0 && (
        <button
          type="button"
          class="text-button"
          onClick={() => {
            shown.value += SHOWN_AT_ONCE;
          }}
        >
          {tn('editsEarlier', hidden, { n: hidden })}
        </button>
      )}
      <ol start={hidden + 1}>
        {edits.slice(hidden).map((edit) => (
          <EditRow key={edit.id} stored={edit} writes={writes} />
        ))}
      </ol>
    </section>
  );
}

interface WalkProps {
  readonly word: 'undo' | 'redo';
  readonly keys: string;
  readonly disabled: boolean;
  onClick(): Promise<void>;
}

function WalkButton({ word, keys, disabled, onClick }: WalkProps) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={t(word)}
      title={`${t(word)} (${keys})`}
      disabled={disabled || stepping.value}
      onClick={() => void onClick()}
    >
      <Icon name={word} />
    </button>
  );
}

function EditRow({ stored, writes }: { stored: StoredEdit; writes: boolean }) {
  const what = editWords(stored);
  const facts = editFacts(stored);
  return (
    <li class={`edit ${stored.edit.kind} ${changeOf(stored)}`}>
      <button type="button" class="edit-what" onClick={() => void showOnMap(stored)}>
        <span>{what}</span>
        {facts !== '' && <span class="quiet">{facts}</span>}
        <span class="quiet">
          {stored.author} · {formatDate(stored.madeAt, true)}
        </span>
      </button>
      {writes && (
        <button
          type="button"
          class="icon-button"
          aria-label={t('editDelete', { what })}
          title={t('editDelete', { what })}
          disabled={stepping.value}
          onClick={async () => {
            const done = await step((now) => deleteEdit(now, stored.id));
            if (!done) return;
            takeScenario(done.scenario);
            announce(t('editDeleted', { what }));
          }}
        >
          <Icon name="trash" />
        </button>
      )}
    </li>
  );
}

/** How the row is marked: by what mostly happens to the city. */
const changeOf = ({ objects }: StoredEdit): string => objects[0]?.change ?? 'changed';

async function showOnMap({ edit, objects }: StoredEdit): Promise<void> {
  const target = objects.find(({ change }) => change !== 'removed') ?? objects[0];
  if (!target) {
    const shape = toolFor(edit.kind)?.shape?.(edit);
    const box = shape && bboxOf(shape, 2177);
    if (box) flyTo([box.minX, box.minY, box.maxX, box.maxY]);
    return;
  }
  // What is taken away can only be seen where it still stands.
  comparing.value = target.change === 'removed';
  await cityOpened();
  select({ layer: target.layer, id: target.id });
  flyToSelected();
}
