import { useSignal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import { type Action, UNDO } from '../../core/obstruction/workflow.ts';
import type { Conflict, Obstruction } from '../../core/wire/obstruction.ts';
import { formatDate, formatLength } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { announce } from '../state/announcer.ts';
import { flyTo, select } from '../state/twin-state.ts';
import { t } from '../text/text.ts';
import { Conflicts } from './conflicts.tsx';
import { startForm } from './form-state.ts';
import { ImpactSign } from './impact-sign.tsx';
import { stepObstruction } from './obstruction-api.ts';
import { opened, phaseOf, takeObstruction } from './obstruction-state.ts';
import {
  ACTION_WORDS,
  boxOf,
  impactWords,
  kindWords,
  modeWords,
  STATE_WORDS,
  spanWords,
} from './obstruction-words.ts';

/** One obstruction: what everybody may know, and for staff its conflicts, its steps and its history. */
export function ObstructionCard() {
  const state = opened.value;
  return (
    <div class="what-if obstructions">
      <button type="button" class="text-button obs-back" onClick={() => select(undefined)}>
        {t('obsAll')}
      </button>
      {state.kind === 'loading' && <p class="quiet">{t('obsLoading')}…</p>}
      {state.kind === 'gone' && <p role="alert">{t('obsGone')}</p>}
      {state.kind === 'failed' && (
        <p class="what-if-refusal" role="alert">
          {t('obsFailed', { reason: state.reason })}
        </p>
      )}
      {state.kind === 'ready' && <Card obstruction={state.obstruction} conflicts={state.conflicts} />}
    </div>
  );
}

interface CardProps {
  readonly obstruction: Obstruction;
  readonly conflicts: readonly Conflict[] | undefined;
}

function Card({ obstruction: one, conflicts }: CardProps) {
  const box = boxOf(one.area);
  return (
    <article class="obs-card" aria-label={one.name}>
      <header>
        <ImpactSign impact={one.impact} phase={phaseOf(one, Date.now())} />
        <h2>{one.name}</h2>
        <span class={`obs-state ${one.state}`}>{t(STATE_WORDS[one.state])}</span>
      </header>
      <Facts obstruction={one} />
      {box && (
        <button type="button" class="button" onClick={() => flyTo(box)}>
          <Icon name="focus" />
          {t('obsShow')}
        </button>
      )}
      {one.staff && conflicts && ['draft', 'submitted', 'approved'].includes(one.state) && (
        <Conflicts conflicts={conflicts} />
      )}
      {one.staff && <Steps key={one.id} obstruction={one} />}
      {one.staff && <History obstruction={one} />}
    </article>
  );
}

function Facts({ obstruction: one }: { obstruction: Obstruction }) {
  const hours = one.windows.flatMap(({ daily }) => (daily ? [`${daily.from}–${daily.to}`] : []));
  const lanes = one.lanesLeft === undefined ? '' : ` (${t('obsLanesLeft')}: ${one.lanesLeft})`;
  const decision = one.decision && [one.decision.number, one.decision.basis].filter(Boolean).join(', ');
  const contact = one.staff?.contact && Object.values(one.staff.contact).filter(Boolean).join(', ');
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('obsKind'), kindWords(one)],
    [t('obsImpact'), impactWords(one) + lanes],
    [t('obsWhen'), spanWords(one)],
    [t('obsHours'), [...new Set(hours)].join('; ')],
    [t('obsStreets'), one.streets.join(', ')],
    [t('obsLength'), one.lengthM > 0 ? formatLength(one.lengthM) : ''],
    [t('obsModes'), one.modes.map(modeWords).join(', ')],
    [t('obsDetour'), one.detour?.text],
    [t('obsOwner'), one.owner],
    [t('obsDescription'), one.description],
    [t('obsDecision'), decision],
    [t('obsContact'), contact],
    [t('obsBegan'), one.actualFrom && formatDate(one.actualFrom, true)],
    [t('obsEnded'), one.actualTo && formatDate(one.actualTo, true)],
    [t('obsNumber'), one.id],
  ];
  return (
    <dl class="obs-facts">
      {facts.map(([word, value]) =>
        value ? (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

/** In the order of what is wanted most; what leads on is the primary button. */
const FORWARD: readonly Action[] = ['submit', 'approve', 'publish', 'close'];
const NEEDS_REASON: readonly Action[] = ['reject', 'revoke', 'unpublish', 'reopen', 'cancel'];

/** The steps that this person may take, with a reason where one is needed, and the way back from the last one. */
function Steps({ obstruction: one }: { obstruction: Obstruction }) {
  const asking = useSignal<Action | undefined>(undefined);
  const reason = useSignal('');
  const refused = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const last = useSignal<Action | undefined>(undefined);
  const actions = one.staff?.actions ?? [];
  const back = last.value && UNDO[last.value];

  const take = async (action: Action, why: string | undefined) => {
    if (busy.peek()) return;
    busy.value = true;
    try {
      const step = { action, ...(why && { reason: why }) };
      const { obstruction, conflicts } = await stepObstruction(one, step);
      takeObstruction(obstruction, conflicts);
      asking.value = undefined;
      refused.value = undefined;
      reason.value = '';
      last.value = action;
      announce(t(ACTION_WORDS[action][1]));
    } catch (error) {
      refused.value = reasonOf(error);
      // Approving over a grave conflict asks for the reason.
      if (action === 'approve') asking.value = action;
    } finally {
      busy.value = false;
    }
  };
  const press = (action: Action) => {
    if (NEEDS_REASON.includes(action)) asking.value = action;
    else void take(action, undefined);
  };

  return (
    <section class="obs-steps" aria-label={t('obsSteps')}>
      {one.state === 'submitted' && !actions.includes('approve') && (
        <p class="what-if-note">{t('obsFourEyes')}</p>
      )}
      {refused.value && (
        <p class="what-if-refusal" role="alert">
          {refused.value}
        </p>
      )}
      {asking.value && (
        <form
          class="what-if-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (asking.value) void take(asking.value, reason.value.trim());
          }}
        >
          <label class="field">
            {t('obsReason')}
            <textarea
              rows={2}
              required
              maxLength={1000}
              value={reason.value}
              onInput={(event) => {
                reason.value = event.currentTarget.value;
              }}
            />
          </label>
          <div class="what-if-actions">
            <button type="submit" class="button primary" disabled={reason.value.trim() === '' || busy.value}>
              {t(ACTION_WORDS[asking.value][0])}
            </button>
            <button
              type="button"
              class="button"
              onClick={() => {
                asking.value = undefined;
                refused.value = undefined;
              }}
            >
              {t('cancel')}
            </button>
          </div>
        </form>
      )}
      {!asking.value && (
        <div class="what-if-actions">
          {one.state === 'draft' && (
            <button type="button" class="button" onClick={() => startForm(one)}>
              <Icon name="pencil" />
              {t('obsEdit')}
            </button>
          )}
          {[...actions]
            .toSorted((a, b) => Number(FORWARD.includes(b)) - Number(FORWARD.includes(a)))
            .filter((action) => action !== 'begin' || one.actualFrom === undefined)
            .map((action) => (
              <button
                key={action}
                type="button"
                class={`button ${FORWARD.includes(action) ? 'primary' : ''}`}
                disabled={busy.value}
                onClick={() => press(action)}
              >
                {t(ACTION_WORDS[action][0])}
              </button>
            ))}
        </div>
      )}
      {last.value && back && actions.includes(back) && !asking.value && (
        <p class="what-if-fine">
          {t(ACTION_WORDS[last.value][1])}{' '}
          <button type="button" class="text-button" onClick={() => void take(back, t('obsUndoReason'))}>
            {t('undo')}
          </button>
        </p>
      )}
    </section>
  );
}

function History({ obstruction: { staff } }: { obstruction: Obstruction }) {
  return (
    <details class="obs-history">
      <summary>{t('obsHistory')}</summary>
      <ol>
        {staff?.history.toReversed().map(({ at, who, action, reason }) => (
          <li key={`${at} ${action}`}>
            <strong>
              {action === 'create' || action === 'change'
                ? t(action === 'create' ? 'obsDidCreate' : 'obsDidChange')
                : t(ACTION_WORDS[action][1])}
            </strong>{' '}
            <span class="quiet">
              {who}, {formatDate(at, true)}
            </span>
            {reason && <p>{reason}</p>}
          </li>
        ))}
      </ol>
    </details>
  );
}
