import { formatDate } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { panelOpen, workSpace } from '../frame/layout.ts';
import { announce } from '../state/announcer.ts';
import { comparing, showToday, wantedCity } from '../state/shown-city.ts';
import { layers } from '../state/twin-state.ts';
import { t } from '../text/text.ts';
import { momentDialogOpen } from './moment-dialog.tsx';
import { dropSelectionOf, openScenario, scenario } from './open-scenario.ts';

/** Between the scenario and what it is laid over; nothing without a scenario. */
export function toggleComparing(): void {
  const now = scenario.peek();
  if (!now) return;
  dropSelectionOf(now.edits);
  comparing.value = !comparing.peek();
  announce(t(comparing.value ? 'compareBefore' : 'compareAfter'));
}

/** Says over the map that this is not today's city, and leads back to it. */
export function CityBanner() {
  const { scenario: id, at } = wantedCity.value;
  if (id !== undefined) return <ScenarioBanner />;
  if (at !== undefined) return <MomentBanner at={at} />;
  return null;
}

function ScenarioBanner() {
  const state = openScenario.value;
  if (state.kind === 'none') return null;
  if (state.kind !== 'ready') {
    const word = { loading: 'scenarioLoading', gone: 'scenarioGone', failed: 'scenarioFailed' } as const;
    return (
      <div class={`city-banner ${state.kind}`} role="status">
        <Icon name={state.kind === 'loading' ? 'git-branch' : 'warning'} />
        <p>
          {t(word[state.kind])} {state.kind !== 'loading' && t('scenarioGoneShown')}
        </p>
        {state.kind !== 'loading' && <BackButton />}
      </div>
    );
  }
  const before = comparing.value;
  return (
    <section class={`city-banner scenario ${before ? 'before' : ''}`} aria-label={t('scenario')}>
      <Icon name="git-branch" />
      <p>
        <span class="banner-kind">{t(before ? 'bannerBefore' : 'bannerScenario')}</span>{' '}
        <button
          type="button"
          class="banner-title"
          onClick={() => {
            workSpace.value = 'what-if';
            panelOpen.value = true;
          }}
        >
          {state.scenario.title}
        </button>
      </p>
      <fieldset class="segmented banner-compare" aria-label={t('compare')}>
        <button
          type="button"
          aria-pressed={before}
          title={`${t('compareBeforeTitle')} (C)`}
          onClick={() => {
            if (!before) toggleComparing();
          }}
        >
          {t('before')}
        </button>
        <button
          type="button"
          aria-pressed={!before}
          title={`${t('compareAfterTitle')} (C)`}
          onClick={() => {
            if (before) toggleComparing();
          }}
        >
          {t('after')}
        </button>
      </fieldset>
      <BackButton />
    </section>
  );
}

function MomentBanner({ at }: { at: string }) {
  const isEmpty = layers.value.length > 0 && layers.value.every(({ status }) => status.count === 0);
  return (
    <section class="city-banner moment" aria-label={t('moment')}>
      <Icon name="history" />
      <p>
        <span class="banner-kind">{t('bannerMoment')}</span>{' '}
        <button
          type="button"
          class="banner-title"
          onClick={() => {
            momentDialogOpen.value = true;
          }}
        >
          {formatDate(at, at.includes('T'))}
        </button>{' '}
        {isEmpty && t('momentEmpty')}
      </p>
      <BackButton />
    </section>
  );
}

const BackButton = () => (
  <button type="button" class="button banner-back" aria-label={t('scenarioToToday')} onClick={showToday}>
    <Icon name="x" />
    <span>{t('scenarioToToday')}</span>
  </button>
);
