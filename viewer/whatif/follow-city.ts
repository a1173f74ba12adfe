import { effect } from '@preact/signals';
import { announce } from '../state/announcer.ts';
import { openCity } from '../state/open-city.ts';
import { session } from '../state/session.ts';
import { wantedCity } from '../state/shown-city.ts';
import { t } from '../text/text.ts';
import { stopDrawing } from './edits/building/drawing.ts';
import { putToolDown } from './edits/tool-work.ts';
import {
  dropSelectionOf,
  loadScenario,
  openScenario,
  refusal,
  scenario,
  takeScenario,
  wantedOpen,
} from './open-scenario.ts';
import { readScenario } from './scenario-api.ts';

/** How long a change by somebody else may go unseen. */
const LOOK_AGAIN_MS = 10_000;

/** Opens the city that the link wants: today's, that of a day or that of a scenario. */
export function followCity(): void {
  let reading: AbortController | undefined;
  effect(() => {
    const { scenario: id } = wantedCity.value;
    // Whoever signs in or out may see another scenario, or none.
    session.value;
    reading?.abort();
    reading = undefined;
    const before = scenario.peek();
    if (before && before.id !== id) {
      dropSelectionOf(before.edits);
      stopDrawing();
      putToolDown();
    }
    if (id === undefined) {
      openScenario.value = { kind: 'none' };
      refusal.value = undefined;
      return;
    }
    if (before?.id !== id) openScenario.value = { kind: 'loading', id };
    reading = new AbortController();
    void loadScenario(id, reading.signal);
  });
  effect(() => {
    const city = wantedOpen.value;
    session.value;
    if (city) void openCity(city);
  });
  setInterval(() => {
    if (!document.hidden) void lookAgain();
  }, LOOK_AGAIN_MS);
}

/** Takes over what others did to the open scenario. */
async function lookAgain(): Promise<void> {
  const before = scenario.peek();
  if (!before) return;
  try {
    const now = await readScenario(before.id);
    if (now.revision <= (scenario.peek()?.revision ?? 0)) return;
    takeScenario(now);
    announce(t('scenarioChangedByOther'));
  } catch {
    // The next look, or the next step, says what is wrong.
  }
}
