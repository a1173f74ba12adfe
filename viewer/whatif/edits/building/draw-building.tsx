import { useEffect } from 'preact/hooks';
import { signedAreaM2 } from '../../../../core/scenario/check-footprint.ts';
import type { ScenarioReply } from '../../../../core/wire/scenario.ts';
import { COORDINATE_SYSTEMS, readCoordinates } from '../../../format/coordinates.ts';
import { formatQuantity } from '../../../format/number.ts';
import { Icon } from '../../../frame/icon.tsx';
import { announce } from '../../../state/announcer.ts';
import { select } from '../../../state/twin-state.ts';
import { t } from '../../../text/text.ts';
import { step, stepping, takeScenario } from '../../open-scenario.ts';
import { addEdit } from '../../scenario-api.ts';
import { CheckResult, SaveRefusal } from '../check-result.tsx';
import { check, followCheck } from '../edit-check.ts';
import { BuildingFields } from './building-fields.tsx';
import {
  buildingForm,
  cancelDrawing,
  drawing,
  finishDrawing,
  flaw,
  plannedBuilding,
  squareAlways,
  startDrawing,
  stopDrawing,
  takeCornerBack,
} from './drawing.ts';
import { followParcelCorners } from './parcel-corners.ts';

/** Draws a planned building: the footprint on the map, the rest in fields, and what the city has against it. */
export function DrawBuilding({ scenario }: { scenario: ScenarioReply }) {
  useEffect(() => followCheck(() => plannedBuilding.value), []);
  useEffect(followParcelCorners, []);
  return (
    <section
      class="what-if drawing"
      aria-label={t('drawBuilding')}
      onKeyDown={(event) => {
        const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
        if (event.key === 'Escape') {
          event.stopPropagation();
          cancelDrawing();
        } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !isField) {
          event.preventDefault();
          takeCornerBack();
        }
      }}
    >
      <p class="quiet">{t('drawIn', { title: scenario.title })}</p>
      <Corners />
      <BuildingFields />
      <Numbers />
      <footer class="what-if-foot">
        <Findings />
        <SaveRefusal />
        <div class="what-if-actions">
          <button
            type="button"
            class="button primary"
            disabled={!plannedBuilding.value || check.value.kind === 'refused' || stepping.value}
            onClick={() => void save()}
          >
            {t('drawSave')}
          </button>
          <button type="button" class="button" onClick={stopDrawing}>
            {t('cancel')}
          </button>
        </div>
      </footer>
    </section>
  );
}

async function save(): Promise<void> {
  const building = plannedBuilding.peek();
  if (!building) return;
  const done = await step((now) => addEdit(now, building));
  if (!done) return;
  finishDrawing();
  takeScenario(done.scenario);
  announce(t('drawSaved'));
  const added = done.edit.objects.find(({ layer }) => layer === 'buildings') ?? done.edit.objects[0];
  if (added) select({ layer: added.layer, id: added.id });
}

function Corners() {
  const { corners, closed } = drawing.value ?? { corners: [], closed: false };
  return (
    <div class="draw-corners">
      <p>{closed ? t('drawClosedHint') : t(corners.length === 0 ? 'drawFirst' : 'drawNext')}</p>
      {!closed && <p class="quiet">{t('drawKeys')}</p>}
      <div class="what-if-actions">
        <button type="button" class="button" disabled={corners.length === 0} onClick={takeCornerBack}>
          <Icon name="undo" />
          {t(closed ? 'drawOpenAgain' : 'drawBack')}
        </button>
        <button type="button" class="button" disabled={corners.length === 0} onClick={startDrawing}>
          {t('drawAnew')}
        </button>
      </div>
      <label class="check-field">
        <input
          type="checkbox"
          checked={squareAlways.value}
          onChange={(event) => {
            squareAlways.value = event.currentTarget.checked;
          }}
        />
        <span>{t('drawSquare')}</span>
      </label>
    </div>
  );
}

/** What follows from the footprint and the fields. */
function Numbers() {
  const corners = drawing.value?.corners ?? [];
  if (corners.length < 3 || flaw.value) return null;
  const areaM2 = Math.abs(signedAreaM2(corners));
  const { storeys } = buildingForm.value;
  const trial = check.value.kind === 'done' ? check.value.trial : undefined;
  return (
    <dl class="facts draw-numbers">
      <dt>{t('drawArea')}</dt>
      <dd>{formatQuantity(areaM2, 'm2', 1)}</dd>
      <dt title={t('drawFloorAreaHint')}>{t('drawFloorArea')}</dt>
      <dd>{formatQuantity(areaM2 * storeys, 'm2', 0)}</dd>
      <dt>{t('drawHeight')}</dt>
      <dd>{trial?.heightM === undefined ? '…' : formatQuantity(trial.heightM, 'm', 2)}</dd>
      <dt>{t('drawGround')}</dt>
      <dd>{trial?.groundHeightM === undefined ? '…' : formatQuantity(trial.groundHeightM, 'm', 2)}</dd>
    </dl>
  );
}

/** What stands against the building, before it is saved. */
function Findings() {
  const corners = drawing.value?.corners ?? [];
  const wrong = flaw.value;
  if (corners.length < 3) return null;
  if (wrong) {
    return (
      <p class="what-if-refusal">
        {t(wrong.word)} {wrong.at && placeWords(wrong.at)}
      </p>
    );
  }
  return <CheckResult />;
}

function placeWords(at: readonly [number, number]): string {
  const [n, e] = readCoordinates(at, COORDINATE_SYSTEMS[0]?.srid ?? 2177);
  return `(N ${n}, E ${e})`;
}
