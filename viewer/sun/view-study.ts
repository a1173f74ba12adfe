/** What is seen from where: places and lines that people set on the map, and what the model `views` says of them. */
import { computed, effect, signal } from '@preact/signals';
import type { ViewResult } from '../../core/analysis/view/views.ts';
import type { Xy } from '../../core/geo/plane.ts';
import { CALLED_OFF, followRun } from '../api/follow-run.ts';
import { announce } from '../state/announcer.ts';
import { dropTool, type MapTool, takeTool } from '../state/map-tool.ts';
import { isStaff } from '../state/session.ts';
import { wantedCity } from '../state/shown-city.ts';
import {
  PLACES_OF_VIEW,
  VIEWSHED_RADIUS_M,
  type ViewKind,
  type ViewQuestion,
  viewQuestions,
  viewsOpen,
} from '../state/view-questions.ts';
import { t, type Word } from '../text/text.ts';
import { problemOf, resultOf, type Study } from './sun-study.ts';

/** What the places of each kind are, in the order in which they are set. */
export const PLACE_WORDS: Readonly<Record<ViewKind, readonly Word[]>> = {
  sky: ['viewSetPlace'],
  sight: ['viewSetEye', 'viewSetTarget'],
  corridor: ['viewSetEye', 'viewSetLeft', 'viewSetRight'],
  viewshed: ['viewSetPoint'],
  section: ['viewSetFrom', 'viewSetTo'],
};

/** The question whose places are being set. */
export const viewDraft = signal<ViewQuestion | undefined>(undefined);
export const views = signal<Study<ViewResult>>({ kind: 'none' });
export const targetAboveM = signal(10);
export const viewshedRadiusM = signal<number>(VIEWSHED_RADIUS_M.usual);

const TOOL: MapTool = {
  point({ at }) {
    const draft = viewDraft.peek();
    if (!draft) return;
    const [e, n] = at.map((value) => Math.round(value * 10) / 10) as [number, number];
    const last = draft.places.at(-1);
    if (last && Math.hypot(last[0] - e, last[1] - n) < 1) return;
    const next = {
      ...draft,
      places: [...draft.places, [e, n] as const],
      aboveM: targetAboveM.peek(),
      ...(draft.kind === 'viewshed' && { radiusM: viewshedRadiusM.peek() }),
    };
    if (next.places.length < PLACES_OF_VIEW[draft.kind]) {
      viewDraft.value = next;
      return;
    }
    stopSetting();
    viewQuestions.value = [...viewQuestions.peek(), next];
  },
  finish() {},
  back() {
    const draft = viewDraft.peek();
    if (draft) viewDraft.value = { ...draft, places: draft.places.slice(0, -1) };
  },
  cancel: () => stopSetting(),
};

export function setPlaces(kind: ViewKind): void {
  viewDraft.value = { kind, places: [], aboveM: targetAboveM.peek() };
  takeTool(TOOL);
}

export function stopSetting(): void {
  viewDraft.value = undefined;
  dropTool(TOOL);
}

export function dropQuestion(question: ViewQuestion): void {
  viewQuestions.value = viewQuestions.peek().filter((other) => other !== question);
}

type Answer =
  | { readonly kind: 'sky'; readonly found: ViewResult['skies'][number] }
  | { readonly kind: 'sight'; readonly found: ViewResult['sights'][number] }
  | { readonly kind: 'corridor'; readonly found: ViewResult['corridors'][number] }
  | { readonly kind: 'viewshed'; readonly found: ViewResult['viewsheds'][number] }
  | { readonly kind: 'section'; readonly found: ViewResult['sections'][number] };

/** Questions with their answers, those of the last run that knows them. */
export const answers = computed<ReadonlyMap<ViewQuestion, Answer>>(() => {
  const state = views.value;
  if (state.kind !== 'ready') return new Map();
  const { skies, sights, corridors, viewsheds, sections } = state.value;
  const found = new Map<ViewQuestion, Answer>();
  const [sky, sight, corridor] = [skies.values(), sights.values(), corridors.values()];
  const [viewshed, section] = [viewsheds.values(), sections.values()];
  for (const question of viewQuestions.value) {
    if (question.kind === 'sky') {
      const next = sky.next().value;
      if (next) found.set(question, { kind: 'sky', found: next });
    } else if (question.kind === 'sight') {
      const next = sight.next().value;
      if (next) found.set(question, { kind: 'sight', found: next });
    } else if (question.kind === 'viewshed') {
      const next = viewshed.next().value;
      if (next) found.set(question, { kind: 'viewshed', found: next });
    } else if (question.kind === 'section') {
      const next = section.next().value;
      if (next) found.set(question, { kind: 'section', found: next });
    } else {
      const next = corridor.next().value;
      if (next) found.set(question, { kind: 'corridor', found: next });
    }
  }
  return found;
});

let running: AbortController | undefined;

export function stopViews(): void {
  running?.abort(CALLED_OFF);
  views.value = { kind: 'none' };
}

async function ask(questions: readonly ViewQuestion[], scenario: string | undefined): Promise<void> {
  running = new AbortController();
  const { signal: wanted } = running;
  const tell = (state: Study<ViewResult>) => {
    if (!wanted.aborted) views.value = state;
  };
  const of = (kind: ViewKind) => questions.filter((question) => question.kind === kind);
  const place = (at: Xy | undefined, aboveM?: number) => ({ at, ...(aboveM !== undefined && { aboveM }) });
  const parameters = {
    skies: of('sky').map(({ places }) => place(places[0])),
    sights: of('sight').map(({ places, aboveM }) => ({
      from: place(places[0]),
      to: place(places[1], aboveM),
    })),
    corridors: of('corridor').map(({ places, aboveM }) => ({
      eye: place(places[0]),
      left: place(places[1], aboveM),
      right: place(places[2], aboveM),
    })),
    viewsheds: of('viewshed').map(({ places, aboveM, radiusM = VIEWSHED_RADIUS_M.usual }) => ({
      ...place(places[0], aboveM),
      radiusM,
    })),
    sections: of('section').map(({ places }) => ({ from: place(places[0]), to: place(places[1]) })),
  };
  tell({ kind: 'busy', percent: 0 });
  try {
    const run = await followRun(
      { model: 'views', parameters, ...(scenario !== undefined && { scenario }) },
      wanted,
      (percent) => tell({ kind: 'busy', percent }),
    );
    tell({ kind: 'ready', value: await resultOf<ViewResult>(run.urls.result, wanted) });
    if (!wanted.aborted) announce(t('viewsDone'));
  } catch (error) {
    tell({ kind: 'failed', reason: problemOf(error) });
  }
}

/** Asks again whenever a question comes or goes, or the city is another one. Returns how to stop. */
export function followViews(): () => void {
  viewsOpen.value = true;
  const stop = effect(() => {
    const questions = viewQuestions.value;
    const { scenario } = wantedCity.value;
    // What the public was refused is asked again for whoever has signed in.
    isStaff.value;
    stopViews();
    if (questions.length > 0) void ask(questions, scenario);
  });
  return () => {
    stop();
    stopSetting();
    stopViews();
    viewsOpen.value = false;
  };
}
