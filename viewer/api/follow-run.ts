/** Asks for a run of a model and waits for its end. */
import type { NewRun, RunReply } from '../../core/wire/run.ts';
import { isStaff } from '../state/session.ts';
import { t } from '../text/text.ts';
import { ask, ServiceError } from './ask.ts';
import { addressIn } from './city-api.ts';

/** Short at first, for runs that are done at once or there already. */
const LOOK_MS = [150, 250, 400];

/** The reason of a signal that shall stop the run itself, and not only the waiting for it. */
export const CALLED_OFF = new DOMException('The run was called off', 'AbortError');

/**
 * Resolves with the run once it has succeeded. A signal aborted with `CALLED_OFF` stops the run too, if those who look
 * are staff; any other leaves it to whoever else waits for it.
 * @param hear how far it is, percent
 * @throws ServiceError with the words of the model, the reason of the signal
 */
export async function followRun(
  wanted: Pick<NewRun, 'model'> & Partial<NewRun>,
  signal: AbortSignal,
  hear: (percent: number) => void,
): Promise<RunReply> {
  const begun = await tell('api/runs', signal, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
  });
  let run = begun;
  try {
    run = await ended(begun, signal, hear);
  } catch (error) {
    if (signal.reason === CALLED_OFF && isStaff.peek()) {
      // It may have ended meanwhile, or be gone: nothing is lost by that.
      void ask(addressIn('', pathOf(begun.id)), { method: 'DELETE' }).catch(() => {});
    }
    throw error;
  }
  if (run.state !== 'successful') {
    throw new ServiceError(run.problem?.message ?? t('runCalledOff'), undefined, run.problem?.parameter);
  }
  return run;
}

/**
 * Resolves once a run that somebody asked for has ended, however it did.
 * @param hear how far it is, percent
 */
export async function waitForRun(
  id: string,
  signal: AbortSignal,
  hear: (percent: number) => void,
): Promise<void> {
  await ended(await tell(pathOf(id), signal), signal, hear);
}

async function ended(
  begun: RunReply,
  signal: AbortSignal,
  hear: (percent: number) => void,
): Promise<RunReply> {
  let run = begun;
  for (let look = 0; run.state === 'accepted' || run.state === 'running'; look++) {
    hear(run.progress);
    await pause(LOOK_MS[Math.min(look, LOOK_MS.length - 1)] ?? 0, signal);
    run = await tell(pathOf(run.id), signal);
  }
  return run;
}

const pathOf = (id: string): string => `api/runs/${id}`;

const tell = async (path: string, signal: AbortSignal, options: RequestInit = {}): Promise<RunReply> =>
  (await ask(addressIn('', path), { ...options, signal })).json() as Promise<RunReply>;

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const called = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', called);
      resolve();
    }, ms);
    signal.addEventListener('abort', called, { once: true });
  });
