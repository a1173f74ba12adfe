import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { crsTitle } from '../../../core/geo/crs-title.ts';
import { ORDER_SRIDS } from '../../../core/wire/order.ts';
import { megabytes } from '../../format/number.ts';
import { CheckField } from '../../frame/check-field.tsx';
import { Icon } from '../../frame/icon.tsx';
import { language, t } from '../../text/text.ts';
import { NotReady } from '../not-ready.tsx';
import { LoadItem } from './load-item.tsx';
import { LoadReport } from './load-report.tsx';
import {
  change,
  followLoads,
  handIn,
  type LoadOptions,
  loads,
  openedLoad,
  options,
  problem,
  sending,
  stopSending,
} from './loads-state.ts';
import { VersionTable } from './version-table.tsx';

/** Files that the office hands in: looked through first, loaded then. */
export function LoadsSection() {
  useEffect(followLoads, []);
  const load = openedLoad();
  return (
    <section aria-label={t('loadsTitle')} class="loads">
      {problem.value !== undefined && (
        <p class="what-if-note warning" role="alert">
          {problem.value}
        </p>
      )}
      {load ? (
        <LoadReport key={load.id} load={load} />
      ) : (
        <>
          <DropZone />
          <LoadList />
          <VersionTable />
        </>
      )}
    </section>
  );
}

function DropZone() {
  const isOver = useSignal(false);
  if (sending.value) return <Sending />;
  return (
    <fieldset
      aria-label={t('loadsDrop')}
      class={`loads-drop ${isOver.value ? 'over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={() => {
        isOver.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        isOver.value = false;
        const file = event.dataTransfer?.files[0];
        if (file) void handIn(file);
      }}
    >
      <p class="loads-invite">
        <b>{t('loadsDrop')}</b>
        <label class="button primary">
          <Icon name="upload" /> {t('loadsPick')}
          <input
            type="file"
            class="visually-hidden"
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? [];
              if (file) void handIn(file);
              // The same file may be chosen again after it was mended.
              currentTarget.value = '';
            }}
          />
        </label>
      </p>
      <p class="quiet">{t('loadsHint')}</p>
      <Options />
    </fieldset>
  );
}

const TEXTS = [
  ['source', 'loadsSource'],
  ['steward', 'loadsSteward'],
  ['licence', 'loadsLicence'],
] as const satisfies readonly (readonly [keyof LoadOptions, string])[];

function Options() {
  const now = options.value;
  return (
    <details>
      <summary>{t('loadsOptions')}</summary>
      <div class="office-filters">
        {TEXTS.map(([name, word]) => (
          <label key={name} class="field">
            {t(word)}
            <input
              maxLength={300}
              value={now[name]}
              onInput={({ currentTarget }) => change({ [name]: currentTarget.value })}
            />
          </label>
        ))}
        <label class="field">
          {t('loadsCrs')}
          <select value={now.crs} onChange={({ currentTarget }) => change({ crs: currentTarget.value })}>
            <option value="">{t('loadsCrsOfFile')}</option>
            {ORDER_SRIDS.map((srid) => (
              <option key={srid} value={`EPSG:${srid}`}>
                {crsTitle(srid, language.value)}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          {t('loadsMapping')} {now.mappingName}
          <input
            type="file"
            accept=".json"
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? [];
              void file?.text().then((mapping) => change({ mapping, mappingName: file.name }));
              if (!file) change({ mapping: '', mappingName: '' });
            }}
          />
        </label>
      </div>
      <CheckField checked={now.isWhole} onChange={(isWhole) => change({ isWhole })}>
        {t('loadsWhole')}
      </CheckField>
      <CheckField checked={now.allowOutside} onChange={(allowOutside) => change({ allowOutside })}>
        {t('loadsOutside')}
      </CheckField>
      <CheckField checked={now.isSurface} onChange={(isSurface) => change({ isSurface })}>
        {t('loadsSurface')}
      </CheckField>
    </details>
  );
}

function Sending() {
  const now = sending.value;
  if (!now) return null;
  const { name, done, total } = now;
  const words = t('loadsSending', { name, done: megabytes(done), total: megabytes(total) });
  return (
    <div class="loads-drop" role="status">
      <p>{words}</p>
      <progress max={Math.max(1, total)} value={done} aria-label={words} />
      <p class="order-row">
        <button type="button" class="button" onClick={stopSending}>
          {t('loadsStop')}
        </button>
      </p>
    </div>
  );
}

function LoadList() {
  const all = loads.value;
  return (
    <>
      <h2>{t('loadsMine')}</h2>
      {all.kind !== 'ready' ? (
        <NotReady load={all} />
      ) : all.value.length === 0 ? (
        <p class="quiet">{t('loadsNone')}</p>
      ) : (
        <ul class="order-list">
          {all.value.map((load) => (
            <LoadItem key={load.id} load={load} />
          ))}
        </ul>
      )}
    </>
  );
}
