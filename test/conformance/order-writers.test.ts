/** Writers of orders at sizes and shapes that an order of the demo city does not reach, judged by other programs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { writeFlatGeobuf } from '../../core/formats/flatgeobuf/write-flatgeobuf.ts';
import { writeGeoParquet } from '../../core/formats/parquet/write-geo-parquet.ts';
import { SAMPLE_LAYERS, sampleFeatures } from '../support/sample-city.ts';
import { tool } from './outside-tools.ts';
import { readParquetRows } from './read-parquet.ts';

const HEIGHTS = 'PL-EVRF2007-NH';
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'blizniak-writers-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function layerOf(name: string): Layer {
  const layer = SAMPLE_LAYERS.find((each) => each.name === name);
  if (!layer) throw new Error(`no layer ${name}`);
  return layer;
}

async function* streamed(features: readonly Feature[]): AsyncGenerator<Feature> {
  yield* features;
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

const parcels = (count: number) =>
  sampleFeatures(count)
    .filter(({ layer }) => layer === 'parcels')
    .slice(0, count);

describe('a FlatGeobuf', () => {
  const idsOf = async (path: string): Promise<readonly string[]> => {
    const text = await tool('ogr2ogr', ['-f', 'CSV', '/vsistdout/', path, '-select', 'id']);
    return text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.replace(/[",]/g, ''));
  };

  it('too large to be held is the same objects as they come, without an index', async () => {
    const features = parcels(300);
    const path = join(folder, 'streamed.fgb');
    writeFileSync(
      path,
      await bytesOf(writeFlatGeobuf(streamed(features), layerOf('parcels'), 2177, HEIGHTS, 10_000)),
    );
    expect(await idsOf(path)).toEqual(features.map(({ id }) => id));
    expect(await tool('ogrinfo', ['-al', '-so', path])).toContain('EPSG');
  });

  it('of nothing, of one object and of one without a geometry can be read', async () => {
    const [one] = parcels(1);
    if (!one) throw new Error('no parcel');
    const bare: Feature = { ...one, id: 'bare', geometry: undefined };
    for (const features of [[], [one], [one, bare]]) {
      const path = join(folder, `few-${features.length}.fgb`);
      writeFileSync(
        path,
        await bytesOf(writeFlatGeobuf(streamed(features), layerOf('parcels'), 2177, HEIGHTS)),
      );
      expect((await idsOf(path)).toSorted()).toEqual(features.map(({ id }) => id).toSorted());
    }
  });
});

describe('a GeoParquet', () => {
  it('of several groups of rows has them all, with what is not known left empty', async () => {
    const features = parcels(10_500).map(
      (feature, index): Feature => ({
        ...feature,
        ...(index % 100 === 7 && { geometry: undefined }),
        properties: { ...feature.properties, land_use: index % 2 === 0 ? `Łąka ${index}` : null },
      }),
    );
    const { rows, metadata } = readParquetRows(
      await bytesOf(writeGeoParquet(streamed(features), layerOf('parcels'), 2177, HEIGHTS)),
    );
    expect(rows.map(({ values, wkb }) => [values['id'], values['land_use'], wkb === undefined])).toEqual(
      features.map(({ id, properties, geometry }) => [id, properties['land_use'], geometry === undefined]),
    );
    expect(metadata.get('heights')).toBe(HEIGHTS);
  });
});
