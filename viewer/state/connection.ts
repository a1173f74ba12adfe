/** Whether the service answers. A page that is open outlives a restart of the service: it waits, says so, and goes on. */
import { signal } from '@preact/signals';
import { t } from '../text/text.ts';
import { announce, note } from './announcer.ts';

/** When the service was last found silent; undefined while it answers. */
export const silentSince = signal<Date | undefined>(undefined);
/** How often the service came back: whoever holds failed tiles or lists asks again. */
export const recoveries = signal(0);

const ASK_AGAIN_MS = 2_000;
const ANSWER_WITHIN_MS = 10_000;

let watching = false;

/** Tells that a request got no answer, or one of a service that is not ready; asks until it is. */
export function suspectOutage(): void {
  if (watching) return;
  watching = true;
  void watch();
}

async function watch(): Promise<void> {
  while (!(await isReady())) {
    if (!silentSince.peek()) {
      silentSince.value = new Date();
      announce(t('serviceSilent'));
    }
    await new Promise((done) => setTimeout(done, ASK_AGAIN_MS));
  }
  watching = false;
  if (!silentSince.peek()) return;
  silentSince.value = undefined;
  recoveries.value++;
  note(t('serviceBack'));
}

async function isReady(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    return (await fetch(new URL('ready', document.baseURI), { cache: 'no-store', signal })).ok;
  } catch {
    return false;
  }
}

/** Answers of a proxy or a service that is starting. */
export const isOutageStatus = (status: number): boolean => status >= 502 && status <= 504;
