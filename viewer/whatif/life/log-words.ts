import type { ScenarioReply } from '../../../core/wire/scenario.ts';
import type { LogAction, LogEntry } from '../../../core/wire/scenario-life.ts';
import { t, tn, type Word } from '../../text/text.ts';
import type { EditKind } from '../edits/edit-tool.ts';
import { editWords, toolFor } from '../edits/edit-tools.ts';
import { STATE_WORDS } from './life-words.ts';

const ACTIONS: Readonly<Record<LogAction, Word>> = {
  created: 'logCreated',
  branched: 'logBranched',
  changed: 'logChanged',
  added: 'logAdded',
  removed: 'logRemoved',
  undone: 'logUndone',
  redone: 'logRedone',
  rebased: 'logRebased',
  merged: 'logMerged',
  state: 'logState',
  published: 'lifePublishedNow',
  withdrawn: 'lifeWithdrawn',
  applied: 'logApplied',
};

const MEMBERS: Readonly<Record<string, Word>> = {
  title: 'scenarioTitle',
  reason: 'logReason',
  access: 'logAccess',
  assumptions: 'assumptions',
  lawDate: 'lawDate',
};

/** What a line of the log says, in a few words. */
export function logWords(entry: LogEntry, scenario: ScenarioReply): string {
  const { action, edits = [], members = [], state } = entry;
  if (action === 'state' && state) {
    return t('logState', { from: t(STATE_WORDS[state.from]), to: t(STATE_WORDS[state.to]) });
  }
  if (action === 'changed') {
    const named = members.map((member) => {
      const word = MEMBERS[member];
      return word ? t(word).toLowerCase() : member;
    });
    return t('logChanged', { what: named.join(', ') });
  }
  const [first] = edits;
  if (!first) return t(ACTIONS[action], { what: '', n: entry.version ?? '' });
  const what =
    edits.length === 1 ? wordsOf(first, scenario) : tn('scenarioEdits', edits.length, { n: edits.length });
  return t(ACTIONS[action], { what, n: entry.version ?? '' });
}

/** An edit that is still on the stack is named as in the list; one that is gone by what the log kept of it. */
function wordsOf(
  { id, kind, edit }: NonNullable<LogEntry['edits']>[number],
  { edits }: ScenarioReply,
): string {
  const stored = edits.find((each) => each.id === id);
  if (stored) return editWords(stored);
  if (edit) return editWords({ id, author: '', madeAt: '', edit, objects: [] });
  const tool = toolFor(kind as EditKind);
  return tool ? t(tool.title) : kind;
}
