import { useEffect } from 'preact/hooks';
import { Icon } from '../frame/icon.tsx';
import { lastOf } from '../state/load.ts';
import { said, t } from '../text/text.ts';
import { followIsochrones } from './isochrones-state.ts';
import { isPutting, startPutting, stopPutting } from './put-tool.ts';
import { QuestionForm } from './question-form.tsx';
import { SearchProgress, SearchRefusal } from './search-progress.tsx';
import { SitingEffect } from './siting-effect.tsx';
import {
  clearSites,
  effectShown,
  followSiting,
  preview,
  search,
  searchBest,
  sitingAsk,
} from './siting-state.ts';

/** The work space of siting: a question, sites put by hand or found, and what they mean for people. */
export function SitingPanel() {
  useEffect(() => {
    const ends = [followSiting(), followIsochrones(), stopPutting];
    return () => {
      for (const end of ends) end();
    };
  }, []);
  const told = effectShown.value;
  return (
    <div class="what-if siting">
      <p class="quiet">{t('sitingIntro')}</p>
      <QuestionForm />
      <Assumptions />
      <Actions />
      {search.value.kind === 'busy' && <SearchProgress {...search.value} />}
      {search.value.kind === 'failed' && <SearchRefusal {...search.value} />}
      {preview.value.kind === 'failed' && search.value.kind !== 'failed' && (
        <p class="what-if-note warning" role="alert">
          {t('sitingPreviewFailed', { reason: preview.value.reason })}
        </p>
      )}
      {!told && preview.value.kind === 'loading' && (
        <p class="quiet" role="status">
          {t('sitingReading')}
        </p>
      )}
      {told && <SitingEffect told={told} />}
    </div>
  );
}

/** In plain words, before anything is asked. */
function Assumptions() {
  const told = lastOf(preview.value);
  if (!told) return null;
  return (
    <details class="siting-assumptions" open>
      <summary>{t('sitingAssumptions')}</summary>
      <ul>
        {told.assumptions.map((assumption) => (
          <li key={assumption.en}>{said(assumption)}</li>
        ))}
      </ul>
    </details>
  );
}

function Actions() {
  const busy = search.value.kind === 'busy';
  return (
    <div class="siting-actions">
      <button type="button" class="button primary" disabled={busy} onClick={() => void searchBest()}>
        <Icon name="search" />
        {t('sitingFind')}
      </button>
      <button
        type="button"
        class="button"
        aria-pressed={isPutting.value}
        onClick={isPutting.value ? stopPutting : startPutting}
      >
        <Icon name="map-pin-plus" />
        {t('sitingPut')}
      </button>
      {sitingAsk.value.sites.length + sitingAsk.value.closed.length > 0 && (
        <button type="button" class="button" onClick={clearSites}>
          {t('sitingClear')}
        </button>
      )}
      {isPutting.value && <p class="what-if-note">{t('sitingPutHint')}</p>}
      {!isPutting.value && sitingAsk.value.sites.length > 0 && <p class="quiet">{t('sitingDragHint')}</p>}
    </div>
  );
}
