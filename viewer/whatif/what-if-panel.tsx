import { useEffect } from 'preact/hooks';
import { signDialogOpen } from '../account/sign-dialog.tsx';
import { isStaff } from '../state/session.ts';
import { showToday } from '../state/shown-city.ts';
import { t } from '../text/text.ts';
import { DrawBuilding } from './draw-building.tsx';
import { drawing, stopDrawing } from './drawing.ts';
import { openScenario } from './open-scenario.ts';
import { OpenScenarioPanel } from './open-scenario-panel.tsx';
import { ScenarioList } from './scenario-list.tsx';

/** The work space of what-ifs: the list of scenarios, or the one that is open, or the building that is drawn in it. */
export function WhatIfPanel() {
  const state = openScenario.value;
  // Whoever leaves the panel has not finished the building: it would hang over the map without a way to end it.
  useEffect(() => stopDrawing, []);
  switch (state.kind) {
    case 'ready':
      return drawing.value ? (
        <DrawBuilding scenario={state.scenario} />
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
            {state.kind === 'gone' && !isStaff.value && <SignInHint />}
          </div>
          <ScenarioList />
        </>
      );
    case 'none':
      return <ScenarioList />;
  }
}

/** Some scenarios are for staff only: to others they look as if they were gone. */
function SignInHint() {
  return (
    <p class="quiet">
      {t('scenarioMaybeStaff')}{' '}
      <button
        type="button"
        class="text-button"
        onClick={() => {
          signDialogOpen.value = true;
        }}
      >
        {t('signIn')}
      </button>
    </p>
  );
}
