import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ScenarioReply, ScenarioSummary } from '../../../core/wire/scenario.ts';
import type { ReplayReport } from '../../../core/wire/scenario-life.ts';
import { formatDate } from '../../format/number.ts';
import { CloseButton } from '../../frame/close-button.tsx';
import { said, t, tn } from '../../text/text.ts';
import { refusal, stepping } from '../open-scenario.ts';
import { listScenarios } from '../scenario-api.ts';
import { ConflictRow, namedEdit } from './conflict-row.tsx';
import { choiceFor, closeReplay, doIt, doing, openReplay, replay, trial, tryIt } from './replay-state.ts';

/** The report of a rebase or a merge, with a choice for each conflict, before anything is changed. */
export function ReplayDialog({ scenario }: { scenario: ScenarioReply }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const what = replay.value;
  const isOpen = what !== undefined;
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} class="dialog replay" aria-labelledby="replay-title" onClose={closeReplay}>
      <header class="panel-head">
        <h2 id="replay-title">{t(what?.kind === 'merge' ? 'merge' : 'rebase')}</h2>
        <CloseButton byEscape onClick={closeReplay} />
      </header>
      {what && (
        <div class="dialog-body">
          <p class="quiet">{t(what.kind === 'merge' ? 'mergeMeans' : 'rebaseMeans')}</p>
          {what.kind === 'merge' && <MergeChoice scenario={scenario} from={what.from} />}
          <TrialResult scenario={scenario} />
        </div>
      )}
    </dialog>
  );
}

/** Whose edits are taken in. */
function MergeChoice({ scenario, from }: { scenario: ScenarioReply; from: string | undefined }) {
  const others = useSignal<readonly ScenarioSummary[] | undefined>(undefined);
  useEffect(() => {
    listScenarios().then(
      (all) => {
        others.value = all.filter(({ id }) => id !== scenario.id);
      },
      () => {
        others.value = [];
      },
    );
  }, [scenario.id]);
  if (!others.value) return <p class="quiet">{t('scenarioLoading')}…</p>;
  if (others.value.length === 0) return <p>{t('mergeNone')}</p>;
  return (
    <label class="field">
      <span>{t('mergeFrom')}</span>
      <select
        value={from ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          openReplay({ kind: 'merge', from: value === '' ? undefined : value });
        }}
      >
        <option value="">–</option>
        {others.value.map(({ id, title, editCount }) => (
          <option key={id} value={id}>
            {title} ({tn('scenarioEdits', editCount, { n: editCount })})
          </option>
        ))}
      </select>
    </label>
  );
}

function TrialResult({ scenario }: { scenario: ScenarioReply }) {
  const state = trial.value;
  if (state.kind === 'none') return null;
  if (state.kind === 'failed') {
    return (
      <div class="panel-message" role="alert">
        <p>{t('scenarioRefused', { reason: state.reason })}</p>
        <button type="button" class="button" onClick={() => void tryIt()}>
          {t('retry')}
        </button>
      </div>
    );
  }
  const report = state.kind === 'ready' ? state.report : state.before;
  return (
    <>
      {state.kind === 'busy' && (
        <p class="quiet" role="status">
          {t('drawChecking')}… <Percent of={state.percent} label={t('drawChecking')} />
        </p>
      )}
      {report && <Report report={report} scenario={scenario} isOld={state.kind === 'busy'} />}
    </>
  );
}

function Report({
  report,
  scenario,
  isOld,
}: {
  report: ReplayReport;
  scenario: ScenarioReply;
  isOld: boolean;
}) {
  const { base, edits, takenOut, conflicts, findings } = report;
  const open = conflicts.filter((conflict) => choiceFor(conflict) === undefined).length;
  const isRebase = replay.value?.kind === 'rebase';
  return (
    <>
      <p>
        {isRebase && `${t('rebaseTo', { when: formatDate(base.at, true) ?? base.at })} `}
        {t('replayCounts', { all: edits.all, kept: edits.kept, dropped: edits.dropped })}
      </p>
      {takenOut.length > 0 && (
        <div>
          <p>{tn('mergeTakenOut', takenOut.length, { n: takenOut.length })}</p>
          <ul class="findings">
            {takenOut.map(({ edit, editKind }) => (
              <li key={edit}>{namedEdit(edit, editKind, scenario)}</li>
            ))}
          </ul>
        </div>
      )}
      {conflicts.length === 0 ? (
        <p class="what-if-fine">{t('replayNoConflicts')}</p>
      ) : (
        <>
          <h3 class="panel-subtitle">{tn('replayConflicts', conflicts.length, { n: conflicts.length })}</h3>
          <ul class="conflict-list">
            {conflicts.map((conflict) => (
              <ConflictRow key={conflict.edit} conflict={conflict} scenario={scenario} />
            ))}
          </ul>
        </>
      )}
      {findings.length > 0 && (
        <div class="what-if-note warning">
          <p>{tn('drawFindings', findings.length, { n: findings.length })}</p>
          <ul class="findings">
            {findings.map(({ edit, finding }) => (
              <li key={`${edit} ${finding.code}`}>{said(finding.message)}</li>
            ))}
          </ul>
        </div>
      )}
      {refusal.value && (
        <p class="what-if-refusal" role="alert">
          {refusal.value}
        </p>
      )}
      <Percent of={doing.value} label={t(isRebase ? 'rebase' : 'merge')} />
      <div class="what-if-actions">
        <button
          type="button"
          class="button primary"
          disabled={open > 0 || isOld || stepping.value || edits.all + takenOut.length === 0}
          onClick={() => void doIt()}
        >
          {t(isRebase ? 'rebaseDo' : 'mergeDo')}
        </button>
        <button type="button" class="button" onClick={closeReplay}>
          {t('cancel')}
        </button>
        {open > 0 && <p class="quiet">{tn('replayOpen', open, { n: open })}</p>}
      </div>
    </>
  );
}

/** How far thousands of edits are; nothing while it is quick. */
function Percent({ of, label }: { of: number | undefined; label: string }) {
  if (of === undefined) return null;
  return <progress aria-label={label} value={of} max={100} />;
}
