import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ScenarioReply } from '../../../core/wire/scenario.ts';
import type { LogEntry } from '../../../core/wire/scenario-life.ts';
import { formatDate } from '../../format/number.ts';
import { LOADING, type Load, lastOf, loadInto } from '../../state/load.ts';
import { t } from '../../text/text.ts';
import { type LogPage, readLog } from '../scenario-api.ts';
import { logWords } from './log-words.ts';

const isOpen = signal(false);
const shown = signal<Load<LogPage>>(LOADING);

/** @param older what stands on the screen, to be continued */
function load(scenario: ScenarioReply, older?: LogPage): Promise<void> {
  shown.value = { kind: 'loading', before: older };
  return loadInto(shown, async () => {
    const page = await readLog(scenario, older?.entries.at(-1)?.revision);
    return { entries: [...(older?.entries ?? []), ...page.entries], more: page.more };
  });
}

/** Who did what and when, also what was undone since; read when it is opened, and again after each change. */
export function ScenarioLog({ scenario }: { scenario: ScenarioReply }) {
  useEffect(() => {
    if (isOpen.value) void load(scenario);
  }, [isOpen.value, scenario.id, scenario.revision]);
  return (
    <details
      class="scenario-addresses scenario-log"
      open={isOpen.value}
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary>{t('logTitle')}</summary>
      {isOpen.value && <LogList scenario={scenario} />}
    </details>
  );
}

function LogList({ scenario }: { scenario: ScenarioReply }) {
  const state = shown.value;
  if (state.kind === 'failed') {
    return (
      <div class="panel-message" role="alert">
        <p>{t('logFailed', { reason: state.reason })}</p>
        <button type="button" class="button" onClick={() => void load(scenario)}>
          {t('retry')}
        </button>
      </div>
    );
  }
  const page = lastOf(state);
  if (!page) return <p class="quiet">{t('logLoading')}…</p>;
  return (
    <>
      <ol aria-busy={state.kind === 'loading'}>
        {page.entries.map((entry) => (
          <LogRow key={entry.revision} entry={entry} scenario={scenario} />
        ))}
      </ol>
      {page.more && (
        <button
          type="button"
          class="text-button"
          disabled={state.kind === 'loading'}
          onClick={() => void load(scenario, page)}
        >
          {t('logEarlier')}
        </button>
      )}
    </>
  );
}

function LogRow({ entry, scenario }: { entry: LogEntry; scenario: ScenarioReply }) {
  return (
    <li>
      <span>{logWords(entry, scenario)}</span>
      {entry.reason && <span class="log-reason">{entry.reason}</span>}
      <span class="quiet">
        {entry.who} · {formatDate(entry.at, true)}
      </span>
    </li>
  );
}
