import { expect, it } from 'vitest';
import { sampleServices } from '../../test/support/sample-city.ts';
import { PUBLIC_VIEW } from '../access/view.ts';
import { cascadedServices } from './cascaded-services.ts';

const never = new AbortController().signal;
const QUERY = { layer: 'parcels', limit: 5 } as const;

it('lets through what makes pages of the city fast: batches, counts that stop, and what is written already', async () => {
  const services = sampleServices(8);
  const met: string[] = [];
  const own = services.featuresFor(PUBLIC_VIEW);
  const page = { count: 5, hasMore: true, lastId: 'x', bytes: new Uint8Array([1]) };
  const watched = cascadedServices(
    {
      ...services,
      featuresFor: () => ({
        ...own,
        query: (query, signal) => ({
          ...own.query(query, signal),
          async *batches() {
            met.push('batches');
            yield [];
          },
          async *[Symbol.asyncIterator]() {},
        }),
        count: async (_query, _signal, most) => {
          met.push(`count to ${most}`);
          return 0;
        },
        written: async () => page,
      }),
    },
    'objects',
  ).featuresFor(PUBLIC_VIEW);
  for await (const _ of watched.query(QUERY, never).batches?.() ?? []) met.push('batch');
  await watched.count(QUERY, never, 100);
  expect(met).toEqual(['batches', 'batch', 'count to 100']);
  expect(await watched.written?.(QUERY, { key: 'k', write: () => new Uint8Array() }, never)).toBe(page);
});

it('asks once for the versions of what lies under a picture of the city', async () => {
  const services = sampleServices(8);
  const [layer] = await services.catalogue.layers(PUBLIC_VIEW);
  if (!layer) throw new Error('no layer');
  let asked = 0;
  const maps = cascadedServices(
    {
      ...services,
      maps: (view) => ({
        ...services.maps(view),
        versions: async (areas) => {
          asked++;
          return areas.map(() => '1');
        },
      }),
    },
    'all',
  ).maps(PUBLIC_VIEW);
  const area = { layer, area: { minX: 0, minY: 0, maxX: 1, maxY: 1, srid: layer.srid } };
  expect(await maps.versions([area, area], never)).toEqual(['1', '1']);
  expect(asked).toBe(1);
});
