import { useEffect } from 'preact/hooks';
import { Icon } from '../frame/icon.tsx';
import { t } from '../text/text.ts';
import { isWorkInHand, useWorkInHand, WorkInHand } from '../whatif/edits/work-in-hand.tsx';
import { scenario } from '../whatif/open-scenario.ts';
import { LinkCard } from './link-card.tsx';
import { RunFailure, RunProgress } from './run-progress.tsx';
import { TrafficEdits } from './traffic-edits.tsx';
import { TrafficQuestion } from './traffic-question.tsx';
import { TrafficResultView } from './traffic-result.tsx';
import { followTraffic, isStale, runTraffic, trafficAnswer, trafficRun } from './traffic-state.ts';

/** The work space of traffic: what changes on the streets, a run to equilibrium, and what follows from it. */
export function TrafficPanel() {
  useWorkInHand();
  useEffect(followTraffic, []);
  if (isWorkInHand.value && scenario.value) return <WorkInHand scenario={scenario.value} />;
  const answer = trafficAnswer.value;
  const state = trafficRun.value;
  return (
    <div class="what-if traffic">
      <p class="quiet">{t('trafficIntro')}</p>
      <TrafficEdits />
      <TrafficQuestion />
      <RunButton />
      {state.kind === 'busy' && <RunProgress {...state} />}
      {state.kind === 'failed' && <RunFailure {...state} />}
      {answer && (
        <>
          {isStale.value && state.kind !== 'busy' && (
            <p class="what-if-note warning" role="status">
              {t('trafficStale')}
            </p>
          )}
          <LinkCard />
          <TrafficResultView answer={answer} />
        </>
      )}
    </div>
  );
}

function RunButton() {
  const isBusy = trafficRun.value.kind === 'busy';
  const isKnown = trafficAnswer.value !== undefined && !isStale.value;
  return (
    <div class="traffic-run">
      <button
        type="button"
        class="button primary"
        disabled={isBusy || isKnown}
        onClick={() => void runTraffic()}
      >
        <Icon name="traffic" />
        {t(isKnown ? 'trafficRunDone' : trafficAnswer.value ? 'trafficRunAgain' : 'trafficRun')}
      </button>
    </div>
  );
}
