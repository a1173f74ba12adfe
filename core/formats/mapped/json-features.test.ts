import { describe, expect, it } from 'vitest';
import { jsonFeatures } from './json-features.ts';

const feature = (n: number) => ({
  type: 'Feature',
  id: `n${n}`,
  properties: { features: '[{"a": "\\"}]', crs: { a: [1] }, text: `ą"\\ } ] { [ ${n}` },
  geometry: { type: 'Point', coordinates: [n, [n]] },
});
const CRS = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::2177' } };

async function read(text: string, size = text.length) {
  async function* chunks() {
    for (let at = 0; at < text.length; at += Math.max(1, size)) yield text.slice(at, at + Math.max(1, size));
  }
  const found: { item: unknown; crs: unknown }[] = [];
  const features = jsonFeatures(chunks());
  for (;;) {
    const next = await features.next();
    if (next.done === true) return { found, behind: next.value.crsBehind };
    found.push({ item: next.value.item, crs: next.value.crs });
  }
}

describe('features of a GeoJSON', () => {
  const three = [feature(1), feature(2), feature(3)];
  const collection = JSON.stringify({
    ...{
      type: 'FeatureCollection',
      name: 'features',
      bbox: [0, [1]],
      crs: CRS,
      features: three,
      more: { features: [1] },
    },
  });

  it.each([1, 2, 3, 7, 64, 10_000])('come out as they went in, in chunks of %d characters', async (size) => {
    const { found, behind } = await read(collection, size);
    expect(found).toEqual(three.map((item) => ({ item, crs: CRS })));
    expect(behind).toBeUndefined();
  });

  it.each([1, 5, 1000])('stand one after another in a sequence, in chunks of %d characters', async (size) => {
    const lines = three.map((each) => `\u001e${JSON.stringify(each, undefined, 1)}\n`).join('');
    expect((await read(lines, size)).found.map(({ item }) => item)).toEqual(three);
  });

  it('may name their CRS behind them, and be none at all', async () => {
    const late = JSON.stringify({ type: 'FeatureCollection', features: three, crs: CRS });
    expect((await read(late, 11)).behind).toEqual(CRS);
    expect((await read('{"type": "FeatureCollection", "features": [ ]}')).found).toEqual([]);
  });

  it.each([
    [collection.slice(0, -2), 'cut off behind feature 3'],
    [collection.slice(0, 200), 'cut off behind feature 0'],
    ['', 'no GeoJSON'],
    ['[1]', 'no GeoJSON'],
    ['{"a": 1}', 'no GeoJSON'],
    ['<gml/>', 'no GeoJSON'],
    ['{"features": [null, {"type": "Feature"}]}', 'no GeoJSON'],
    ['{"features": [{"type": "Feature",}]}', 'Feature 1 is not JSON'],
    ['{"features": []}}', 'no GeoJSON'],
    ['{"features": [', 'cut off'],
  ])('of what is none are refused: %.30s', async (text, words) => {
    await expect(read(text, 9)).rejects.toThrow(words);
  });
});
