import { useSignal } from '@preact/signals';
import { type LifeState, nextStates, STEPS } from '../../../core/scenario/life.ts';
import type { ScenarioReply } from '../../../core/wire/scenario.ts';
import { formatDate } from '../../format/number.ts';
import { Icon } from '../../frame/icon.tsx';
import { announce } from '../../state/announcer.ts';
import { session } from '../../state/session.ts';
import { t } from '../../text/text.ts';
import { step, stepping, takeScenario } from '../open-scenario.ts';
import { changeState, publishScenario, withdrawScenario } from '../scenario-api.ts';
import { ApplyForm } from './apply-form.tsx';
import { BranchButton } from './branch-button.tsx';
import { STATE_WORDS, stepWord } from './life-words.ts';
import { openReplay } from './replay-state.ts';

/** From draft to decision: the steps that may be taken now, and who may read it meanwhile. */
export function LifeSection({ scenario }: { scenario: ScenarioReply }) {
  const { state, publication, application } = scenario;
  const chosen = useSignal<LifeState | undefined>(undefined);
  const who = session.value?.who ?? '';
  const authors = [scenario.author, ...scenario.edits.map(({ author }) => author)];
  const next = nextStates(
    { state, authors, isPublished: publication !== undefined, isApplied: application !== undefined },
    who,
  );
  const needsOther = state === 'review' && !next.includes('adopted');
  return (
    <section class="life" aria-labelledby="life-title">
      <h3 id="life-title" class="panel-subtitle">
        {t('lifeTitle')}
      </h3>
      {application && (
        <p class="quiet">
          {t('lifeApplied', {
            who: application.by,
            when: formatDate(application.at, true) ?? application.at,
            n: application.version,
          })}
        </p>
      )}
      {needsOther && !application && <p class="quiet">{t('lifeFourEyes')}</p>}
      {chosen.value ? (
        <StepForm
          scenario={scenario}
          to={chosen.value}
          onDone={() => {
            chosen.value = undefined;
          }}
        />
      ) : (
        <div class="what-if-actions">
          {next.map((to) => (
            <button
              key={to}
              type="button"
              class="button"
              disabled={stepping.value}
              onClick={() => {
                chosen.value = to;
              }}
            >
              {t(stepWord(state, to))}
            </button>
          ))}
          <BranchButton scenario={scenario} />
          {state === 'draft' && (
            <button
              type="button"
              class="button"
              onClick={() => openReplay({ kind: 'merge', from: undefined })}
            >
              <Icon name="git-merge" />
              {t('merge')}…
            </button>
          )}
        </div>
      )}
      {state === 'adopted' && !application && !chosen.value && <Apply scenario={scenario} />}
      {state !== 'draft' && !chosen.value && <Publication scenario={scenario} />}
    </section>
  );
}

function Apply({ scenario }: { scenario: ScenarioReply }) {
  const asked = useSignal(false);
  if (asked.value) {
    return (
      <ApplyForm
        scenario={scenario}
        onDone={() => {
          asked.value = false;
        }}
      />
    );
  }
  return (
    <button
      type="button"
      class="button"
      onClick={() => {
        asked.value = true;
      }}
    >
      {t('apply')}…
    </button>
  );
}

interface StepProps {
  readonly scenario: ScenarioReply;
  readonly to: LifeState;
  onDone(): void;
}

/** A step is taken with a reason, which the log keeps; some need one. */
function StepForm({ scenario: { state }, to, onDone }: StepProps) {
  const reason = useSignal('');
  const needsReason = STEPS[state].some((each) => each.to === to && each.needsReason);
  return (
    <form
      class="what-if-form"
      aria-label={t(stepWord(state, to))}
      onSubmit={async (event) => {
        event.preventDefault();
        const said = reason.value.trim();
        const done = await step((now) =>
          changeState(now, { state: to, ...(said === '' ? {} : { reason: said }) }),
        );
        if (!done) return;
        takeScenario(done.scenario);
        announce(t('lifeStateNow', { state: t(STATE_WORDS[to]) }));
        onDone();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
    >
      <p>{t(to === 'draft' ? 'lifeDraftMeans' : 'lifeFrozenMeans')}</p>
      <label class="field">
        <span>{t(needsReason ? 'lifeReason' : 'lifeReasonOptional')}</span>
        <textarea
          rows={2}
          maxLength={1000}
          required={needsReason}
          value={reason.value}
          onInput={(event) => {
            reason.value = event.currentTarget.value;
          }}
        />
      </label>
      <div class="what-if-actions">
        <button
          type="submit"
          class="button primary"
          disabled={stepping.value || (needsReason && reason.value.trim() === '')}
        >
          {t(stepWord(state, to))}
        </button>
        <button type="button" class="button" onClick={onDone}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

/** A published scenario may be read by whoever has its link, and stays as it is. */
function Publication({ scenario: { publication } }: { scenario: ScenarioReply }) {
  const change = async () => {
    const done = await step(publication ? withdrawScenario : publishScenario);
    if (!done) return;
    takeScenario(done.scenario);
    announce(t(publication ? 'lifeWithdrawn' : 'lifePublishedNow'));
  };
  return (
    <div class="publication">
      <p class="quiet">
        {publication
          ? t('lifePublished', {
              who: publication.by,
              when: formatDate(publication.at, true) ?? publication.at,
            })
          : t('lifePublishMeans')}
      </p>
      <button type="button" class="button" disabled={stepping.value} onClick={() => void change()}>
        <Icon name={publication ? 'eye-off' : 'link'} />
        {t(publication ? 'lifeWithdraw' : 'lifePublish')}
      </button>
    </div>
  );
}
