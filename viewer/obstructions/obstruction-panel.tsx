import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Obstruction } from '../../core/wire/obstruction.ts';
import { SignInButton } from '../account/sign-in-button.tsx';
import { Icon } from '../frame/icon.tsx';
import { OBSTRUCTIONS } from '../state/obstruction-news.ts';
import { isStaff, session } from '../state/session.ts';
import { flyTo, select } from '../state/twin-state.ts';
import { t, type Word } from '../text/text.ts';
import { stopPen } from './drawing.ts';
import { editing, startForm } from './form-state.ts';
import { ImpactSign } from './impact-sign.tsx';
import { ObstructionCard } from './obstruction-card.tsx';
import { ObstructionForm } from './obstruction-form.tsx';
import { listed, openedId, type Phase, phaseOf } from './obstruction-state.ts';
import { boxOf, STATE_WORDS, spanWords } from './obstruction-words.ts';

/** The work space of obstructions: the list, one of them, or the form of one. */
export function ObstructionPanel() {
  // Whoever leaves the panel may choose objects on the map again.
  useEffect(() => stopPen, []);
  if (editing.value) return <ObstructionForm />;
  if (openedId.value !== undefined) return <ObstructionCard />;
  return <List />;
}

type Part = 'public' | 'work';

/** What staff look at: what everybody sees, or what is still on its way. */
const part = signal<Part>('public');

const PHASES: readonly (readonly [Phase, Word])[] = [
  ['overdue', 'obsPhaseOverdue'],
  ['now', 'obsPhaseNow'],
  ['next', 'obsPhaseNext'],
  ['later', 'obsPhaseLater'],
  ['over', 'obsPhaseOver'],
];

function List() {
  const state = listed.value;
  const showsWork = isStaff.value && part.value === 'work';
  return (
    <div class="what-if obstructions">
      <p class="quiet">{t('obsIntro')}</p>
      {isStaff.value ? (
        <>
          <button type="button" class="button primary" onClick={() => startForm()}>
            <Icon name="plus" />
            {t('obsNew')}
          </button>
          <fieldset class="obs-parts">
            <legend class="visually-hidden">{t('obsTitle')}</legend>
            <PartButton of="public" word="obsPartPublic" />
            <PartButton of="work" word="obsPartWork" />
          </fieldset>
        </>
      ) : (
        !session.value && (
          <p class="quiet">
            <SignInButton word="obsSignIn" />
          </p>
        )
      )}
      {state.kind === 'loading' && <p class="quiet">{t('obsLoading')}…</p>}
      {state.kind === 'failed' && (
        <p class="what-if-refusal" role="alert">
          {t('obsFailed', { reason: state.reason })}
        </p>
      )}
      {state.kind === 'ready' && (
        <Phases
          nowMs={state.value.nowMs}
          obstructions={state.value.obstructions.filter((each) => (each.state === 'published') !== showsWork)}
        />
      )}
    </div>
  );
}

function PartButton({ of, word }: { of: Part; word: Word }) {
  return (
    <button
      type="button"
      class="button"
      aria-pressed={part.value === of}
      onClick={() => {
        part.value = of;
      }}
    >
      {t(word)}
    </button>
  );
}

function Phases({ obstructions, nowMs }: { obstructions: readonly Obstruction[]; nowMs: number }) {
  if (obstructions.length === 0) return <p class="panel-message quiet">{t('obsNone')}</p>;
  return (
    <>
      {PHASES.map(([phase, word]) => {
        const members = obstructions.filter((each) => phaseOf(each, nowMs) === phase);
        if (members.length === 0) return null;
        return (
          <section key={phase} class="obs-phase">
            <h2 class="panel-subtitle">
              {t(word)} <span class="quiet">{members.length}</span>
            </h2>
            <ul>
              {members.map((each) => (
                <li key={each.id}>
                  <Row obstruction={each} nowMs={nowMs} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

function Row({ obstruction, nowMs }: { obstruction: Obstruction; nowMs: number }) {
  const { id, name, impact, state, streets } = obstruction;
  return (
    <button type="button" class="obs-row" onClick={() => openObstruction(obstruction)}>
      <ImpactSign impact={impact} phase={phaseOf(obstruction, nowMs)} />
      <span class="obs-name">{name}</span>
      <span class="obs-sub">
        {spanWords(obstruction)}
        {streets.length > 0 && ` · ${streets.slice(0, 2).join(', ')}`}
      </span>
      {state !== 'published' && <span class={`obs-state ${state}`}>{t(STATE_WORDS[state])}</span>}
      <span class="visually-hidden">{id}</span>
    </button>
  );
}

export function openObstruction(obstruction: Pick<Obstruction, 'id' | 'area'>): void {
  select({ layer: OBSTRUCTIONS, id: obstruction.id });
  const box = boxOf(obstruction.area);
  if (box) flyTo(box);
}
