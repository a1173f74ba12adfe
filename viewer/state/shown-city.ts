/** Which city is on the screen: today's, the one recorded on a day, or that of a scenario. */
import { batch, signal } from '@preact/signals';

/** What a link says: a scenario or a moment, never both. */
export interface CityState {
  /** Id of a scenario. */
  readonly scenario?: string | undefined;
  /** `yyyy-mm-dd` or a moment with its zone, as the service takes it. */
  readonly at?: string | undefined;
}

export const wantedCity = signal<CityState>({});
/** Whether the base of the open scenario is shown in its place. */
export const comparing = signal(false);
/** What stands in front of the addresses of tiles, objects and layers: `` or `s/…/` or `at/…/`. */
export const cityPrefix = signal('');
/** The layers that a scenario changes; of all others it shows the tiles of its base. Undefined = every layer. */
export const ownLayers = signal<ReadonlySet<string> | undefined>(undefined);
/** In front of the paths of what a scenario is laid over. */
export const basePrefix = signal('');
/** Rises for a layer whose tiles have changed since they were read. */
const revisions = signal<Readonly<Record<string, number>>>({});

/** What terrain is called where layers are named: scenarios shape it, and it is in no register. */
export const GROUND = 'terrain';

/** What stands in front of the tiles of a layer. */
export const tilePrefixOf = (layer: string): string =>
  ownLayers.value?.has(layer) === false ? basePrefix.value : cityPrefix.value;

/** Same text = same tiles of a layer; reading it in an effect follows every change. */
export const tilesKey = (layer: string): string => `${tilePrefixOf(layer)}${revisions.value[layer] ?? 0}`;

/** The tiles of these layers are read again wherever they are shown. */
export function renewTiles(layers: Iterable<string>): void {
  const next = { ...revisions.peek() };
  for (const layer of layers) next[layer] = (next[layer] ?? 0) + 1;
  revisions.value = next;
}

export const momentPrefix = (at: string): string => `at/${encodeURIComponent(at)}/`;
export const scenarioPrefix = (id: string): string => `s/${encodeURIComponent(id)}/`;

export function showToday(): void {
  batch(() => {
    comparing.value = false;
    wantedCity.value = {};
  });
}

export function showScenario(id: string): void {
  batch(() => {
    comparing.value = false;
    wantedCity.value = { scenario: id };
  });
}

export function showMoment(at: string): void {
  batch(() => {
    comparing.value = false;
    wantedCity.value = { at };
  });
}

const PATH = /^(.*\/)(s|at)\/([^/]+)\/?$/;

/**
 * The state that a page opened at `/s/{scenario}/` or `/at/{moment}/` shows, and the path of the viewer itself:
 * from there on the state is kept in the fragment alone.
 */
export function cityOfPath(path: string): { readonly root: string; readonly city: CityState } | undefined {
  const [, root, door, value] = PATH.exec(path) ?? [];
  if (root === undefined || value === undefined) return undefined;
  const named = decodeURIComponent(value);
  return { root, city: door === 's' ? { scenario: named } : { at: named } };
}
