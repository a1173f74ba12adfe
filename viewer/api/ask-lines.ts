import { t } from '../text/text.ts';
import { ask, refusalOf, ServiceError } from './ask.ts';

/** A line of a long change: how far it is, or how it ended (`server/http/progress-lines.ts`). */
interface Line<T> {
  readonly progress?: number;
  readonly result?: T;
  readonly problem?: object;
}

/**
 * Asks for a change that may take minutes.
 * @param hear how far it is, percent
 * @throws ServiceError also for what goes wrong after the first line; the DOMException of a call-off
 */
export async function askLines<T>(
  address: string,
  options: RequestInit,
  hear: (percent: number) => void,
): Promise<T> {
  const headers = new Headers({ ...options.headers });
  headers.set('accept', 'application/x-ndjson');
  const response = await ask(address, { ...options, headers: Object.fromEntries(headers) });
  for await (const text of linesOf(response)) {
    const { progress, result, problem } = JSON.parse(text) as Line<T>;
    if (problem) throw refusalOf(problem, address, undefined);
    if (result !== undefined) return result;
    if (progress !== undefined) hear(Math.round(progress * 100));
  }
  throw new ServiceError(t('noConnection', { path: new URL(address).pathname }));
}

async function* linesOf({ body }: Response): AsyncGenerator<string> {
  if (!body) return;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += decoder.decode(value, { stream: !done });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (done) return;
  }
}
