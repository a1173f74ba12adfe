/** Writers of orders at sizes and shapes that an order of the demo city does not reach, judged by other programs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import { writeFlatGeobuf } from '../../core/formats/flatgeobuf/write-flatgeobuf.ts';
import { writeGeoParquet } from '../../core/formats/parquet/write-geo-parquet.ts';
import { writeShapefile } from '../../core/formats/shapefile/write-shapefile.ts';
import { SAMPLE_LAYERS, sampleFeatures } from '../support/sample-city.ts';
import { tool } from './outside-tools.ts';
import { readParquetRows } from './read-parquet.ts';

const HEIGHTS = 'PL-EVRF2007-NH';
const ABOUT = { srid: 2177, heights: HEIGHTS, note: ['Wydano w profilu: każdy.'] };
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
      await bytesOf(writeFlatGeobuf(streamed(features), layerOf('parcels'), ABOUT, 10_000)),
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
      writeFileSync(path, await bytesOf(writeFlatGeobuf(streamed(features), layerOf('parcels'), ABOUT)));
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

describe('a Shapefile', () => {
  const SMALL = { bytes: 40_000, fields: 8, held: 100 };
  /** A layer of more fields than a table takes here, with names alike, long texts and numbers of many digits. */
  const layer: Layer = {
    ...layerOf('parcels'),
    properties: [
      { name: 'description_of_use', type: 'text', label: { pl: '', en: '' } },
      { name: 'description_of_soil', type: 'text', label: { pl: '', en: '' } },
      { name: 'exact', type: 'number', label: { pl: '', en: '' } },
      { name: 'smallest', type: 'number', label: { pl: '', en: '' } },
      ...Array.from({ length: 9 }, (_, index) => ({
        ...{ name: `count_${index}`, type: 'integer' as const, label: { pl: '', en: '' } },
      })),
    ],
  };
  const features = parcels(1700).map(
    (feature, index): Feature => ({
      ...feature,
      properties: {
        ...Object.fromEntries(Array.from({ length: 9 }, (_, each) => [`count_${each}`, index * each])),
        description_of_use: 'Łąka nad rzeką, pół na pół z sadem; '.repeat(index % 17),
        description_of_soil: index % 3 === 0 ? null : `ił ${index}`,
        exact: index + 1 / 3,
        smallest: index % 2 === 0 ? 1.5e-40 : 0.25,
      },
    }),
  );

  it('too large for one file, or of too many fields, is several that hold all of it', async () => {
    const names: string[] = [];
    const fieldsOf = new Map<string, ReadonlyMap<string, string>>();
    for await (const file of writeShapefile(() => streamed(features), layer, 2177, SMALL)) {
      const { suffix, ending, bytes, fields } = file;
      const parts: Uint8Array[] = [];
      for await (const part of bytes) parts.push(part);
      const whole = Buffer.concat(parts);
      expect(whole.length).toBeLessThanOrEqual(ending === 'dbf' ? Infinity : SMALL.bytes + 100_000);
      writeFileSync(join(folder, `large${suffix}.${ending}`), whole);
      if (ending === 'shp') names.push(suffix);
      if (fields) {
        const named = fields.map(({ field, property, part }) => [`${property} ${part}`, field] as const);
        fieldsOf.set(suffix, new Map(named));
      }
    }
    expect(names).toEqual(['', '_part2', '_part3', '_part4']);
    const script = `
import json, sys
from osgeo import ogr
ogr.UseExceptions()
rows = []
for suffix in sys.argv[2].split(','):
  first = ogr.Open(f'{sys.argv[1]}/large{suffix}.shp')
  more = [ogr.Open(f'{sys.argv[1]}/large{suffix}_fields{n}.dbf') for n in (2, 3)]
  for shapes in zip(*[source.GetLayer(0) for source in [first, *more]]):
    assert len({each.GetField('ID') for each in shapes}) == 1
    box = shapes[0].GetGeometryRef().GetEnvelope()
    whole = first.GetLayer(0).GetExtent()
    assert whole[0] <= box[0] and box[1] <= whole[1] and whole[2] <= box[2] and box[3] <= whole[3]
    row = {}
    for n, each in enumerate(shapes): row.update({name + f'@{n}': each.GetField(name) for name in each.keys()})
    rows.append([row, shapes[0].GetGeometryRef().Area()])
print(json.dumps(rows))`;
    const rows = JSON.parse(await tool('/usr/bin/python3', ['-c', script, folder, names.join(',')]));
    expect(rows).toHaveLength(features.length);
    const tables = ['', '_fields2', '_fields3'].map(
      (each) => fieldsOf.get(each) ?? new Map<string, string>(),
    );
    const read = (row: Readonly<Record<string, unknown>>, property: string): string =>
      [0, 1, 2]
        .map((part) => {
          const table = tables.findIndex((each) => each.has(`${property} ${part}`));
          return table < 0 ? '' : (row[`${tables[table]?.get(`${property} ${part}`)}@${table}`] ?? '');
        })
        .join('');
    for (const [index, { id, properties }] of features.entries()) {
      const [row, areaM2] = rows[index];
      expect([read(row, 'id'), areaM2]).toEqual([id, expect.closeTo(400, 6)]);
      for (const name of ['description_of_use', 'description_of_soil']) {
        expect(read(row, name).trimEnd()).toBe(String(properties[name] ?? '').trimEnd());
      }
      for (const name of ['exact', 'smallest', 'count_0', 'count_8']) {
        expect(Number(read(row, name))).toBe(properties[name]);
      }
    }
    const shortNames = [...tables].flatMap((table) => [...table.values()].filter((name) => name !== 'ID'));
    expect(shortNames.every((name) => name.length <= 10)).toBe(true);
    expect(new Set(shortNames).size).toBe(shortNames.length);
  });

  it('of a layer that changes while it is written is refused, not half of it', async () => {
    let asked = 0;
    const changing = () => streamed(asked++ === 0 ? features : features.slice(0, 1200));
    const written = async () => {
      for await (const { bytes } of writeShapefile(changing, layer, 2177, SMALL)) {
        for await (const part of bytes) expect(part.length).toBeGreaterThanOrEqual(0);
      }
    };
    await expect(written()).rejects.toThrow('changed while it was written');
  });
});
