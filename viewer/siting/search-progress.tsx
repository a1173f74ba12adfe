import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { formatNumber } from '../format/number.ts';
import { t } from '../text/text.ts';
import { endSearch, MOST_SECONDS, stopSearch } from './siting-state.ts';
import { FIX_WORDS } from './siting-words.ts';

const TICK_MS = 500;

/** That the best sites are searched, since when, and a way to stop it. */
export function SearchProgress({ sinceMs }: { sinceMs: number }) {
  const nowMs = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      nowMs.value = Date.now();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, (nowMs.value - sinceMs) / 1000);
  return (
    <div class="consequences-busy">
      <span role="status">{t('sitingSearching')}</span>
      <span class="siting-seconds">
        {t('sitingSecondsOf', { n: formatNumber(seconds, 0), most: MOST_SECONDS })}
      </span>
      <div class="siting-actions">
        <button type="button" class="button" onClick={() => void endSearch()}>
          {t('sitingEnough')}
        </button>
        <button type="button" class="button" onClick={stopSearch}>
          {t('consequencesCallOff')}
        </button>
      </div>
      <progress
        aria-label={t('sitingSearching')}
        value={Math.min(seconds, MOST_SECONDS)}
        max={MOST_SECONDS}
      />
    </div>
  );
}

/** Why there is no answer, and what to change. */
export function SearchRefusal({ reason, parameter }: { reason: string; parameter: string | undefined }) {
  const fix = FIX_WORDS[parameter?.split('.')[0] ?? ''];
  return (
    <div class="what-if-note warning" role="alert">
      <p>{fix ? t(fix) : t('sitingFailed')}</p>
      <p>{reason}</p>
    </div>
  );
}
