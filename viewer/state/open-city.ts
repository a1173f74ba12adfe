import { batch } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { LayersReply } from '../../core/wire/city.ts';
import { fetchLayers } from '../api/city-api.ts';
import { LOADING } from './load.ts';
import { basePrefix, cityPrefix, ownLayers } from './shown-city.ts';
import { catalogue } from './twin-state.ts';

export interface OpenedCity {
  /** In front of its paths. */
  readonly prefix: string;
  /** For a scenario: the layers that it changes, and where the others come from. */
  readonly overlay?: { readonly layers: ReadonlySet<string>; readonly basePrefix: string };
}

/** Catalogues as they were read last, so that comparing two cities takes no waiting. */
const known = new Map<string, LayersReply>();
const MOST_KNOWN = 4;

let turn = 0;
let opening: Promise<void> = Promise.resolve();
let last: OpenedCity = { prefix: '' };

/**
 * Shows a city: first its catalogue, and with it everything that is drawn from it. Until then the one that is on the
 * screen stays.
 */
export function openCity(city: OpenedCity): Promise<void> {
  opening = open(city);
  return opening;
}

/** Resolves when the city that was asked for last is on the screen, or has failed to come. */
export const cityOpened = (): Promise<void> => opening;

async function open(city: OpenedCity): Promise<void> {
  const mine = ++turn;
  last = city;
  if (catalogue.peek().kind !== 'ready') catalogue.value = LOADING;
  const before = known.get(city.prefix);
  if (before) show(city, before);
  try {
    const reply = await fetchLayers(city.prefix);
    if (mine !== turn) return;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(city.prefix, reply);
    if (JSON.stringify(reply) !== JSON.stringify(before)) show(city, reply);
  } catch (error) {
    if (mine !== turn) return;
    catalogue.value = { kind: 'failed', reason: reasonOf(error) };
  }
}

/** Asks again for the city that was asked for last. */
export const reopenCity = (): Promise<void> => openCity(last);

function show({ prefix, overlay }: OpenedCity, reply: LayersReply): void {
  batch(() => {
    cityPrefix.value = prefix;
    ownLayers.value = overlay?.layers;
    basePrefix.value = overlay?.basePrefix ?? '';
    catalogue.value = { kind: 'ready', value: reply };
  });
}
