import { LOAD_STATE_TITLES } from '../../../core/documents/load-report.ts';
import type { DataLoad } from '../../../core/wire/load.ts';
import { formatCount, formatDate, megabytes } from '../../format/number.ts';
import { said, t } from '../../text/text.ts';
import { cancelLoad, isUnderWay, openLoad } from './loads-state.ts';

/** One file in the list. */
export function LoadItem({ load }: { load: DataLoad }) {
  const { report } = load;
  const word = t(load.state === 'unmapped' ? 'mappingGive' : 'loadsOpen');
  return (
    <li class="order-item">
      <LoadHead load={load} />
      {report && (
        <p class="quiet">
          {t('loadsAdded')} {formatCount(report.added)} · {t('loadsChanged')} {formatCount(report.changed)} ·{' '}
          {t('loadsEnded')} {formatCount(report.ended)} · {t('loadsRejected')} {formatCount(report.rejected)}
        </p>
      )}
      <Progress load={load} />
      <p class="order-row">
        <button
          type="button"
          class="button"
          aria-label={`${word}: ${load.fileName}`}
          onClick={() => void openLoad(load.id)}
        >
          {word}
        </button>
        <CancelButton load={load} />
      </p>
    </li>
  );
}

export function LoadHead({ load }: { load: DataLoad }) {
  const { fileName, state, madeBy, madeAt, bytes, asked, report } = load;
  const circumstances = [
    bytes < 1_000_000 ? `${formatCount(Math.ceil(bytes / 1000))} kB` : `${megabytes(bytes)} MB`,
    formatDate(madeAt, true) ?? madeAt,
    madeBy,
    ...[asked.source, asked.steward, asked.licence, report?.format, report?.crs],
    ...(report?.version ? [t('loadsVersion', { n: report.version })] : []),
  ].filter(Boolean);
  const tone = state === 'loaded' ? 'ready' : state === 'refused' || state === 'failed' ? 'failed' : '';
  return (
    <>
      <p class="order-head">
        <b class="loads-name">{fileName}</b>
        <span class={`chip order-state ${tone}`} role="status">
          {said(LOAD_STATE_TITLES[state])}
        </span>
      </p>
      <p class="quiet">{circumstances.join(' · ')}</p>
    </>
  );
}

export function CancelButton({ load }: { load: DataLoad }) {
  if (!isUnderWay(load) && load.state !== 'checked' && load.state !== 'unmapped') return null;
  return (
    <button
      type="button"
      class="button"
      aria-label={`${t('loadsCancel')}: ${load.fileName}`}
      onClick={() => void cancelLoad(load.id)}
    >
      {t('loadsCancel')}
    </button>
  );
}

export function Progress({ load }: { load: DataLoad }) {
  if (!isUnderWay(load)) return null;
  const { step } = load;
  if (!step) return <progress aria-label={said(LOAD_STATE_TITLES[load.state])} />;
  const words =
    step.phase === 'reading'
      ? t('loadsReading', { done: megabytes(step.done), total: megabytes(step.total) })
      : t('loadsStoring', { done: formatCount(step.done), total: formatCount(step.total) });
  return (
    <>
      <p class="quiet">{words}</p>
      <progress max={Math.max(1, step.total)} value={step.done} aria-label={words} />
    </>
  );
}
