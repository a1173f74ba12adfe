import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { DatasetVersion, VersionPage } from '../../../core/wire/versions.ts';
import { getJson } from '../../api/city-api.ts';
import { formatCount, formatDate } from '../../format/number.ts';
import { LOADING, type Load, loadInto } from '../../state/load.ts';
import { t } from '../../text/text.ts';
import { NotReady } from '../not-ready.tsx';

const versions = signal<Load<VersionPage>>(LOADING);
const SHOWN = 50;
const HASH_SHOWN = 12;

const read = (): Promise<void> =>
  loadInto(versions, () => getJson<VersionPage>(`api/versions?limit=${SHOWN}`, undefined, ''));

/** What each load made of a dataset, the newest first, with all that is kept of it. */
export function VersionTable() {
  useEffect(() => void read(), []);
  const load = versions.value;
  return (
    <details>
      <summary>{t('loadsVersions')}</summary>
      {load.kind === 'ready' ? <Rows versions={load.value.versions} /> : <NotReady load={load} />}
    </details>
  );
}

const Rows = ({ versions: rows }: { versions: readonly DatasetVersion[] }) => (
  <ul class="order-list">
    {rows.map((each) => (
      <li key={each.version} class="order-item">
        <p class="order-head">
          <b>
            {t('loadsVersion', { n: each.version })} · {each.dataset}
          </b>
          <span class="quiet">{formatDate(each.recordedAt, true)}</span>
        </p>
        <p>{[each.source, each.steward, each.licence].filter(Boolean).join(' · ')}</p>
        <p class="quiet">
          {t('loadsAdded')} {each.added === null ? '?' : formatCount(each.added)} · {t('loadsChanged')}{' '}
          {each.changed === null ? '?' : formatCount(each.changed)} · {t('loadsUnchanged')}{' '}
          {formatCount(each.unchanged)} · {t('loadsEnded')} {formatCount(each.ended)} · {t('loadsRejected')}{' '}
          {formatCount(each.rejected)}
        </p>
        <p class="quiet office-long loads-facts">{factsOf(each).join(' · ')}</p>
      </li>
    ))}
  </ul>
);

function factsOf({
  fileName,
  sha256,
  crs,
  crsDecision,
  schema,
  format,
  extent,
}: DatasetVersion): readonly string[] {
  return [
    fileName,
    ...(sha256 === null ? [] : [`SHA-256 ${sha256.slice(0, HASH_SHOWN)}…`]),
    schema ?? format,
    ...(crs === null ? [] : [crs]),
    ...(crsDecision === null ? [] : [crsDecision]),
    ...(extent === null
      ? []
      : [
          `E ${extent[0].toFixed(0)}–${extent[2].toFixed(0)}, N ${extent[1].toFixed(0)}–${extent[3].toFixed(0)}`,
        ]),
  ];
}
