import { useEffect } from 'preact/hooks';
import { lengthOf } from '../../../core/geo/polyline.ts';
import { signedAreaM2 } from '../../../core/scenario/check-footprint.ts';
import type { ScenarioReply } from '../../../core/wire/scenario.ts';
import { formatLength, formatQuantity } from '../../format/number.ts';
import { Icon } from '../../frame/icon.tsx';
import { announce } from '../../state/announcer.ts';
import { t, tn } from '../../text/text.ts';
import { step, stepping, takeScenario } from '../open-scenario.ts';
import { addEdits } from '../scenario-api.ts';
import { CheckResult, SaveRefusal } from './check-result.tsx';
import { check, followCheck } from './edit-check.ts';
import type { EditTool } from './edit-tool.ts';
import { editWords } from './edit-tools.ts';
import { ToolFields } from './tool-fields.tsx';
import {
  addObject,
  cancelTool,
  clearPlaces,
  closeShape,
  composed,
  isShapeWhole,
  nameOf,
  nextStep,
  picking,
  putToolDown,
  startAgain,
  takePlaceBack,
  work,
} from './tool-work.ts';

/** The tool in hand: what to point at, what to fill in, and what the city has against it. */
export function ToolPanel({ tool, scenario }: { tool: EditTool; scenario: ScenarioReply }) {
  useEffect(() => followCheck(() => (composed.value?.length === 1 ? composed.value[0] : undefined)), []);
  return (
    <section
      class="what-if tool"
      aria-labelledby="tool-title"
      onKeyDown={(event) => {
        const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
        if (event.key === 'Escape') {
          event.stopPropagation();
          cancelTool();
        } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !isField) {
          event.preventDefault();
          takePlaceBack();
        }
      }}
    >
      <header>
        <p class="quiet">{t('drawIn', { title: scenario.title })}</p>
        <h2 id="tool-title">{t(tool.title)}</h2>
      </header>
      <Hint tool={tool} />
      <PickedObjects />
      <Drawn tool={tool} />
      <ToolFields tool={tool} />
      <footer class="what-if-foot">
        <CheckResult />
        <SaveRefusal />
        <div class="what-if-actions">
          <button
            type="button"
            class="button primary"
            disabled={!composed.value || check.value.kind === 'refused' || stepping.value}
            onClick={() => void save(tool)}
          >
            {t('drawSave')}
          </button>
          <button type="button" class="button" onClick={putToolDown}>
            {t(work.value.objects.length + work.value.places.length > 0 ? 'cancel' : 'toolDone')}
          </button>
        </div>
      </footer>
    </section>
  );
}

async function save(tool: EditTool): Promise<void> {
  const edits = composed.peek();
  if (!edits) return;
  const done = await step((now) => addEdits(now, edits));
  if (!done) return;
  // Trees and closures come in rows; what takes several objects or is drawn with care comes once.
  if (isRepeated(tool)) startAgain();
  else putToolDown();
  takeScenario(done.scenario);
  const [first] = done.edits;
  announce(
    done.edits.length === 1 && first
      ? t('toolSaved', { what: editWords(first) })
      : tn('toolSavedMany', done.edits.length, { n: done.edits.length }),
  );
}

const isRepeated = ({ picks, draws }: EditTool): boolean =>
  ((picks?.atMost ?? 0) > 1 && (picks?.atLeast ?? 1) === 1) || (!picks && draws?.shape === 'points');

/** What to do next on the map. */
function Hint({ tool }: { tool: EditTool }) {
  const next = nextStep.value;
  const hint = next === 'pick' ? tool.picks?.hint : next === 'draw' ? tool.draws?.hint : undefined;
  return (
    <div class="tool-hint">
      <p role="status">
        {picking.value ? `${t('picking')}…` : t(hint ?? (tool.fields ? 'toolReady' : 'toolSaveReady'))}
      </p>
      {next && <p class="quiet">{t(next === 'draw' ? 'toolDrawKeys' : 'toolPickKeys')}</p>}
    </div>
  );
}

/** What is picked, each with a way to let it go. */
function PickedObjects() {
  const { objects } = work.value;
  if (objects.length === 0) return null;
  return (
    <ul class="picked">
      {objects.map((picked) => (
        <li key={`${picked.layer}/${picked.id}`}>
          <span>{nameOf(picked)}</span>
          <button
            type="button"
            class="icon-button"
            aria-label={t('pickDrop', { what: nameOf(picked) })}
            title={t('pickDrop', { what: nameOf(picked) })}
            onClick={() => addObject(picked)}
          >
            <Icon name="x" />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** How large what is drawn has become, and the steps back. */
function Drawn({ tool }: { tool: EditTool }) {
  const { places, closed } = work.value;
  const shape = tool.draws?.shape;
  if (!shape || places.length === 0) return null;
  return (
    <div class="draw-corners">
      {shape === 'line' && places.length > 1 && (
        <p>{t('toolLength', { length: formatLength(lengthOf(places)) })}</p>
      )}
      {shape === 'area' && places.length > 2 && (
        <p>{t('toolArea', { area: formatQuantity(Math.abs(signedAreaM2(places)), 'm2', 1) })}</p>
      )}
      {shape === 'points' && <p>{tn('toolPlaces', places.length, { n: places.length })}</p>}
      <div class="what-if-actions">
        <button type="button" class="button" onClick={takePlaceBack}>
          <Icon name="undo" />
          {t(closed ? 'toolOpenAgain' : 'toolBack')}
        </button>
        <button type="button" class="button" onClick={clearPlaces}>
          {t('drawAnew')}
        </button>
        {(shape === 'line' || shape === 'area') && !closed && (
          <button type="button" class="button" disabled={!isShapeWhole.value} onClick={closeShape}>
            {t('toolEndShape')}
          </button>
        )}
      </div>
    </div>
  );
}
