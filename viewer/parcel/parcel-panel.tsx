import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { MOST_PARCELS } from '../../core/wire/parcel-check.ts';
import { Icon } from '../frame/icon.tsx';
import { checkedBuilding, checkedParcel, drawnRing, isDrawing, listedIds } from '../state/checked-parcel.ts';
import { t, tn } from '../text/text.ts';
import { BuildingView } from './building-view.tsx';
import { canFinish, finishArea, startArea, stopArea, takeCornerBack } from './drawn-area.ts';
import { ListResult } from './list-result.tsx';
import { listFile } from './parcel-state.ts';
import { ParcelView } from './parcel-view.tsx';

/** The work space of checks: one parcel, a drawn area, a building, a list of parcels, or how to begin. */
export function ParcelPanel() {
  // Whoever leaves the panel may choose objects on the map again.
  useEffect(() => () => stopArea(), []);
  if (isDrawing.value) return <Drawing />;
  if (checkedParcel.value !== undefined || drawnRing.value) return <ParcelView />;
  if (checkedBuilding.value !== undefined) return <BuildingView id={checkedBuilding.value} />;
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
