import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SitingSearch } from '../../core/wire/siting-question.ts';
import { formatNumber } from '../format/number.ts';
import { t } from '../text/text.ts';
import { saidRefusal } from './refusal-words.ts';
import { endSearch, MOST_SECONDS, readSearch, sitingAsk, stopSearch } from './siting-state.ts';
import { measured, UNIT_OF_AIM } from './siting-words.ts';

const TICK_MS = 500;

/** That the best sites are searched, since when, and a way to stop it. */
export function SearchProgress({ sinceMs, ticket }: { sinceMs: number; ticket: string }) {
  const nowMs = useSignal(Date.now());
  const search = useSignal<SitingSearch | undefined>(undefined);
  useEffect(() => {
    const timer = setInterval(async () => {
      nowMs.value = Date.now();
      search.value = (await readSearch(ticket)) ?? search.value;
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [ticket]);
  const seconds = Math.max(0, (nowMs.value - sinceMs) / 1000);
  return (
    <div class="consequences-busy">
      <span role="status">{t('sitingSearching')}</span>
      <span class="siting-seconds">
        {t('sitingSecondsOf', { n: formatNumber(seconds, 0), most: MOST_SECONDS })}
      </span>
      {search.value?.best && <SoFar {...search.value.best} isChosen={search.value.isChosen} />}
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

/** The best so far, and how much better it could be. */
function SoFar({
  objective,
  bound,
  gap,
  isChosen,
}: NonNullable<SitingSearch['best']> & { isChosen: boolean }) {
  const unit = UNIT_OF_AIM[sitingAsk.value.objective];
  return (
    <p class="quiet">
      {t('sitingSoFar', { best: measured(objective, unit), bound: measured(bound, unit) })}{' '}
      {isChosen ? t('sitingChosen') : t('sitingGapNow', { gap: formatNumber(gap * 100, 2) })}
    </p>
  );
}

/** Why there is no answer, and what to change. */
export function SearchRefusal({ error }: { error: unknown }) {
  const { words, detail } = saidRefusal(error);
  return (
    <div class="what-if-note warning" role="alert">
      <p>{words ?? t('sitingFailed')}</p>
      {detail !== undefined && (
        <p class="quiet" lang="en">
          {detail}
        </p>
      )}
    </div>
  );
}
