/** What the comparison screen shows: which cities, side by side or under a swipe, in 2D or 3D. */

import { computed, signal } from '@preact/signals';
import type { LayersReply } from '../../core/wire/city.ts';
import type { Comparison } from '../../core/wire/consequences.ts';
import type { DifferenceFeature, DifferencesReply } from '../../core/wire/differences.ts';
import type { ScenarioReply } from '../../core/wire/scenario.ts';
import { getJson } from '../api/city-api.ts';
import { LOADING, type Load, lastOf, loadInto } from '../state/load.ts';
import { momentPrefix, scenarioPrefix } from '../state/shown-city.ts';
import type { PlanBox } from '../state/twin-state.ts';
import { t } from '../text/text.ts';
import { readUntilWhole } from '../whatif/consequences/pending-rows.ts';
import { readScenario } from '../whatif/scenario-api.ts';
import { boxOfMarks } from './box-of-marks.ts';
import { type ComparedCity, marksBefore, marksOf } from './compared-city.ts';

/** As many scenarios can be told apart beside each other. */
export const MOST_SHOWN = 4;
export const BASE = 'base';

export type Arrangement = 'split' | 'swipe';

/** Ids of the scenarios that are compared. */
export const wantedIds = signal<readonly string[]>([]);
export const dimension = signal<'2d' | '3d'>('2d');
export const arrangement = signal<Arrangement>('swipe');
/** Keys of the cities on the screen, in order; empty = as fits. */
export const chosenPanes = signal<readonly string[]>([]);
/** Where the swipe stands, 0 to 1 from the left. */
export const swipeAt = signal(0.5);

export interface Loaded {
  readonly reply: LayersReply;
  readonly scenarios: readonly ScenarioReply[];
  readonly differences: ReadonlyMap<string, readonly DifferenceFeature[]>;
  /** Ids of scenarios that are gone or not to be read. */
  readonly missing: readonly string[];
  /** The base first, then the scenarios. */
  readonly cities: readonly ComparedCity[];
}

export const loaded = signal<Load<Loaded>>(LOADING);
export const consequences = signal<Load<Comparison>>(LOADING);
export const USUAL_HOUR = 7;
/** The hour of the rows of traffic. */
export const trafficHour = signal(USUAL_HOUR);
/** How far the slowest run of traffic is that the table waits for. */
export const trafficPercent = signal<number | undefined>(undefined);

/** The cities on the screen now. */
export const shownCities = computed<readonly ComparedCity[]>(() => {
  if (loaded.value.kind !== 'ready') return [];
  const { cities } = loaded.value.value;
  const chosen = chosenPanes.value.flatMap((key) => cities.find((city) => city.key === key) ?? []);
  const fitting = chosen.length > 0 ? chosen : cities;
  return fitting.slice(0, arrangement.value === 'swipe' ? 2 : MOST_SHOWN);
});

/** Reads all that is compared; what cannot be read is named, the rest is shown. */
export function loadComparison(): Promise<void> {
  const ids = wantedIds.peek();
  loaded.value = LOADING;
  return loadInto(loaded, async () => {
    const [reply, ...found] = await Promise.all([
      getJson<LayersReply>('api/layers', undefined, ''),
      ...ids.map((id) => loadOne(id)),
    ]);
    const ready = found.flatMap((one) => one ?? []);
    const scenarios = ready.map(({ scenario }) => scenario);
    const differences = new Map(ready.map(({ scenario, features }) => [scenario.id, features]));
    const missing = ids.filter((id) => !differences.has(id));
    return { reply, scenarios, differences, missing, cities: citiesOf(scenarios, differences) };
  });
}

async function loadOne(
  id: string,
): Promise<
  { readonly scenario: ScenarioReply; readonly features: readonly DifferenceFeature[] } | undefined
> {
  try {
    const path = `api/scenarios/${encodeURIComponent(id)}/differences`;
    const [scenario, { features }] = await Promise.all([
      readScenario(id),
      getJson<DifferencesReply>(path, undefined, ''),
    ]);
    return { scenario, features };
  } catch {
    return undefined;
  }
}

let reading: AbortController | undefined;

/** The table of consequences; the maps do not wait for it. Rows of traffic that are still computed follow. */
export function loadConsequences(): Promise<void> {
  const hour = String(trafficHour.peek());
  const query = new URLSearchParams({ ids: wantedIds.peek().join(), trafficHour: hour });
  reading?.abort();
  reading = new AbortController();
  const { signal: abort } = reading;
  const shown = lastOf(consequences.peek());
  consequences.value = { kind: 'loading', before: sameScenarios(shown) ? shown : undefined };
  trafficPercent.value = undefined;
  return loadInto(
    consequences,
    () =>
      readUntilWhole(
        () => getJson<Comparison>(`api/scenarios/compare?${query}`, abort, ''),
        ({ rows }) => rows.flatMap(({ cells }) => cells),
        abort,
        (before, percent) => {
          if (abort.aborted) return;
          consequences.value = { kind: 'loading', before };
          trafficPercent.value = percent;
        },
      ),
    () => !abort.aborted,
  ).finally(() => {
    if (!abort.aborted) trafficPercent.value = undefined;
  });
}

const sameScenarios = (table: Comparison | undefined): boolean =>
  table?.scenarios.map(({ id }) => id).join() === wantedIds.peek().join();

function citiesOf(
  scenarios: readonly ScenarioReply[],
  differences: ReadonlyMap<string, readonly DifferenceFeature[]>,
): readonly ComparedCity[] {
  const [first] = scenarios;
  if (!first) return [];
  const basePrefix = (one: ScenarioReply) =>
    one.base.newerVersions.length === 0 ? '' : momentPrefix(one.base.at);
  const shared = scenarios.filter(({ base }) => base.at === first.base.at);
  const base: ComparedCity = {
    key: BASE,
    title: t('compareBase'),
    baseAt: first.base.at,
    prefix: basePrefix(first),
    basePrefix: basePrefix(first),
    ownLayers: new Set(),
    marks: shared.flatMap(({ id }) => marksBefore(differences.get(id) ?? [])),
    revision: first.base.version,
  };
  return [
    base,
    ...scenarios.map((one) => {
      const features = differences.get(one.id) ?? [];
      return {
        key: one.id,
        title: one.title,
        baseAt: one.base.at,
        prefix: scenarioPrefix(one.id),
        basePrefix: basePrefix(one),
        ownLayers: new Set(features.map(({ properties }) => properties.layer)),
        marks: marksOf(features),
        revision: one.revision,
      };
    }),
  ];
}

/** Around everything that differs, EPSG:2177; without differences the whole city. */
export function boxToShow({ cities, reply }: Loaded): PlanBox | undefined {
  return boxOfMarks(cities.flatMap(({ marks }) => marks)) ?? reply.city.extent ?? undefined;
}
