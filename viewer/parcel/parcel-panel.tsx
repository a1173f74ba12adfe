import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type ChecksReply, MOST_PARCELS } from '../../core/wire/parcel-check.ts';
import { formatQuantity } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { CopyableId } from '../panels/attribute-list.tsx';
import { checkedParcel, drawnRing, isDrawing, listedIds } from '../state/checked-parcel.ts';
import { t, tn } from '../text/text.ts';
import { ChecksFiles } from './checks-files.tsx';
import { canFinish, finishArea, startArea, stopArea, takeCornerBack } from './drawn-area.ts';
import { ExpectedCode } from './expected-code.tsx';
import { STATE_ORDER, STATE_SHAPES, STATE_WORDS } from './finding-words.ts';
import { Alternatives, ParcelLink, Waiting } from './parcel-answers.tsx';
import { listAsked, listCheck, listFile } from './parcel-state.ts';
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

function ListForm() {
  const typed = useSignal(listedIds.value.join('\n'));
  const ids = [...new Set(typed.value.split(/[\s,;]+/).filter((id) => id !== ''))];
  const file = listFile.value;
  return (
    <form
      class="what-if-form"
      onSubmit={(event) => {
        event.preventDefault();
        listFile.value = undefined;
        listedIds.value = ids.slice(0, MOST_PARCELS);
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
      {ids.length > MOST_PARCELS && (
        <p class="what-if-note warning">{t('parcelListTooLong', { n: MOST_PARCELS })}</p>
      )}
      <div class="what-if-actions">
        <button type="submit" class="button" disabled={ids.length === 0}>
          {t('parcelListCheck')}
        </button>
        <label class="button">
          <Icon name="upload" />
          {t('parcelListFile')}
          <input
            type="file"
            class="visually-hidden"
            accept=".csv,.txt,.gpkg"
            onChange={({ currentTarget }) => {
              listFile.value = currentTarget.files?.[0];
              // The same file may be chosen again after it was mended.
              currentTarget.value = '';
            }}
          />
        </label>
      </div>
      <p class="quiet">{t('parcelListFileHint')}</p>
      {file && (
        <p>
          {t('parcelListOf', { file: file.name })}{' '}
          <button
            type="button"
            class="text-button"
            onClick={() => {
              listFile.value = undefined;
            }}
          >
            {t('parcelListNoFile')}
          </button>
        </p>
      )}
    </form>
  );
}

function ListResult() {
  const answer = listCheck.value;
  const asked = listAsked.value;
  if (answer.kind !== 'ready') return <Waiting answer={answer} />;
  if (!asked) return null;
  const parcels = answer.value.checks.map(({ parcel }) => parcel.id).filter((id) => !/^area-\d+$/.test(id));
  const documented = 'parcels' in asked ? asked : parcels.length > 0 ? { parcels } : undefined;
  return (
    <>
      <ListTable reply={answer.value} />
      <ChecksFiles asked={asked} documented={documented} />
      <ListProof code={answer.value.code} />
    </>
  );
}

/** The code of the whole list, and whether it is the one of a printed document. */
function ListProof({ code }: { code: string }) {
  return (
    <footer class="parcel-proof">
      <ExpectedCode code={code} />
      <p class="quiet">
        {t('parcelListCode')} <CopyableId id={code} />
      </p>
    </footer>
  );
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
              <th scope="row">{/^area-\d+$/.test(parcel.id) ? parcel.id : <ParcelLink id={parcel.id} />}</th>
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
