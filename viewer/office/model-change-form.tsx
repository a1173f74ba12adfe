import { ACCURACY_BASES, BUILDING_STATES } from '../../core/catalogue/buildings-3d.ts';
import type { ChangeResult, ToldBuilding } from '../../core/wire/model-change.ts';
import { formatNumber } from '../format/number.ts';
import { language, t, type Word } from '../text/text.ts';
import {
  beginChange,
  CHANGE_KINDS,
  type ChangeKind,
  changeAnswer,
  changeDraft,
  changeProblem,
  draftChange,
  endChange,
  sendChange,
} from './model-change-state.ts';
import { SplitSketch } from './split-sketch.tsx';

const KIND_WORDS: Readonly<Record<ChangeKind, Word>> = {
  built: 'modelBecomesBuilt',
  under_construction: 'modelIsBeingBuilt',
  demolished: 'modelIsDemolished',
  split: 'modelSplit',
  merge: 'modelMerge',
};

/** A change of the 3D model: looked at first, then made. */
export function ModelChangeForm() {
  const draft = changeDraft.value;
  if (!draft) {
    return (
      <p class="order-row">
        <button type="button" class="button" onClick={() => beginChange()}>
          {t('modelChange')}
        </button>
      </p>
    );
  }
  const { kind } = draft;
  const isState = kind !== 'split' && kind !== 'merge';
  const text = (
    name: 'buildings' | 'source' | 'accuracyM' | 'registerId' | 'line',
    word: Word,
    isRequired = false,
  ) => (
    <label class="field">
      {t(word)}
      <input
        required={isRequired}
        autocomplete="off"
        {...(name === 'accuracyM' && { inputMode: 'decimal' as const })}
        value={draft[name]}
        onInput={({ currentTarget }) => draftChange({ [name]: currentTarget.value })}
      />
    </label>
  );
  return (
    <form
      class="office-form"
      aria-label={t('modelChange')}
      onSubmit={(event) => {
        event.preventDefault();
        void sendChange(true);
      }}
    >
      <h2>{t('modelChange')}</h2>
      <label class="field">
        {t('modelWhatHappens')}
        <select
          value={kind}
          onChange={({ currentTarget }) => draftChange({ kind: currentTarget.value as ChangeKind })}
        >
          {CHANGE_KINDS.map((each) => (
            <option key={each} value={each}>
              {t(KIND_WORDS[each])}
            </option>
          ))}
        </select>
      </label>
      {text('buildings', kind === 'merge' ? 'modelMergedIds' : 'modelChangedId', true)}
      {kind === 'split' && text('line', 'modelSplitLine', true)}
      {kind === 'split' && <SplitSketch />}
      {isState && (
        <label class="field">
          {t('modelSince')}
          <input
            required
            type="date"
            value={draft.since}
            onInput={({ currentTarget }) => draftChange({ since: currentTarget.value })}
          />
        </label>
      )}
      {text('source', 'modelSource', true)}
      {kind !== 'demolished' && text('accuracyM', 'modelAccuracy')}
      {kind !== 'demolished' && (
        <label class="field">
          {t('modelAccuracyBasis')}
          <select
            value={draft.accuracyBasis}
            onChange={({ currentTarget }) => draftChange({ accuracyBasis: currentTarget.value })}
          >
            <option value="">{t('modelNotKnown')}</option>
            {ACCURACY_BASES.map(({ code, label }) => (
              <option key={code} value={code}>
                {label[language.value]}
              </option>
            ))}
          </select>
        </label>
      )}
      {isState && kind !== 'demolished' && text('registerId', 'modelRegisterId')}
      <Outcome />
      <p class="order-row">
        <button type="submit" class="button">
          {t('modelPreview')}
        </button>
        <button
          type="button"
          class="button primary"
          disabled={!changeAnswer.value?.isPreview}
          onClick={() => void sendChange(false)}
        >
          {t('modelMakeChange')}
        </button>
        <button type="button" class="button" onClick={endChange}>
          {t('close')}
        </button>
      </p>
    </form>
  );
}

/** Why it cannot be, what would become, or what became. */
function Outcome() {
  const [problem, answer] = [changeProblem.value, changeAnswer.value];
  if (problem !== undefined) {
    return (
      <p class="what-if-note warning" role="alert">
        {t('modelNotChanged', { reason: problem })}
      </p>
    );
  }
  if (!answer) return null;
  return (
    <div class="what-if-note" role="status">
      <p>{t(answer.isPreview ? 'modelWouldChange' : 'modelChanged')}</p>
      {answer.results.map((result) => (
        <Became key={result.op} result={result} />
      ))}
    </div>
  );
}

const Became = ({ result: { before, after, warnings } }: { readonly result: ChangeResult }) => (
  <>
    <p>
      {before.map(toldBuilding).join('; ')} → {after.map(toldBuilding).join('; ')}
    </p>
    {warnings.map((warning) => (
      <p key={warning.en}>{warning[language.value]}</p>
    ))}
  </>
);

function toldBuilding({ id, state, groundM2, heightM }: ToldBuilding): string {
  const stands = BUILDING_STATES.find(({ code }) => code === state)?.label[language.value] ?? '–';
  const ground = groundM2 === null ? '' : `, ${formatNumber(groundM2)} m²`;
  return `${id}: ${stands}${ground}, ${formatNumber(heightM)} m`;
}
