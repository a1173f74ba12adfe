/** `/api/scenarios` of the service. Whatever changes a scenario says which revision of it was seen (If-Match). */
import type {
  Edit,
  EditReply,
  EditsReply,
  EditTrialReply,
  ScenarioReply,
  ScenarioSummary,
  StoredEdit,
} from '../../core/wire/scenario.ts';
import type { NewBranch, NewScenario } from '../../core/wire/scenario-head.ts';
import type {
  ApplicationReport,
  LogEntry,
  MergeRequest,
  RebaseRequest,
  ReplayReport,
  StateChange,
} from '../../core/wire/scenario-life.ts';
import { ask } from '../api/ask.ts';
import { askLines } from '../api/ask-lines.ts';
import { addressIn } from '../api/city-api.ts';

export type ScenarioWords = Pick<NewScenario, 'title' | 'assumptions' | 'lawDate'> & {
  readonly reason: string;
};

type Seen = Pick<ScenarioReply, 'id' | 'revision'>;

type Changed = { readonly scenario: ScenarioReply };

const addressOf = (path: string): string => addressIn('', `api/scenarios${path}`);
const pathOf = ({ id }: Pick<ScenarioReply, 'id'>, rest = ''): string => `/${encodeURIComponent(id)}${rest}`;
const seen = ({ revision }: Seen): Record<string, string> => ({ 'if-match': `"${revision}"` });

async function read<T>(path: string, options: RequestInit = {}): Promise<T> {
  return (await ask(addressOf(path), options)).json() as Promise<T>;
}

function send<T>(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<T> {
  if (body === undefined) return read(path, { method, headers });
  return read(path, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export const listScenarios = async (): Promise<readonly ScenarioSummary[]> =>
  (await read<{ scenarios: ScenarioSummary[] }>('')).scenarios;

export const readScenario = (id: string, signal?: AbortSignal): Promise<ScenarioReply> =>
  read(pathOf({ id }), signal ? { signal } : {});

export const createScenario = (words: ScenarioWords): Promise<ScenarioReply> => send('POST', '', {}, words);

export const describeScenario = (scenario: Seen, words: ScenarioWords): Promise<ScenarioReply> =>
  send('PATCH', pathOf(scenario), seen(scenario), words);

export async function deleteScenario(scenario: Seen): Promise<void> {
  await ask(addressOf(pathOf(scenario)), { method: 'DELETE', headers: seen(scenario) });
}

export const addEdit = (scenario: Seen, edit: Edit): Promise<EditReply> =>
  send('POST', pathOf(scenario, '/edits'), seen(scenario), edit);

/** One or several: all of them or none. */
export async function addEdits(
  scenario: Seen,
  edits: readonly Edit[],
): Promise<{ readonly scenario: ScenarioReply; readonly edits: readonly StoredEdit[] }> {
  const [only] = edits;
  if (only && edits.length === 1) {
    const reply = await addEdit(scenario, only);
    return { scenario: reply.scenario, edits: [reply.edit] };
  }
  const reply = await send<EditsReply>('POST', pathOf(scenario, '/edits'), seen(scenario), edits);
  return { scenario: reply.scenario, edits: reply.edits.map(({ edit }) => edit) };
}

/** What the edit would do; nothing is kept. */
export const tryEdit = (scenario: Seen, edit: Edit, signal: AbortSignal): Promise<EditTrialReply> =>
  read(pathOf(scenario, '/edits?dryRun=true'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(edit),
    signal,
  });

export const branchScenario = (scenario: Seen, words: NewBranch): Promise<ScenarioReply> =>
  send('POST', pathOf(scenario, '/branches'), {}, words);

export const changeState = (scenario: Seen, change: StateChange): Promise<Changed> =>
  send('POST', pathOf(scenario, '/state'), seen(scenario), change);

export const publishScenario = (scenario: Seen): Promise<Changed> =>
  send('PUT', pathOf(scenario, '/publication'), seen(scenario));

export const withdrawScenario = (scenario: Seen): Promise<Changed> =>
  send('DELETE', pathOf(scenario, '/publication'), seen(scenario));

/** Somebody who waits for edits to be made anew. */
export interface ReplayWait {
  readonly signal: AbortSignal;
  /** How far it is, percent. */
  readonly hear: (percent: number) => void;
}

/** What a rebase or merge would do; nothing is kept. */
export const tryRebase = async (
  scenario: Seen,
  wanted: RebaseRequest,
  wait: ReplayWait,
): Promise<ReplayReport> =>
  (await replaying<Tried>(scenario, '/rebase?dryRun=true', {}, wanted, wait)).report;

export const tryMerge = async (
  scenario: Seen,
  wanted: MergeRequest,
  wait: ReplayWait,
): Promise<ReplayReport> => (await replaying<Tried>(scenario, '/merge?dryRun=true', {}, wanted, wait)).report;

interface Tried {
  readonly report: ReplayReport;
}

/** Thousands of edits take minutes: told as they go. */
const replaying = <T>(
  scenario: Seen,
  path: string,
  headers: Record<string, string>,
  wanted: RebaseRequest | MergeRequest,
  { signal, hear }: ReplayWait,
): Promise<T> =>
  askLines(
    addressOf(pathOf(scenario, path)),
    {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(wanted),
      signal,
    },
    hear,
  );

/** What applying it would write into the registers. */
export const tryApplication = (scenario: Seen, signal: AbortSignal): Promise<ApplicationReport> =>
  trying(pathOf(scenario, '/application?dryRun=true'), {}, signal);

async function trying<Report>(path: string, body: object, signal: AbortSignal): Promise<Report> {
  const headers = { 'content-type': 'application/json' };
  const reply = await read<{ report: Report }>(path, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
    signal,
  });
  return reply.report;
}

export const rebaseScenario = (scenario: Seen, wanted: RebaseRequest, wait: ReplayWait): Promise<Changed> =>
  replaying(scenario, '/rebase', seen(scenario), wanted, wait);

export const mergeScenario = (scenario: Seen, wanted: MergeRequest, wait: ReplayWait): Promise<Changed> =>
  replaying(scenario, '/merge', seen(scenario), wanted, wait);

export const applyScenario = (scenario: Seen): Promise<Changed & { readonly report: ApplicationReport }> =>
  send('POST', pathOf(scenario, '/application'), seen(scenario), {});

export interface LogPage {
  readonly entries: readonly LogEntry[];
  readonly more: boolean;
}

/** The newest lines of the log, or those older than a revision. */
export const readLog = (scenario: Seen, before?: number): Promise<LogPage> =>
  read(pathOf(scenario, before === undefined ? '/log' : `/log?before=${before}`));

export const deleteEdit = (scenario: Seen, editId: string): Promise<Changed> =>
  send('DELETE', pathOf(scenario, `/edits/${encodeURIComponent(editId)}`), seen(scenario));

/** @param edits so many at once: all of them or none */
export const undoEdit = (scenario: Seen, edits = 1): Promise<Changed> =>
  send('POST', pathOf(scenario, edits === 1 ? '/undo' : `/undo?edits=${edits}`), seen(scenario));

export const redoEdit = (scenario: Seen): Promise<Changed> =>
  send('POST', pathOf(scenario, '/redo'), seen(scenario));
