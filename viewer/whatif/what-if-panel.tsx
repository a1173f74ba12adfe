import { useEffect } from 'preact/hooks';
import { isPhone, sheetStop } from '../frame/layout.ts';
import { isStaff } from '../state/session.ts';
import { showToday } from '../state/shown-city.ts';
import { t } from '../text/text.ts';
import { DrawBuilding } from './edits/building/draw-building.tsx';
import { drawing, restDrawing, resumeDrawing } from './edits/building/drawing.ts';
import { ToolPanel } from './edits/tool-panel.tsx';
import { restTool, resumeTool, toolInHand } from './edits/tool-work.ts';
import { openScenario } from './open-scenario.ts';
import { OpenScenarioPanel } from './open-scenario-panel.tsx';
import { ScenarioList } from './scenario-list.tsx';

/** The work space of what-ifs: the list of scenarios, or the one that is open, or the tool that is in hand. */
export function WhatIfPanel() {
  const state = openScenario.value;
  // Whoever leaves the panel may choose objects on the map again, and finds the unfinished work when they return.
  useEffect(() => {
    resumeDrawing();
    resumeTool();
    return () => {
      restDrawing();
      restTool();
    };
  }, []);
  const isBusy = drawing.value !== undefined || toolInHand.value !== undefined;
  useEffect(() => {
    // On a phone both the map to point at and the fields must be seen.
    if (isBusy && isPhone.peek()) sheetStop.value = 'half';
  }, [isBusy]);
  switch (state.kind) {
    case 'ready':
      if (drawing.value) return <DrawBuilding scenario={state.scenario} />;
      if (toolInHand.value) return <ToolPanel tool={toolInHand.value} scenario={state.scenario} />;
      return <OpenScenarioPanel scenario={state.scenario} />;
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
