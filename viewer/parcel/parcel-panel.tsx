import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ChecksReply } from '../../core/wire/parcel-check.ts';
import { formatQuantity } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { checkedParcel } from '../state/checked-parcel.ts';
import { t, tn } from '../text/text.ts';
import {
  canFinish,
  drawnRing,
  finishArea,
  isDrawing,
  startArea,
  stopArea,
  takeCornerBack,
} from './drawn-area.ts';
import { STATE_ORDER, STATE_SHAPES, STATE_WORDS } from './finding-words.ts';
import { Alternatives, ParcelLink, Waiting } from './parcel-answers.tsx';
import { listCheck, listedIds } from './parcel-state.ts';
import { ParcelView } from './parcel-view.tsx';

/** The work space of checks: one parcel, a drawn area, a list of parcels, or how to begin. */
export function ParcelPanel() {
  // Whoever leaves the panel may choose objects on the map again.
  useEffect(() => () => stopArea(), []);
  if (isDrawing.value) return <Drawing />;
  if (checkedParcel.value !== undefined || drawnRing.value) return <ParcelView />;
  return (
    <div class="what-if parcel-panel">
      <p>{t('parcelIntro')}</p>
      <ol class="parcel-ways">
        <li>{t('parcelByClick')}</li>
        <li>{t('parcelBySearch')}</li>
      </ol>
      <button type="button" class="button" onClick={startArea}>
        <Icon name="pen-tool" />
        {t('parcelDraw')}
      </button>
      <ListForm />
      <ListResult />
    </div>
  );
}

function Drawing() {
  const corners = drawnRing.value?.length ?? 0;
  return (
    <div class="what-if parcel-panel">
      <p>{t('parcelDrawHint')}</p>
      <p role="status">{tn('parcelCorners', corners, { n: corners })}</p>
      <div class="what-if-actions">
        <button type="button" class="button primary" disabled={!canFinish()} onClick={finishArea}>
          {t('parcelDrawDone')}
        </button>
        <button type="button" class="button" disabled={corners === 0} onClick={takeCornerBack}>
          <Icon name="undo" />
          {t('measureUndo')}
        </button>
        <button type="button" class="button" onClick={stopArea}>
          {t('parcelDrawStop')}
        </button>
      </div>
    </div>
  );
}

const MOST_LISTED = 500;

function ListForm() {
  const typed = useSignal(listedIds.value.join('\n'));
  const ids = [...new Set(typed.value.split(/[\s,;]+/).filter((id) => id !== ''))];
  return (
    <form
      class="what-if-form"
      onSubmit={(event) => {
        event.preventDefault();
        listedIds.value = ids.slice(0, MOST_LISTED);
      }}
    >
      <label class="field">
        <span>{t('parcelList')}</span>
        <textarea
          rows={3}
          spellcheck={false}
          placeholder={'306401_1.0021.AR_10.161\n306401_1.0021.AR_10.169/4'}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
      </label>
      {ids.length > MOST_LISTED && (
        <p class="what-if-note warning">{t('parcelListTooLong', { n: MOST_LISTED })}</p>
      )}
      <div class="what-if-actions">
        <button type="submit" class="button" disabled={ids.length === 0}>
          {t('parcelListCheck')}
        </button>
      </div>
    </form>
  );
}

function ListResult() {
  const answer = listCheck.value;
  if (answer.kind === 'ready') return <ListTable reply={answer.value} />;
  return <Waiting answer={answer} />;
}

function ListTable({ reply: { checks, unknown } }: { reply: ChecksReply }) {
  return (
    <>
      <table class="parcel-list">
        <caption class="visually-hidden">{t('parcelList')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('parcelId')}</th>
            <th scope="col">{t('measuredArea')}</th>
            {STATE_ORDER.map((state) => (
              <th scope="col" key={state} title={t(STATE_WORDS[state])}>
                <span aria-hidden="true">{STATE_SHAPES[state]}</span>
                <span class="visually-hidden">{t(STATE_WORDS[state])}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {checks.map(({ parcel, findings }) => (
            <tr key={parcel.id}>
              <th scope="row">
                <ParcelLink id={parcel.id} />
              </th>
              <td>{formatQuantity(parcel.areaM2, 'm2', 0)}</td>
              {STATE_ORDER.map((state) => (
                <td key={state}>{findings.filter((finding) => finding.state === state).length}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {unknown.map(({ id, suggestions, successors }) => (
        <div key={id} class="what-if-note warning">
          <p>{t('parcelMissing', { id })}</p>
          <Alternatives suggestions={suggestions} successors={successors} />
        </div>
      ))}
    </>
  );
}
