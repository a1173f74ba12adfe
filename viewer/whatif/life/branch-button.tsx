import { useSignal } from '@preact/signals';
import type { ScenarioReply } from '../../../core/wire/scenario.ts';
import { Icon } from '../../frame/icon.tsx';
import { announce } from '../../state/announcer.ts';
import { showScenario } from '../../state/shown-city.ts';
import { t } from '../../text/text.ts';
import { step, stepping } from '../open-scenario.ts';
import { branchScenario } from '../scenario-api.ts';

/** A scenario of its own that begins as this one stands; it is opened at once. */
export function BranchButton({ scenario }: { scenario: ScenarioReply }) {
  const title = useSignal<string | undefined>(undefined);
  if (title.value === undefined) {
    return (
      <button
        type="button"
        class="button"
        title={t('branchMeans')}
        onClick={() => {
          title.value = t('branchTitleOf', { title: scenario.title });
        }}
      >
        <Icon name="git-branch" />
        {t('branch')}
      </button>
    );
  }
  return (
    <form
      class="what-if-form branch-form"
      aria-label={t('branch')}
      onSubmit={async (event) => {
        event.preventDefault();
        const made = await step((now) => branchScenario(now, { title: (title.value ?? '').trim() }));
        if (!made) return;
        announce(t('scenarioCreated', { title: made.title }));
        showScenario(made.id);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        title.value = undefined;
      }}
    >
      <p class="quiet">{t('branchMeans')}</p>
      <label class="field">
        <span>{t('scenarioTitle')}</span>
        <input
          required
          maxLength={120}
          value={title.value}
          onInput={(event) => {
            title.value = event.currentTarget.value;
          }}
        />
      </label>
      <div class="what-if-actions">
        <button type="submit" class="button primary" disabled={stepping.value || title.value.trim() === ''}>
          {t('branchMake')}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            title.value = undefined;
          }}
        >
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
