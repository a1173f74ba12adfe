import { formatTime } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { shownTime } from '../state/shown-time.ts';
import { t } from '../text/text.ts';
import { connection } from './live-state.ts';
import { momentWords } from './time-bar.tsx';

/** Whether what is shown is the present, and since when not. */
export function ConnectionState() {
  const state = connection.value;
  if (shownTime.value !== undefined) {
    return (
      <p class="live-connection warning">
        <Icon name="history" />
        {momentWords(shownTime.value)}
      </p>
    );
  }
  if (state.kind === 'live') {
    return (
      <p class="live-connection success">
        <Icon name="activity" />
        {t('liveNow')}
      </p>
    );
  }
  if (state.kind === 'connecting') return <p class="live-connection">{t('liveConnecting')}…</p>;
  return (
    <p class="live-connection warning">
      <Icon name="warning" />
      {t('liveLost', { time: formatTime(state.sinceMs) })}
    </p>
  );
}
