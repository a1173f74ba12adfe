import { describe, expect, it } from 'vitest';
import { memorySource } from '../../core/feature/memory-source.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import { seededRandom } from '../../test/support/sample-buildings.ts';
import { SAMPLE_LAYERS, sampleFeatures } from '../../test/support/sample-city.ts';
import { bookmarked, PageBookmarks } from './page-bookmarks.ts';

const { signal } = new AbortController();
const inner = memorySource(SAMPLE_LAYERS, sampleFeatures(300));
const PARCELS: FeatureQuery = { layer: 'parcels' };

/** A source that remembers how it was asked. */
function watchedSource(): { source: FeatureSource; asked: FeatureQuery[] } {
  const asked: FeatureQuery[] = [];
  const source: FeatureSource = {
    ...inner,
    query: (query, ...more) => {
      asked.push(query);
      return inner.query(query, ...more);
    },
  };
  return { source: bookmarked(source, new PageBookmarks(), 'now'), asked };
}

async function idsOf(
  source: FeatureSource,
  query: FeatureQuery,
  most = Infinity,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { id } of source.query(query, signal)) {
    ids.push(id);
    if (ids.length >= most) break;
  }
  return ids;
}

describe('pages with bookmarks', () => {
  it('skip nothing when they are read one after another', async () => {
    const { source, asked } = watchedSource();
    const all: string[] = [];
    for (let offset = 0; offset < 300; offset += 40) {
      all.push(...(await idsOf(source, { ...PARCELS, offset, limit: 40 })));
    }
    expect(all).toEqual(await idsOf(inner, PARCELS));
    expect(asked.map(({ offset }) => offset)).toEqual(asked.map(() => 0));
  });

  it('hold the rows that they hold without, in any order and size, and when readers leave early', async () => {
    const { source } = watchedSource();
    const random = seededRandom(5);
    for (let round = 0; round < 150; round++) {
      const [offset, limit] = [Math.floor(random() * 330), 1 + Math.floor(random() * 70)];
      const bbox = { minX: 6_427_000, minY: 5_808_000, maxX: 6_427_000 + 200, maxY: 5_808_300, srid: 2177 };
      const query = { ...PARCELS, ...(random() < 0.3 && { bbox }), offset, limit };
      const most = random() < 0.3 ? 3 : Infinity;
      expect(await idsOf(source, query, most)).toEqual(await idsOf(inner, query, most));
    }
  });

  it('are of one listing and one scope only', async () => {
    const bookmarks = new PageBookmarks();
    const bbox = { minX: 6_427_100, minY: 5_808_100, maxX: 6_427_400, maxY: 5_808_300, srid: 2177 };
    await idsOf(bookmarked(inner, bookmarks, 'before'), { ...PARCELS, limit: 40 });
    const other = bookmarked(memorySource(SAMPLE_LAYERS, sampleFeatures(120)), bookmarks, 'after');
    const plain = memorySource(SAMPLE_LAYERS, sampleFeatures(120));
    for (const query of [PARCELS, { ...PARCELS, bbox }, { ...PARCELS, sort: [{ property: 'land_use' }] }]) {
      const page = { ...query, offset: 40, limit: 10 };
      expect(await idsOf(other, page)).toEqual(await idsOf(plain, page));
    }
  });

  it('are forgotten, the oldest listing first, when there are too many', () => {
    const bookmarks = new PageBookmarks();
    for (let listing = 0; listing < 5; listing++) {
      for (let rows = 1; rows <= 6_000; rows++) bookmarks.mark(`listing ${listing}`, rows, `id ${rows}`);
    }
    expect(bookmarks.find('listing 0', 6_000)).toBeUndefined();
    expect(bookmarks.find('listing 4', 6_000)).toEqual({ rows: 6_000, lastId: 'id 6000' });
  });
});
