/** Reads what is compared, and keeps link and screen equal. */
import { effect } from '@preact/signals';
import { showInPlans } from '../plan/compare-plan.ts';
import { session } from '../state/session.ts';
import { webglAvailable } from '../state/twin-state.ts';
import { comparedEye, comparedPlan } from './compare-camera.ts';
import { readCompareLink, writeCompareLink } from './compare-link.ts';
import {
  arrangement,
  boxToShow,
  chosenPanes,
  dimension,
  loadComparison,
  loadConsequences,
  loaded,
  trafficHour,
  USUAL_HOUR,
  wantedIds,
} from './compare-state.ts';

const LINK_DELAY_MS = 250;

/** Shows what the link says and follows it. */
export function followCompareLink(): void {
  const apply = () => {
    const link = readCompareLink(location.hash);
    wantedIds.value = link.ids;
    dimension.value = webglAvailable.peek() ? link.dimension : '2d';
    arrangement.value = link.arrangement;
    chosenPanes.value = link.panes;
    trafficHour.value = link.hour ?? USUAL_HOUR;
    if (link.plan) comparedPlan.value = link.plan;
  };
  apply();
  addEventListener('popstate', apply);
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const fragment = `#${writeCompareLink({
      ids: wantedIds.value,
      dimension: dimension.value,
      arrangement: arrangement.value,
      panes: chosenPanes.value,
      hour: trafficHour.value === USUAL_HOUR ? undefined : trafficHour.value,
      plan: comparedPlan.value,
    })}`;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (fragment !== location.hash) history.replaceState(null, '', fragment);
    }, LINK_DELAY_MS);
  });
}

/** Reads the cities again for other ids and for whoever signs in or out; the first ones are flown to. */
export function followCities({ withTable }: { readonly withTable: boolean }): void {
  effect(() => {
    wantedIds.value;
    session.value;
    if (wantedIds.value.length === 0) return;
    void loadComparison();
    if (withTable) void loadConsequences();
  });
  effect(() => {
    if (loaded.value.kind !== 'ready' || comparedPlan.peek() || comparedEye.peek()) return;
    const box = boxToShow(loaded.value.value);
    if (!box) return;
    // The panes are on the screen, and have their size, in the next frame.
    requestAnimationFrame(() => {
      const pane = document.querySelector('.compare-pane')?.getBoundingClientRect();
      showInPlans(box, pane?.width ?? 400, pane?.height ?? 600);
    });
  });
}
