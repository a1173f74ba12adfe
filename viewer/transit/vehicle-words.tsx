import type { TransitKind } from '../../core/transit/timetable.ts';
import { t, type Word } from '../text/text.ts';

export const KIND_WORD: Readonly<Record<TransitKind, Word>> = {
  tram: 'transitTram',
  bus: 'transitBus',
  trolleybus: 'transitTrolleybus',
  rail: 'transitRail',
  metro: 'transitMetro',
  ferry: 'transitFerry',
  cable: 'transitCable',
  other: 'transitOther',
};

/** Less than a minute either way is on time. */
const ON_TIME_S = 60;

/** How late, in words. */
export function DelayChip({ delayS }: { delayS: number | null }) {
  if (delayS === null) return <span class="chip">{t('transitDelayUnknown')}</span>;
  if (Math.abs(delayS) < ON_TIME_S) return <span class="chip success">{t('transitOnTime')}</span>;
  const min = Math.floor(Math.abs(delayS) / 60);
  return (
    <span class={`chip ${delayS > 0 ? 'warning' : ''}`}>
      {t(delayS > 0 ? 'transitLate' : 'transitEarly', { min })}
    </span>
  );
}

/** The line as it stands on the vehicle. */
export function LineBadge({ line, kind }: { line: string | null; kind: TransitKind }) {
  return <span class={`line-badge ${kind}`}>{line ?? '?'}</span>;
}
