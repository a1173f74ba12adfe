import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ScenarioSummary } from '../../core/wire/scenario.ts';
import { Icon } from '../frame/icon.tsx';
import { session } from '../state/session.ts';
import { t } from '../text/text.ts';
import { listScenarios } from '../whatif/scenario-api.ts';
import { arrangement, chosenPanes, loaded, MOST_SHOWN, shownCities, wantedIds } from './compare-state.ts';

/** Which scenarios are compared, and which of the cities are on the screen. */
export function Chooser() {
  const known = useSignal<readonly ScenarioSummary[]>([]);
  useEffect(() => {
    listScenarios().then(
      (list) => {
        known.value = list;
      },
      // Whoever came by a link sees what it names.
      () => {},
    );
  }, [session.value]);
  const cities = loaded.value.kind === 'ready' ? loaded.value.value.cities : [];
  const shown = new Set(shownCities.value.map(({ key }) => key));
  const others = known.value.filter(({ id }) => !wantedIds.value.includes(id));
  const most = arrangement.value === 'swipe' ? 2 : MOST_SHOWN;
  return (
    <div class="compare-chooser">
      {cities.map(({ key, title }) => (
        <span key={key} class="compare-chip">
          <button
            type="button"
            class="chip-button"
            aria-pressed={shown.has(key)}
            title={t('compareShowCity')}
            onClick={() =>
              show(
                key,
                cities.map((city) => city.key),
                shown,
                most,
              )
            }
          >
            {title}
          </button>
          {wantedIds.value.includes(key) && (
            <button
              type="button"
              class="chip-button"
              aria-label={t('compareLeaveOut', { title })}
              title={t('compareLeaveOut', { title })}
              onClick={() => {
                wantedIds.value = wantedIds.value.filter((id) => id !== key);
                chosenPanes.value = [];
              }}
            >
              <Icon name="x" />
            </button>
          )}
        </span>
      ))}
      {others.length > 0 && (
        <select
          aria-label={t('compareAdd')}
          value=""
          onChange={(event) => {
            const id = event.currentTarget.value;
            if (id === '') return;
            wantedIds.value = [...wantedIds.value, id];
            chosenPanes.value = [];
          }}
        >
          <option value="">{t('compareAdd')}…</option>
          {others.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

/** Puts a city on the screen or takes it off; the one that was put there first gives way when there is no room. */
function show(key: string, order: readonly string[], shown: ReadonlySet<string>, most: number): void {
  if (shown.has(key)) {
    if (shown.size > 1) chosenPanes.value = order.filter((each) => shown.has(each) && each !== key);
    return;
  }
  const kept = order.filter((each) => shown.has(each)).slice(-(most - 1));
  chosenPanes.value = order.filter((each) => kept.includes(each) || each === key);
}
