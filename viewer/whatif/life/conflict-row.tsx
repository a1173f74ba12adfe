import type { ScenarioReply } from '../../../core/wire/scenario.ts';
import type { ReplayConflict, Resolution } from '../../../core/wire/scenario-life.ts';
import { formatNumber } from '../../format/number.ts';
import { layerNamed } from '../../state/twin-state.ts';
import { said, t, type Word } from '../../text/text.ts';
import type { EditKind } from '../edits/edit-tool.ts';
import { editWords, toolFor } from '../edits/edit-tools.ts';
import { choiceFor, choose, replay } from './replay-state.ts';

const KINDS: Readonly<Record<ReplayConflict['kind'], Word>> = {
  gone: 'conflictGone',
  changed: 'conflictChanged',
  invalid: 'conflictInvalid',
  'taken-out': 'conflictTakenOut',
};
const CHOICES: Readonly<Record<Resolution['choice'], Word>> = {
  mine: 'choiceMine',
  theirs: 'choiceTheirs',
  drop: 'choiceDrop',
};

/** One edit that the newer city, or the other scenario, does not leave as it was: why, what differs, what to do. */
export function ConflictRow({ conflict, scenario }: { conflict: ReplayConflict; scenario: ScenarioReply }) {
  const { edit, editKind, kind, message, objects, choices } = conflict;
  const chosen = choiceFor(conflict);
  return (
    <li>
      <fieldset>
        <legend>
          {namedEdit(edit, editKind, scenario)} <span class="chip warning">{t(KINDS[kind])}</span>
        </legend>
        <p>{said(message)}</p>
        {objects.map(({ layer, id, attributes }) =>
          attributes.length === 0 ? null : (
            <dl class="facts" key={`${layer}/${id}`}>
              {attributes.map(({ name, was, becomes }) => (
                <div key={name}>
                  <dt>{labelOf(layer, name)}</dt>
                  <dd>
                    {name === 'geometry'
                      ? t('conflictGeometry')
                      : `${valueWords(was)} → ${valueWords(becomes)}`}
                  </dd>
                </div>
              ))}
            </dl>
          ),
        )}
        <div class="conflict-choices">
          {choices.map((choice) => (
            <label key={choice} class="check-field">
              <input
                type="radio"
                name={`conflict-${edit}`}
                checked={chosen === choice}
                onChange={() => choose(edit, choice)}
              />
              <span>{t(choiceWord(kind, choice))}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </li>
  );
}

/** An edit of the stack by its words, one of another scenario by its kind. */
export function namedEdit(id: string, kind: string, { edits }: ScenarioReply): string {
  const stored = edits.find((each) => each.id === id);
  if (stored) return editWords(stored);
  const tool = toolFor(kind as EditKind);
  return tool ? t(tool.title) : kind;
}

/** The newer city is a state to make the edit on; another scenario brings an edit of its own. */
function choiceWord(kind: ReplayConflict['kind'], choice: Resolution['choice']): Word {
  if (kind === 'taken-out') return choice === 'theirs' ? 'choiceTakeOut' : 'choiceKeepEdit';
  return choice === 'theirs' && replay.value?.kind === 'merge' ? 'choiceTheirEdit' : CHOICES[choice];
}

function labelOf(layer: string, name: string): string {
  if (name === 'geometry') return t('conflictShape');
  const property = layerNamed(layer)?.properties.find((each) => each.name === name);
  return property ? said(property.label) : name;
}

function valueWords(value: string | number | boolean | null | undefined): string {
  if (value === undefined || value === null || value === '') return '–';
  return typeof value === 'number' ? formatNumber(value) : String(value);
}
