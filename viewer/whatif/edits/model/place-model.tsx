import { useEffect } from 'preact/hooks';
import type { AddModel } from '../../../../core/wire/edits/building-model.ts';
import type { ScenarioReply } from '../../../../core/wire/scenario.ts';
import { formatCount, formatNumber, formatQuantity } from '../../../format/number.ts';
import { Icon } from '../../../frame/icon.tsx';
import { announce } from '../../../state/announcer.ts';
import { layerNamed, select } from '../../../state/twin-state.ts';
import { said, t } from '../../../text/text.ts';
import { step, stepping, takeScenario } from '../../open-scenario.ts';
import { addEdit } from '../../scenario-api.ts';
import { CheckResult, SaveRefusal } from '../check-result.tsx';
import { check, followCheck } from '../edit-check.ts';
import { NumberField } from '../number-field.tsx';
import {
  changeStand,
  followUnder,
  modelForm,
  modelRead,
  modelStand,
  onModelKey,
  placedModel,
  readFile,
  stopPlacing,
  under,
} from './model-work.ts';

/** Stands a building from a file in the city: the file, its place, what lies under it, and what the city has against it. */
export function PlaceModel({ scenario }: { scenario: ScenarioReply }) {
  useEffect(() => followCheck(() => placedModel.value), []);
  useEffect(followUnder, []);
  return (
    <section
      class="what-if drawing"
      aria-labelledby="model-title"
      onKeyDown={(event) => {
        const { target } = event;
        const isField = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
        if (event.key === 'Escape') {
          event.stopPropagation();
          stopPlacing();
        } else if (!isField && !event.ctrlKey && !event.metaKey && !event.altKey) {
          if (!onModelKey(event.key.length === 1 ? event.key.toLowerCase() : event.key, event.shiftKey))
            return;
          event.preventDefault();
        }
      }}
    >
      <header>
        <p class="quiet">{t('drawIn', { title: scenario.title })}</p>
        <h2 id="model-title">{t('placeModel')}</h2>
      </header>
      <FileField />
      {modelStand.value && (
        <>
          <StandFields />
          <UnderModel />
          <ModelFields />
        </>
      )}
      <footer class="what-if-foot">
        <CheckResult />
        <SaveRefusal />
        <div class="what-if-actions">
          <button
            type="button"
            class="button primary"
            disabled={!placedModel.value || check.value.kind === 'refused' || stepping.value}
            onClick={() => void save()}
          >
            {t('drawSave')}
          </button>
          <button type="button" class="button" onClick={stopPlacing}>
            {t('cancel')}
          </button>
        </div>
      </footer>
    </section>
  );
}

async function save(): Promise<void> {
  const model = placedModel.peek();
  if (!model) return;
  const done = await step((now) => addEdit(now, model));
  if (!done) return;
  stopPlacing();
  takeScenario(done.scenario);
  announce(t('drawSaved'));
  const [added] = done.edit.objects;
  if (added) select({ layer: added.layer, id: added.id });
}

function FileField() {
  const read = modelRead.value;
  return (
    <div>
      {read.kind === 'none' && <p class="quiet">{t('modelHint')}</p>}
      <p>
        <label class="button">
          <Icon name="upload" />
          {t('modelPick')}
          <input
            type="file"
            class="visually-hidden"
            accept=".glb,.gltf,.ifc,.json,.jsonl,.cityjson"
            onChange={({ currentTarget }) => {
              void readFile(currentTarget.files?.[0]);
              // The same file may be chosen again after it was mended.
              currentTarget.value = '';
            }}
          />
        </label>
      </p>
      {read.kind === 'busy' && <p role="status">{t('modelReading', { file: read.file })}</p>}
      {read.kind === 'failed' && (
        <p class="what-if-refusal" role="alert">
          {read.file}: {t(read.note.word, read.note.with)}
        </p>
      )}
      {read.kind === 'ready' && (
        <>
          <dl class="facts">
            <dt>{t('modelFile')}</dt>
            <dd>
              {read.file} ({read.body.format})
            </dd>
            <dt>{t('modelSize')}</dt>
            <dd>{read.body.sizeM.map((metres) => formatNumber(metres, 2)).join(' × ')} m</dd>
            <dt>{t('modelFaces')}</dt>
            <dd>{formatCount(read.body.faces.length)}</dd>
          </dl>
          {read.body.notes.map((note) => (
            <p key={note.word} class="what-if-note">
              {t(note.word, note.with)}
            </p>
          ))}
        </>
      )}
    </div>
  );
}

/** Where it stands, in numbers; the keys do the same. */
function StandFields() {
  const stand = modelStand.value;
  const trial = check.value.kind === 'done' ? check.value.trial : undefined;
  if (!stand) return null;
  return (
    <>
      <p class="quiet">{t('modelKeys')}</p>
      <div class="building-fields">
        <NumberField
          {...{ label: 'N', unit: 'm', min: 5_300_000, max: 6_219_200, step: 0.1, value: stand.at[1] }}
          onChange={(n) => changeStand({ at: [stand.at[0], n] })}
        />
        <NumberField
          {...{ label: 'E', unit: 'm', min: 6_100_000, max: 6_919_200, step: 0.1, value: stand.at[0] }}
          onChange={(e) => changeStand({ at: [e, stand.at[1]] })}
        />
        <NumberField
          {...{ label: t('moveTurn'), unit: '°', min: -360, max: 360, step: 1, value: stand.turnDeg }}
          onChange={(turnDeg) => changeStand({ turnDeg })}
        />
        <NumberField
          {...{ label: t('modelRaise'), unit: 'm', min: -50, max: 100, step: 0.1, value: stand.raiseM }}
          onChange={(raiseM) => changeStand({ raiseM })}
        />
      </div>
      {stand.footHeightM !== undefined && (
        <label class="check-field">
          <input type="checkbox" checked onChange={() => changeStand({ footHeightM: undefined })} />
          <span>{t('modelFoot', { height: formatNumber(stand.footHeightM, 2) })}</span>
        </label>
      )}
      <dl class="facts draw-numbers">
        <dt>{t('drawHeight')}</dt>
        <dd>{trial?.heightM === undefined ? '…' : formatQuantity(trial.heightM, 'm', 2)}</dd>
        <dt>{t('modelVolume')}</dt>
        <dd>
          {trial
            ? trial.volumeM3 === undefined
              ? t('notAssessed')
              : formatQuantity(trial.volumeM3, 'm3', 1)
            : '…'}
        </dd>
        <dt>{t('drawGround')}</dt>
        <dd>{trial?.groundHeightM === undefined ? '…' : formatQuantity(trial.groundHeightM, 'm', 2)}</dd>
      </dl>
    </>
  );
}

/** The parcel and the plan under its middle. */
function UnderModel() {
  const now = under.value;
  if (now.kind === 'none') return null;
  return (
    <section class="model-under" aria-label={t('modelUnder')}>
      <h3 class="panel-subtitle">{t('modelUnder')}</h3>
      {now.kind === 'busy' && <p class="quiet">{t('drawChecking')}…</p>}
      {now.kind === 'failed' && (
        <p class="what-if-note warning">{t('selectionFailed', { reason: now.reason })}</p>
      )}
      {now.kind === 'ready' && (
        <dl class="facts" aria-live="polite">
          <dt>{t('modelParcel')}</dt>
          <dd>{now.parcels.map(({ id }) => id).join(', ') || t('noValue')}</dd>
          <dt>{t('modelZone')}</dt>
          <dd>
            {now.zones
              .map(({ id, properties }) =>
                [String(properties['designation'] ?? id), limitOf(properties)].join(''),
              )
              .join('; ') || t('noValue')}
          </dd>
        </dl>
      )}
    </section>
  );
}

/** What the plan says of heights there, in the words of the catalogue. */
function limitOf(properties: Readonly<Record<string, unknown>>): string {
  const limit = layerNamed('plan_zones')?.properties.find(({ name }) => name === 'max_height_m');
  const value = limit && properties[limit.name];
  return limit && typeof value === 'number' ? ` (${said(limit.label)}: ${formatNumber(value, 1)} m)` : '';
}

function ModelFields() {
  const form = modelForm.value;
  const kinds = layerNamed('buildings')?.properties.find(({ name }) => name === 'kind')?.codelist;
  return (
    <div class="building-fields">
      <NumberField
        {...{ label: t('drawStoreys'), min: 1, max: 100, step: 1, value: form.storeys }}
        onChange={(value) => {
          modelForm.value = { ...form, storeys: Math.round(value) };
        }}
      />
      <label class="field wide">
        <span>{t('drawKind')}</span>
        <select
          value={form.kind}
          onChange={(event) => {
            modelForm.value = { ...form, kind: event.currentTarget.value as AddModel['function'] };
          }}
        >
          {kinds?.map(({ code, label }) => (
            <option key={code} value={code}>
              {said(label)}
            </option>
          ))}
        </select>
      </label>
      <label class="field wide">
        <span>{t('drawName')}</span>
        <input
          maxLength={120}
          value={form.name}
          onInput={(event) => {
            modelForm.value = { ...form, name: event.currentTarget.value };
          }}
        />
      </label>
    </div>
  );
}
