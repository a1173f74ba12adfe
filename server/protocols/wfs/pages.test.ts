import { expect, it } from 'vitest';
import type { Feature } from '../../../core/feature/feature.ts';
import type { FeatureSource } from '../../../core/feature/source.ts';
import { SAMPLE_LAYERS } from '../../../test/support/sample-city.ts';
import { defaultCrs } from './feature-types.ts';
import { openPage } from './pages.ts';

/** A layer of so many objects, which tells how far they were counted. */
function large(rows: number): FeatureSource & { readonly counted: (number | undefined)[] } {
  const counted: (number | undefined)[] = [];
  return {
    counted,
    layers: async () => SAMPLE_LAYERS,
    async *query({ layer, limit = 0 }) {
      for (let i = 0; i < limit; i++) {
        yield { layer, id: String(i), geometry: undefined, properties: {} } satisfies Feature;
      }
    },
    async count(_query, _signal, most = Number.POSITIVE_INFINITY) {
      counted.push(most);
      return Math.min(rows, most);
    },
    byId: async () => undefined,
  };
}

const matched = async (
  source: FeatureSource,
  more: { resultType?: 'hits'; count?: number; matched?: number },
) => {
  const [layer] = SAMPLE_LAYERS;
  if (!layer) throw new Error('the sample has no layer');
  const selection = { layer, crs: defaultCrs(layer), query: { layer: layer.name } };
  const presentation = {
    resultType: 'results',
    outputFormat: undefined,
    startIndex: 0,
    after: undefined,
  } as const;
  const page = await openPage(
    [selection],
    { ...presentation, count: 10, ...more },
    source,
    new AbortController().signal,
  );
  return page.numberMatched;
};

it('a page says how many rows match up to 100,000, and counts no further', async () => {
  expect(await matched(large(100_000), {})).toBe(100_000);
  const larger = large(5_000_000);
  expect(await matched(larger, {})).toBeUndefined();
  expect(await matched(larger, { count: 2_000 })).toBeUndefined();
  expect(larger.counted).toEqual([100_001, 100_001]);
});

it('a page behind a link knows what the first one counted; who asks for the number alone gets it', async () => {
  const source = large(5_000_000);
  expect(await matched(source, { matched: 77_777 })).toBe(77_777);
  expect(source.counted).toEqual([]);
  expect(await matched(source, { resultType: 'hits' })).toBe(5_000_000);
});

it.each([10, 600])('a page of %i rows gives the same rows as often as it is read', async (count) => {
  const [layer] = SAMPLE_LAYERS;
  if (!layer) throw new Error('the sample has no layer');
  const page = await openPage(
    [{ layer, crs: defaultCrs(layer), query: { layer: layer.name } }],
    { resultType: 'results', outputFormat: undefined, startIndex: 0, after: undefined, count },
    large(5_000),
    new AbortController().signal,
  );
  const read = async () => {
    const ids: string[] = [];
    for (const part of page.parts) for await (const { id } of part.read()) ids.push(id);
    return ids;
  };
  expect(await read()).toHaveLength(count);
  expect(await read()).toHaveLength(count);
});
