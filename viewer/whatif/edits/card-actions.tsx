import type { StoredEdit } from '../../../core/wire/scenario.ts';
import { Icon } from '../../frame/icon.tsx';
import { panelOpen, workSpace } from '../../frame/layout.ts';
import { announce } from '../../state/announcer.ts';
import type { Selection } from '../../state/link.ts';
import { selectedItem } from '../../state/selected-item.ts';
import { comparing } from '../../state/shown-city.ts';
import { select } from '../../state/twin-state.ts';
import { t, type Word } from '../../text/text.ts';
import { mayEdit, scenario, step, stepping, takeScenario } from '../open-scenario.ts';
import { addEdit, deleteEdit } from '../scenario-api.ts';
import type { EditTool, Picked } from './edit-tool.ts';
import { editWords, isAtOnce, toolsOn } from './edit-tools.ts';
import { startTool } from './tool-work.ts';

const CHIPS = { added: 'planned', changed: 'changedHere', removed: 'removedHere' } as const;
const TAKE_BACK: Readonly<Record<keyof typeof CHIPS, Word>> = {
  added: 'plannedTakeOut',
  changed: 'changedTakeBack',
  removed: 'removedTakeBack',
};

/** What the open scenario has done to the selected object, and what else it can do. */
export function ScenarioCardActions({ selection }: { selection: Selection }) {
  const now = scenario.value;
  if (!now) return null;
  const isIt = ({ layer, id }: Selection) => layer === selection.layer && id === selection.id;
  const edit = now.edits.findLast(({ objects }) => objects.some(isIt));
  const change = edit?.objects.find(isIt)?.change;
  const writes = mayEdit.value;
  const item = selectedItem.value;
  const picked =
    item.kind === 'ready' && isIt(item.selection) ? { ...item.selection, item: item.item } : undefined;
  const isGone = change === 'removed' || comparing.value;
  return (
    <div class="card-scenario">
      {change && <span class="chip scenario">{t(CHIPS[change])}</span>}
      {writes && edit && change && (
        <button type="button" class="button" disabled={stepping.value} onClick={() => void takeBack(edit)}>
          <Icon name={change === 'added' ? 'trash' : 'undo'} />
          {t(TAKE_BACK[change])}
        </button>
      )}
      {writes &&
        picked &&
        !isGone &&
        toolsOn(selection.layer)
          .filter((tool) => change !== 'added' || !isAtOnce(tool))
          .map((tool) => (
            <button
              key={tool.kind}
              type="button"
              class="button"
              disabled={stepping.value}
              onClick={() => void use(tool, picked)}
            >
              {t(tool.title)}
            </button>
          ))}
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

/** At once where nothing is left to say, else with the tool in hand and the object picked. */
async function use(tool: EditTool, picked: Picked): Promise<void> {
  if (!isAtOnce(tool)) {
    workSpace.value = 'what-if';
    panelOpen.value = true;
    startTool(tool, picked);
    return;
  }
  const [edit] = tool.compose({ objects: [picked], places: [], closed: false, values: {} }) ?? [];
  const done = edit && (await step((now) => addEdit(now, edit)));
  if (!done) return;
  select(undefined);
  takeScenario(done.scenario);
  announce(editWords(done.edit));
}
