import { isStaff } from '../state/session.ts';
import { showToday } from '../state/shown-city.ts';
import { t } from '../text/text.ts';
import { isWorkInHand, useWorkInHand, WorkInHand } from './edits/work-in-hand.tsx';
import { openScenario } from './open-scenario.ts';
import { OpenScenarioPanel } from './open-scenario-panel.tsx';
import { ScenarioList } from './scenario-list.tsx';

/** The work space of what-ifs: the list of scenarios, or the one that is open, or the tool that is in hand. */
export function WhatIfPanel() {
  const state = openScenario.value;
  useWorkInHand();
  switch (state.kind) {
    case 'ready':
      return isWorkInHand.value ? (
        <WorkInHand scenario={state.scenario} />
      ) : (
        <OpenScenarioPanel scenario={state.scenario} />
      );
    case 'loading':
      return (
        <p class="panel-message quiet" role="status">
          {t('scenarioLoading')}…
        </p>
      );
    case 'gone':
    case 'failed':
      return (
        <>
          <div class="panel-message" role="alert">
            <p>{t(state.kind === 'gone' ? 'scenarioGone' : 'scenarioFailed')}</p>
            <p class="quiet">
              {'reason' in state ? `${state.reason} ${t('scenarioFailedHint')}` : t('scenarioGoneHint')}
            </p>
            <button type="button" class="button primary" onClick={showToday}>
              {t('scenarioToToday')}
            </button>
            {/* Those for staff only look to others as if they were gone. */}
            {state.kind === 'gone' && !isStaff.value && <p class="quiet">{t('scenarioMaybeStaff')}</p>}
          </div>
          <ScenarioList />
        </>
      );
    case 'none':
      return <ScenarioList />;
  }
}
