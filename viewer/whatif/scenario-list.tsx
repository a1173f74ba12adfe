import { signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ScenarioSummary } from '../../core/wire/scenario.ts';
import { SignInButton } from '../account/sign-in-button.tsx';
import { ServiceError } from '../api/ask.ts';
import { formatDate } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { announce } from '../state/announcer.ts';
import { LOADING, type Load, loadInto } from '../state/load.ts';
import { isStaff, may, session } from '../state/session.ts';
import { showScenario } from '../state/shown-city.ts';
import { t, tn } from '../text/text.ts';
import { createScenario, listScenarios } from './scenario-api.ts';
import { ScenarioForm } from './scenario-form.tsx';

const list = signal<Load<readonly ScenarioSummary[]>>(LOADING);

const loadList = () => loadInto(list, listScenarios);

/** The scenarios that may be opened, and the way to begin a new one. */
export function ScenarioList() {
  const who = session.value?.who;
  useEffect(() => {
    void who;
    void loadList();
  }, [who]);
  return (
    <div class="what-if">
      <p class="quiet">{t('scenarioIntro')}</p>
      {may('plan') ? <NewScenario /> : <SignInFirst />}
      <Listed />
    </div>
  );
}

function SignInFirst() {
  return (
    <p class="what-if-note">
      {t(session.value ? 'scenarioStaffOnly' : 'scenarioSignInFirst')} {!session.value && <SignInButton />}
    </p>
  );
}

function NewScenario() {
  const open = useSignal(false);
  const refused = useSignal<string | undefined>(undefined);
  if (!open.value) {
    return (
      <button
        type="button"
        class="button primary"
        onClick={() => {
          open.value = true;
        }}
      >
        <Icon name="plus" />
        {t('scenarioNew')}
      </button>
    );
  }
  return (
    <ScenarioForm
      heading={t('scenarioNew')}
      submit={t('scenarioCreate')}
      refusal={refused.value}
      onSubmit={async (words) => {
        try {
          const made = await createScenario(words);
          announce(t('scenarioCreated', { title: made.title }));
          showScenario(made.id);
        } catch (error) {
          const reason = error instanceof ServiceError ? error.message : String(error);
          refused.value = t('scenarioRefused', { reason });
        }
      }}
      onCancel={() => {
        open.value = false;
      }}
    />
  );
}

function Listed() {
  const state = list.value;
  if (state.kind === 'loading') return <p class="quiet">{t('scenarioLoading')}…</p>;
  if (state.kind === 'failed') {
    return (
      <div class="panel-message" role="alert">
        <p>{t('scenarioListFailed', { reason: state.reason })}</p>
        <button type="button" class="button" onClick={() => void loadList()}>
          {t('retry')}
        </button>
      </div>
    );
  }
  if (state.value.length === 0) {
    return <p class="quiet">{t(isStaff.value ? 'scenarioNone' : 'scenarioNonePublic')}</p>;
  }
  return (
    <ul class="scenario-list">
      {state.value.map((one) => (
        <li key={one.id}>
          <button type="button" class="scenario-open" onClick={() => showScenario(one.id)}>
            <span class="scenario-title">{one.title}</span>
            {one.reason !== '' && <span class="scenario-reason">{one.reason}</span>}
            <span class="quiet">
              {tn('scenarioEdits', one.editCount, { n: one.editCount })} · {one.author} ·{' '}
              {formatDate(one.updatedAt, true)}
            </span>
            {one.movedOn && <span class="chip warning">{t('scenarioMovedOnShort')}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
