/** Outside services as the page of the office knows them. */
import { signal } from '@preact/signals';
import type { ListedSource, NewSource, SourceOffer } from '../../core/wire/cascade.ts';
import { ask } from '../api/ask.ts';
import { addressIn, getJson } from '../api/city-api.ts';
import { LOADING, type Load, loadInto } from '../state/load.ts';

export const outsideSources = signal<Load<readonly ListedSource[]>>(LOADING);

export const readOutsideSources = (): Promise<void> =>
  loadInto(outsideSources, async () => {
    const { sources } = await getJson<{ sources: readonly ListedSource[] }>('api/cascade', undefined, '');
    return sources;
  });

const JSON_BODY = { 'content-type': 'application/json' };

/** @throws ServiceError in words that can be shown */
export async function readOffer(url: string): Promise<SourceOffer> {
  const body = JSON.stringify({ url });
  const reply = await ask(addressIn('', 'api/cascade/offer'), { method: 'POST', headers: JSON_BODY, body });
  return (await reply.json()) as SourceOffer;
}

/** @throws ServiceError in words that can be shown */
export async function saveOutsideSource(name: string, source: NewSource): Promise<void> {
  const address = addressIn('', `api/cascade/${encodeURIComponent(name)}`);
  await ask(address, { method: 'PUT', headers: JSON_BODY, body: JSON.stringify(source) });
  await readOutsideSources();
}

/** @throws ServiceError in words that can be shown */
export async function removeOutsideSource(name: string): Promise<void> {
  await ask(addressIn('', `api/cascade/${encodeURIComponent(name)}`), { method: 'DELETE' });
  await readOutsideSources();
}
