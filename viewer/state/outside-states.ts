/** How the outside services fare whose layers are shown: told by the service, and asked anew while one is on the map. */
import { signal } from '@preact/signals';
import type { SourceState } from '../../core/wire/cascade.ts';
import type { LayersReply, WireLayer } from '../../core/wire/city.ts';
import { getJson } from '../api/city-api.ts';

const known = signal<Readonly<Record<string, SourceState>>>({});

/** Undefined for a layer of the city. */
export const outsideState = ({ name, cascaded }: WireLayer): SourceState | undefined =>
  cascaded && (known.value[name] ?? cascaded.state);

export async function readOutsideStates(): Promise<void> {
  const { layers } = await getJson<LayersReply>('api/layers');
  known.value = Object.fromEntries(
    layers.flatMap(({ name, cascaded }) => (cascaded ? [[name, cascaded.state] as const] : [])),
  );
}
