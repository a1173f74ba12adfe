/** How the outside services fare whose layers are shown: told by the service, and asked anew while one is on the map. */
import { effect, signal } from '@preact/signals';
import type { TileGridName } from '../../core/geo/tile-grid.ts';
import type { SourceState } from '../../core/wire/cascade.ts';
import type { LayersReply, WireLayer } from '../../core/wire/city.ts';
import { addressIn, getJson } from '../api/city-api.ts';
import { tilePrefixOf } from './shown-city.ts';
import { layers, settingOf } from './twin-state.ts';

const known = signal<Readonly<Record<string, SourceState>>>({});

/** How often a state is read while a layer of an outside service is shown. */
const STATE_MS = 20_000;

/** Undefined for a layer of the city. */
export const outsideState = ({ name, cascaded }: WireLayer): SourceState | undefined =>
  cascaded && (known.value[name] ?? cascaded.state);

/** Template of the pictures of a layer in our own WMTS; the braces must not be written as a part of an address is. */
export const outsideTiles = ({ name }: WireLayer, grid: TileGridName): string =>
  `${addressIn(tilePrefixOf(name), `wmts/1.0.0/${name}/default/${grid}/`)}{z}/{y}/{x}.png`;

export async function readOutsideStates(): Promise<void> {
  const reply = await getJson<LayersReply>('api/layers');
  known.value = Object.fromEntries(
    reply.layers.flatMap(({ name, cascaded }) => (cascaded ? [[name, cascaded.state] as const] : [])),
  );
}

/** Reads the states from time to time while such a layer is shown, on whichever map; for the life of the page. */
export function followOutsideStates(): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  effect(() => {
    const isAnyShown = layers.value.some((layer) => layer.cascaded && settingOf(layer).visible);
    clearInterval(timer);
    timer = isAnyShown ? setInterval(() => void readOutsideStates().catch(() => {}), STATE_MS) : undefined;
  });
}
