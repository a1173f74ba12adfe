/** `/api/obstructions` of the service. Changes say which revision was seen (If-Match). */
import type {
  Conflict,
  NewObstruction,
  Obstruction,
  ObstructionChanged,
  ObstructionsReply,
  ObstructionTrial,
  Step,
} from '../../core/wire/obstruction.ts';
import { ask } from '../api/ask.ts';
import { addressIn } from '../api/city-api.ts';

type Seen = Pick<Obstruction, 'id' | 'revision'>;

const addressOf = (path: string): string => addressIn('', `api/obstructions${path}`);
const pathOf = ({ id }: Pick<Obstruction, 'id'>, rest = ''): string => `/${encodeURIComponent(id)}${rest}`;
const seen = ({ revision }: Seen): Record<string, string> => ({ 'if-match': `"${revision}"` });

async function read<T>(path: string, options: RequestInit = {}): Promise<T> {
  return (await ask(addressOf(path), options)).json() as Promise<T>;
}

const send = <T>(method: string, path: string, body: unknown, more: RequestInit = {}): Promise<T> =>
  read(path, {
    ...more,
    method,
    headers: { 'content-type': 'application/json', ...more.headers },
    body: JSON.stringify(body),
  });

export const listObstructions = (): Promise<ObstructionsReply> => read('?limit=1000');

export const readObstruction = (id: string, signal: AbortSignal): Promise<Obstruction> =>
  read(pathOf({ id }), { signal });

export const readConflicts = async (id: string, signal: AbortSignal): Promise<readonly Conflict[]> =>
  (await read<{ conflicts: Conflict[] }>(pathOf({ id }, '/conflicts'), { signal })).conflicts;

/** What it would take and meet; nothing is kept. */
export const tryObstruction = (
  content: NewObstruction,
  of: Seen | undefined,
  signal: AbortSignal,
): Promise<ObstructionTrial> =>
  of
    ? send('PUT', pathOf(of, '?dryRun=true'), content, { signal })
    : send('POST', '?dryRun=true', content, { signal });

export const writeObstruction = (
  content: NewObstruction,
  of: Seen | undefined,
): Promise<ObstructionChanged> =>
  of ? send('PUT', pathOf(of), content, { headers: seen(of) }) : send('POST', '', content);

export const stepObstruction = (of: Seen, step: Step): Promise<ObstructionChanged> =>
  send('POST', pathOf(of, '/steps'), step, { headers: seen(of) });
