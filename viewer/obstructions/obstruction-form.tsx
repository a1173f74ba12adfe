import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { IMPACT_CODES, MODE_CODES, OBSTRUCTION_KIND_CODES } from '../../core/catalogue/obstructions.ts';
import { NETWORKS } from '../../core/catalogue/utility-terms.ts';
import { reasonOf } from '../../core/errors.ts';
import type { CodelistEntry } from '../../core/feature/layer.ts';
import type { Mode } from '../../core/wire/obstruction.ts';
import { formatLength } from '../format/number.ts';
import { announce } from '../state/announcer.ts';
import { OBSTRUCTIONS } from '../state/obstruction-news.ts';
import { select } from '../state/twin-state.ts';
import { said, t, type Word } from '../text/text.ts';
import { Conflicts } from './conflicts.tsx';
import {
  check,
  editing,
  type FormValues,
  followCheck,
  form,
  startForm,
  stopForm,
  written,
} from './form-state.ts';
import { followRoads } from './near-roads.ts';
import { writeObstruction } from './obstruction-api.ts';
import { takeObstruction } from './obstruction-state.ts';
import { PlaceFields } from './place-fields.tsx';

const change = (next: Partial<FormValues>): void => {
  form.value = { ...form.peek(), ...next };
};

/** Writes an obstruction: its place on the map, the rest in fields, and its conflicts while it is filled in. */
export function ObstructionForm() {
  useEffect(followRoads, []);
  useEffect(followCheck, []);
  const refused = useSignal<string | undefined>(undefined);
  const of = editing.value?.of;
  const values = form.value;

  const save = async () => {
    const content = written.peek();
    if (!content) return;
    try {
      const { obstruction, conflicts } = await writeObstruction(content, of);
      stopForm();
      select({ layer: OBSTRUCTIONS, id: obstruction.id });
      takeObstruction(obstruction, conflicts);
      announce(t('obsSaved'));
    } catch (error) {
      refused.value = reasonOf(error);
    }
  };

  return (
    <form
      class="what-if obstructions obs-form"
      aria-label={t(of ? 'obsEdit' : 'obsNew')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{of ? of.name : t('obsNew')}</h2>
      <TextField name="name" word="obsName" required />
      <Choice name="kind" word="obsKind" codelist={OBSTRUCTION_KIND_CODES} />
      <PlaceFields />
      <Choice name="impact" word="obsImpact" codelist={IMPACT_CODES} />
      {values.impact === 'narrowed' && (
        <label class="field">
          {t('obsLanesLeft')}
          <input
            type="number"
            min={1}
            max={12}
            required
            value={values.lanesLeft}
            onInput={(event) => change({ lanesLeft: event.currentTarget.valueAsNumber || 1 })}
          />
        </label>
      )}
      {values.impact === 'one_direction' && (
        <label class="field">
          {t('obsOpenDirection')}
          <select
            value={values.openDirection}
            onChange={(event) =>
              change({ openDirection: event.currentTarget.value === 'backward' ? 'backward' : 'forward' })
            }
          >
            <option value="forward">{t('obsForward')}</option>
            <option value="backward">{t('obsBackward')}</option>
          </select>
        </label>
      )}
      <fieldset class="obs-modes">
        <legend>{t('obsModes')}</legend>
        {MODE_CODES.map(({ code, label }) => (
          <ModeBox key={code} mode={code as Mode} label={said(label)} />
        ))}
      </fieldset>
      <div class="obs-pair">
        <TextField name="from" word="obsFrom" type="datetime-local" required />
        <TextField name="to" word="obsTo" type="datetime-local" required />
      </div>
      <label class="check-field">
        <input
          type="checkbox"
          checked={values.daily}
          onChange={(event) => change({ daily: event.currentTarget.checked })}
        />
        <span>{t('obsDaily')}</span>
      </label>
      {values.daily && (
        <div class="obs-pair">
          <TextField name="dailyFrom" word="obsDailyFrom" type="time" required />
          <TextField name="dailyTo" word="obsDailyTo" type="time" required />
        </div>
      )}
      <TextField name="owner" word="obsOwner" required />
      <details class="obs-more" open={of !== undefined}>
        <summary>{t('obsMore')}</summary>
        <div class="what-if-form">
          <label class="field">
            {t('obsNetwork')}
            <select
              value={values.network}
              onChange={(event) => change({ network: event.currentTarget.value })}
            >
              <option value="">{t('obsNoNetwork')}</option>
              {NETWORKS.filter(({ code }) => code !== 'unidentified').map(({ code, label }) => (
                <option key={code} value={code}>
                  {said(label)}
                </option>
              ))}
            </select>
          </label>
          <TextField name="detour" word="obsDetourText" />
          <TextField name="description" word="obsDescription" />
          <TextField name="decision" word="obsDecision" />
          <TextField name="basis" word="obsBasis" />
          <TextField name="contactName" word="obsContact" />
          <TextField name="contactPhone" word="obsPhone" type="tel" />
        </div>
      </details>
      <footer class="what-if-foot">
        <Verdict />
        {refused.value && (
          <p class="what-if-refusal" role="alert">
            {refused.value}
          </p>
        )}
        <div class="what-if-actions">
          <button
            type="submit"
            class="button primary"
            disabled={!written.value || check.value.kind === 'refused'}
          >
            {t('obsSave')}
          </button>
          <button type="button" class="button" onClick={stopForm}>
            {t('cancel')}
          </button>
          {!of && (
            <button type="button" class="button" onClick={() => startForm()}>
              {t('drawAnew')}
            </button>
          )}
        </div>
      </footer>
    </form>
  );
}

/** What the service says of it as it stands. */
function Verdict() {
  const now = check.value;
  if (now.kind === 'none') return <p class="quiet">{t('obsIncomplete')}</p>;
  if (now.kind === 'busy') return <p class="quiet">{t('drawChecking')}…</p>;
  if (now.kind === 'refused')
    return <p class="what-if-refusal">{t('drawRefused', { reason: now.reason })}</p>;
  const { streets, lengthM, conflicts } = now.trial;
  return (
    <>
      <p class="quiet">
        {[streets.join(', '), lengthM > 0 && formatLength(lengthM)].filter(Boolean).join(' · ')}
      </p>
      <Conflicts conflicts={conflicts} />
    </>
  );
}

type TextName = {
  [Name in keyof FormValues]: FormValues[Name] extends string
    ? string extends FormValues[Name]
      ? Name
      : never
    : never;
}[keyof FormValues];

interface TextFieldProps {
  readonly name: TextName;
  readonly word: Word;
  readonly type?: 'text' | 'tel' | 'time' | 'datetime-local';
  readonly required?: boolean;
}

function TextField({ name, word, type = 'text', required = false }: TextFieldProps) {
  return (
    <label class="field">
      {t(word)}
      <input
        // The types of Preact know each kind of field by itself only.
        type={type as 'text'}
        name={name}
        required={required}
        maxLength={200}
        value={form.value[name]}
        onInput={(event) => change({ [name]: event.currentTarget.value })}
      />
    </label>
  );
}

function Choice({
  name,
  word,
  codelist,
}: {
  name: 'kind' | 'impact';
  word: Word;
  codelist: readonly CodelistEntry[];
}) {
  return (
    <label class="field">
      {t(word)}
      <select
        name={name}
        value={form.value[name]}
        onChange={(event) => change({ [name]: event.currentTarget.value })}
      >
        {codelist.map(({ code, label }) => (
          <option key={code} value={code}>
            {said(label)}
          </option>
        ))}
      </select>
    </label>
  );
}

function ModeBox({ mode, label }: { mode: Mode; label: string }) {
  const { modes } = form.value;
  return (
    <label class="check-field">
      <input
        type="checkbox"
        checked={modes.includes(mode)}
        onChange={(event) =>
          change({
            modes: event.currentTarget.checked ? [...modes, mode] : modes.filter((each) => each !== mode),
          })
        }
      />
      <span>{label}</span>
    </label>
  );
}
