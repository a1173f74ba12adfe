import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { reasonOf } from '../../../core/errors.ts';
import type { ScenarioReply } from '../../../core/wire/scenario.ts';
import type { LogEntry } from '../../../core/wire/scenario-life.ts';
import { formatDate } from '../../format/number.ts';
import { t } from '../../text/text.ts';
import { type LogPage, readLog } from '../scenario-api.ts';
import { logWords } from './log-words.ts';

type Shown =
  | { readonly kind: 'closed' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly page: LogPage }
  | { readonly kind: 'failed'; readonly reason: string };

const shown = signal<Shown>({ kind: 'closed' });

async function load(scenario: ScenarioReply, older?: LogPage): Promise<void> {
  try {
    const page = await readLog(scenario, older?.entries.at(-1)?.revision);
    shown.value = {
      kind: 'ready',
      page: { entries: [...(older?.entries ?? []), ...page.entries], more: page.more },
    };
  } catch (error) {
    shown.value = { kind: 'failed', reason: reasonOf(error) };
  }
}

/** Who did what and when, also what was undone since; read when it is opened, and again after each change. */
export function ScenarioLog({ scenario }: { scenario: ScenarioReply }) {
  const isOpen = shown.value.kind !== 'closed';
  useEffect(() => {
    if (isOpen) void load(scenario);
  }, [isOpen, scenario.id, scenario.revision]);
  return (
    <details
      class="scenario-addresses scenario-log"
      open={isOpen}
      onToggle={(event) => {
        const { open } = event.currentTarget;
        if (open !== isOpen) shown.value = { kind: open ? 'loading' : 'closed' };
      }}
    >
      <summary>{t('logTitle')}</summary>
      <LogList scenario={scenario} />
    </details>
  );
}

function LogList({ scenario }: { scenario: ScenarioReply }) {
  const state = shown.value;
  if (state.kind === 'closed') return null;
  if (state.kind === 'loading') return <p class="quiet">{t('logLoading')}…</p>;
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
  return (
    <>
      <ol>
        {state.page.entries.map((entry) => (
          <LogRow key={entry.revision} entry={entry} scenario={scenario} />
        ))}
      </ol>
      {state.page.more && (
        <button type="button" class="text-button" onClick={() => void load(scenario, state.page)}>
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
