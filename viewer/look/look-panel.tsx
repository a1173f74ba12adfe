import { useEffect } from 'preact/hooks';
import { formatCount, formatDate } from '../format/number.ts';
import { CloseButton } from '../frame/close-button.tsx';
import { Icon } from '../frame/icon.tsx';
import {
  canUndoSeen,
  hideBuildings,
  isLookChanged,
  isolateBuildings,
  LOOK_ATTRIBUTES,
  lookAttribute,
  lookOpen,
  MOST_SEEN,
  seenBuildings,
  showAllBuildings,
  undoSeen,
  unlistBuilding,
} from '../state/building-look.ts';
import { layerNamed, mode, select, selection, webglAvailable } from '../state/twin-state.ts';
import { said, t, type Word } from '../text/text.ts';
import './look.css';
import { classesOf } from './look-classes.ts';
import { LookSwatch } from './look-classes-list.tsx';
import { followLookCounts, lookCounts, saveLookTable } from './look-counts.ts';

const LAYER = 'buildings_3d';
const BUILDING_LAYERS = [LAYER, 'buildings'];

/** Over the map: by what the 3D buildings are coloured, how many are of each class, and which are left out. */
export function LookPanel() {
  useEffect(followLookCounts, []);
  return (
    <section class="measure look" aria-labelledby="look-title">
      <header class="measure-head">
        <h2 id="look-title">{t('lookTitle')}</h2>
        <CloseButton
          byEscape
          label={t('lookClose')}
          onClick={() => {
            lookOpen.value = false;
          }}
        />
      </header>
      <div class="measure-body scroll">
        {mode.value === '2d' && <To3d />}
        <Attribute />
        {lookAttribute.value && <Classes />}
        <SeenList />
      </div>
      {isLookChanged.value && (
        <footer class="measure-actions">
          <button
            type="button"
            class="button"
            onClick={() => {
              lookAttribute.value = undefined;
              showAllBuildings();
            }}
          >
            {t('lookReset')}
          </button>
        </footer>
      )}
    </section>
  );
}

function To3d() {
  return (
    <div class="measure-needs">
      <p>{t('lookNeeds3d')}</p>
      <button
        type="button"
        class="button"
        disabled={!webglAvailable.value}
        onClick={() => {
          mode.value = '3d';
        }}
      >
        <Icon name="box" />
        {t('show3d')}
      </button>
    </div>
  );
}

function Attribute() {
  const layer = layerNamed(LAYER);
  return (
    <label class="field">
      {t('lookBy')}
      <select
        value={lookAttribute.value ?? ''}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          lookAttribute.value = LOOK_ATTRIBUTES.find((name) => name === chosen);
        }}
      >
        <option value="">{t('lookPlain')}</option>
        {LOOK_ATTRIBUTES.map((name) => {
          const label = layer?.properties.find((property) => property.name === name)?.label;
          return (
            <option key={name} value={name}>
              {label ? said(label) : name}
            </option>
          );
        })}
        {NOT_IN_MODEL.map((word) => (
          <option key={word} disabled>
            {t('lookNotInModel', { what: t(word) })}
          </option>
        ))}
      </select>
    </label>
  );
}

/** People look for these; the 3D model has no such properties, and so none is guessed. */
const NOT_IN_MODEL: readonly Word[] = ['lookYear', 'lookEnergy'];

function Classes() {
  const attribute = lookAttribute.value;
  if (!attribute) return null;
  const told = lookCounts.value;
  const counts = told.kind === 'ready' && told.value.attribute === attribute ? told.value : undefined;
  const saidCount = (count: number | null | undefined) =>
    count === undefined ? '…' : count === null ? t('notAssessed') : formatCount(count);
  const date = layerNamed(LAYER)?.status.loadedAt;
  return (
    <>
      <table class="look-classes">
        <caption class="visually-hidden">{t('lookTitle')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('lookClass')}</th>
            <th scope="col">{t('lookCount')}</th>
          </tr>
        </thead>
        <tbody>
          {classesOf(attribute).map(({ key, ink, say }) => (
            <tr key={key} data-class={key}>
              <th scope="row">
                <LookSwatch ink={ink} />
                {say()}
              </th>
              <td>{saidCount(counts?.byClass.get(key))}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('lookTotal')}</th>
            <td>{saidCount(counts?.total)}</td>
          </tr>
        </tfoot>
      </table>
      {told.kind === 'failed' && (
        <p class="what-if-note warning" role="alert">
          {t('lookFailed', { reason: told.reason })}
        </p>
      )}
      <p class="quiet">
        {t('lookCountsOf')} {t('dataDate')}: {(date && formatDate(date)) ?? t('layerUnknownDate')}.
        {attribute === 'function' && ` ${t('lookUseSource')}`}
        {(attribute === 'height_m' || attribute === 'storeys_above') && ` ${t('lookHeightSource')}`}
      </p>
      {counts && (
        <button type="button" class="text-button look-table" onClick={() => saveLookTable(counts)}>
          {t('lookTable')}
        </button>
      )}
    </>
  );
}

/** The selected building can be left out or shown alone; what is left out is listed, and comes back one by one. */
function SeenList() {
  const { hidden, only } = seenBuildings.value;
  const chosen = selection.value;
  const id = chosen && BUILDING_LAYERS.includes(chosen.layer) ? chosen.id : undefined;
  const isLong = hidden.length > MOST_SEEN || only.length > MOST_SEEN;
  return (
    <section aria-labelledby="look-seen" class="look-seen">
      <h3 id="look-seen">{t('lookSeen')}</h3>
      {id === undefined && <p class="quiet">{t('lookSelectHint')}</p>}
      <div class="look-buttons">
        <button
          type="button"
          class="button"
          disabled={id === undefined}
          title={`${t('lookHide')} (X)`}
          onClick={() => {
            if (id !== undefined) hideBuildings([id]);
          }}
        >
          <Icon name="eye-off" />
          {t('lookHide')}
        </button>
        <button
          type="button"
          class="button"
          disabled={id === undefined}
          onClick={() => {
            if (id !== undefined) isolateBuildings([id]);
          }}
        >
          <Icon name="focus" />
          {t('lookIsolate')}
        </button>
        <button type="button" class="button" disabled={!canUndoSeen.value} onClick={undoSeen}>
          <Icon name="undo" />
          {t('lookUndo')}
        </button>
        {(hidden.length > 0 || only.length > 0) && (
          <button type="button" class="button" onClick={showAllBuildings}>
            <Icon name="eye" />
            {t('lookShowAll')}
          </button>
        )}
      </div>
      <IdList title={t('lookHidden', { n: hidden.length })} ids={hidden} />
      <IdList title={t('lookOnly', { n: only.length })} ids={only} />
      {isLong && <p class="what-if-note warning">{t('lookLong', { n: MOST_SEEN })}</p>}
    </section>
  );
}

function IdList({ title, ids }: { title: string; ids: readonly string[] }) {
  if (ids.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <ul class="look-ids">
        {ids.slice(0, MOST_SEEN).map((id) => (
          <li key={id}>
            <button type="button" class="text-button" onClick={() => select({ layer: layerOf(id), id })}>
              <bdi dir="ltr">{id}</bdi>
            </button>
            <button
              type="button"
              class="icon-button"
              aria-label={t('lookUnlist', { id })}
              title={t('lookUnlist', { id })}
              onClick={() => unlistBuilding(id)}
            >
              <Icon name="x" />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Ids of the register end on their kind of object. */
const layerOf = (id: string): string => (id.endsWith('_BUD') ? 'buildings' : LAYER);
