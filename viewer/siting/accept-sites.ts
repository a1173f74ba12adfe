/** Makes the sites that are put part of a scenario: from then on every door and model has them. */
import { signal } from '@preact/signals';
import { KIND_DECLARATIONS } from '../../core/analysis/siting/sited-kinds.ts';
import { reasonOf } from '../../core/errors.ts';
import type { Edit } from '../../core/wire/scenario.ts';
import type { SitedKind } from '../../core/wire/siting-question.ts';
import { fetchItem } from '../api/city-api.ts';
import { announce } from '../state/announcer.ts';
import { showScenario } from '../state/shown-city.ts';
import { t } from '../text/text.ts';
import { refusal, scenario, step, takeScenario } from '../whatif/open-scenario.ts';
import { addEdits, createScenario } from '../whatif/scenario-api.ts';
import { best, changeAsk, chosenSite, isBestShown, search, sitingAsk } from './siting-state.ts';
import { AIM_WORDS, KIND_WORDS } from './siting-words.ts';

/** Whom a facility is for, years inclusive. */
const AGES: Readonly<Partial<Record<SitedKind, { readonly ageFrom: number; readonly ageTo?: number }>>> = {
  nursery: { ageFrom: 0, ageTo: 2 },
  kindergarten: { ageFrom: 3, ageTo: 6 },
  primary_school: { ageFrom: 7, ageTo: 14 },
  secondary_school: { ageFrom: 15, ageTo: 18 },
  care_home: { ageFrom: 65 },
};

export type Acceptance =
  | { readonly kind: 'none' | 'busy' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'done'; readonly edits: number };
export const acceptance = signal<Acceptance>({ kind: 'none' });

/** Puts the sites into the open scenario, or into a new one. */
export async function acceptSites(): Promise<void> {
  if (acceptance.peek().kind === 'busy') return;
  acceptance.value = { kind: 'busy' };
  try {
    const edits = await editsOfSites();
    const isDone = scenario.peek() ? await addToOpen(edits) : await addToNew(edits);
    if (!isDone) {
      acceptance.value = { kind: 'failed', reason: refusal.peek() ?? '' };
      return;
    }
    acceptance.value = { kind: 'done', edits: edits.length };
    search.value = { kind: 'none' };
    chosenSite.value = undefined;
    changeAsk({ sites: [], closed: [], searched: false });
    announce(t('sitingAcceptedSpoken'));
  } catch (error) {
    acceptance.value = { kind: 'failed', reason: reasonOf(error) };
  }
}

async function addToOpen(edits: readonly Edit[]): Promise<boolean> {
  const done = await step((now) => addEdits(now, edits));
  if (done) takeScenario(done.scenario);
  return done !== undefined;
}

async function addToNew(edits: readonly Edit[]): Promise<boolean> {
  const { kind, objective } = sitingAsk.peek();
  const title = t('sitingScenarioTitle', { kind: t(KIND_WORDS[kind]) });
  const made = await createScenario({ title, reason: t(AIM_WORDS[objective]) });
  await addEdits(made, edits);
  showScenario(made.id);
  return true;
}

async function editsOfSites(): Promise<readonly Edit[]> {
  const { kind, sites, closed, numbers } = sitingAsk.peek();
  const usual = numbers.capacityPerSite ?? KIND_DECLARATIONS[kind].capacity;
  const added = sites.map(
    ({ e, n, capacity = usual }, k): Edit => ({
      ...{ kind: 'add-facility', at: [e, n], facility: kind, ownership: 'municipal' },
      name: t('sitingNewName', { kind: t(KIND_WORDS[kind]), n: k + 1 }),
      ...(capacity !== undefined && { capacity }),
      ...AGES[kind],
    }),
  );
  const ended = closed.map((id): Edit => ({ kind: 'close-facility', facility: id }));
  return [...added, ...ended, ...(await editsOfEnlarged())];
}

/** The answer tells the new places; the register holds all of them. */
async function editsOfEnlarged(): Promise<readonly Edit[]> {
  const enlarged = isBestShown.peek() ? (best.peek()?.enlarged ?? []) : [];
  return Promise.all(
    enlarged.map(async ({ facility, places }): Promise<Edit> => {
      const known = Number((await fetchItem('facilities', facility))?.properties['capacity'] ?? 0);
      return { kind: 'change-facility', facility, capacity: known + places };
    }),
  );
}
