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
};
const CHOICES: Readonly<Record<Resolution['choice'], Word>> = {
  mine: 'choiceMine',
  theirs: 'choiceTheirs',
  drop: 'choiceDrop',
};

/** One edit that the newer city, or the other scenario, does not leave as it was: why, what differs, what to do. */
export function ConflictRow({ conflict, scenario }: { conflict: ReplayConflict; scenario: ScenarioReply }) {
  const { edit, editKind, kind, message, objects, choices } = conflict;
  const stored = scenario.edits.find(({ id }) => id === edit);
  const tool = toolFor(editKind as EditKind);
  const chosen = choiceFor(conflict);
  return (
    <li>
      <fieldset>
        <legend>
          {stored ? editWords(stored) : tool ? t(tool.title) : editKind}{' '}
          <span class="chip warning">{t(KINDS[kind])}</span>
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
              <span>{t(choiceWord(choice))}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </li>
  );
}

/** The newer city is a state to make the edit on; another scenario brings an edit of its own. */
const choiceWord = (choice: Resolution['choice']): Word =>
  choice === 'theirs' && replay.value?.kind === 'merge' ? 'choiceTheirEdit' : CHOICES[choice];

function labelOf(layer: string, name: string): string {
  if (name === 'geometry') return t('conflictShape');
  const property = layerNamed(layer)?.properties.find((each) => each.name === name);
  return property ? said(property.label) : name;
}

function valueWords(value: string | number | boolean | null | undefined): string {
  if (value === undefined || value === null || value === '') return '–';
  return typeof value === 'number' ? formatNumber(value) : String(value);
}
