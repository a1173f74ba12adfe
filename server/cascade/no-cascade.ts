import { notFound } from '../../core/errors.ts';
import { memorySource } from '../../core/feature/memory-source.ts';
import { memoryMaps } from '../../tiles/picture/memory-maps.ts';
import type { Cascade } from '../services/cascade.ts';

const features = memorySource([], []);

async function nothing(): Promise<never> {
  throw notFound('There are no outside sources here', 'name');
}

/** For services that show nothing but their own layers. */
export const NO_CASCADE: Cascade = {
  layers: async () => [],
  status: async () => undefined,
  state: async () => undefined,
  maps: memoryMaps(features),
  features,
  ...{ pointed: nothing, legend: nothing, offer: nothing, save: nothing, remove: nothing },
  list: async () => [],
};
