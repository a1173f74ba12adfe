import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeWithSharedData, sharedData } from '../../../test/support/shared-data.ts';
import type { Feature } from '../../feature/feature.ts';
import { parseCrs } from '../../geo/crs.ts';
import type { ReadEvent } from '../reader.ts';
import { CITYJSON } from './reader.ts';

async function read(text: string, crs?: string): Promise<ReadEvent[]> {
  async function* chunks() {
    // Pieces that end anywhere, also within a line.
    for (let at = 0; at < text.length; at += 10_007) yield text.slice(at, at + 10_007);
  }
  const events: ReadEvent[] = [];
  for await (const event of CITYJSON.read(chunks(), crs ? { crs: parseCrs(crs) } : {})) events.push(event);
  return events;
}
const featuresOf = (events: readonly ReadEvent[]): readonly Feature[] =>
  events.flatMap((event) => (event.kind === 'object' ? [event.feature] : []));
const rejectedOf = (events: readonly ReadEvent[]) =>
  events.flatMap((event) => (event.kind === 'rejected' ? [event.problem] : []));
const file = (name: string) => readFileSync(sharedData('cityjson', name), 'utf8');

const CUBE = {
  type: 'CityJSON',
  version: '2.0',
  transform: { scale: [0.001, 0.001, 0.001], translate: [6_428_000, 5_806_000, 70] },
  metadata: { referenceSystem: 'https://www.opengis.net/def/crs/EPSG/0/2177' },
  vertices: [
    ...[0, 10_123].flatMap((z) => [
      [0, 0, z],
      [10_001, 0, z],
      [10_001, 8002, z],
      [0, 8002, z],
    ]),
  ],
  CityObjects: {
    'Dom/ą': {
      type: 'Building',
      attributes: { storeysAboveGround: 3, name: '306401_1.0021.5.1_BUD', function: ['1000', '1010'] },
      children: ['part'],
      geometry: [{ type: 'MultiSurface', lod: '0', boundaries: [[[0, 3, 2, 1]]] }],
    },
    part: {
      type: 'BuildingPart',
      parents: ['Dom/ą'],
      attributes: { measuredHeight: 10.1, roofType: '1000' },
      geometry: [
        {
          type: 'Solid',
          lod: '2.2',
          boundaries: [
            [[[0, 3, 2, 1]], [[4, 5, 6, 7]], [[0, 1, 5, 4]], [[1, 2, 6, 5]], [[2, 3, 7, 6]], [[3, 0, 4, 7]]],
          ],
          semantics: { surfaces: [{ type: 'RoofSurface' }], values: [[null, 0, null, null, null, null]] },
        },
      ],
    },
    oak: { type: 'SolitaryVegetationObject', geometry: [] },
    shed: { type: 'Building', geometry: [{ type: 'MultiSurface', lod: 0, boundaries: [[[0, 3, 2, 1]]] }] },
    broken: { type: 'Building', geometry: [{ type: 'MultiSurface', lod: 1, boundaries: [[[0, 3, 99]]] }] },
  },
};

it('is a building with its part, in the position and with the meaning that the file gives', async () => {
  const events = await read(JSON.stringify(CUBE, null, 1));
  const [building, ...others] = featuresOf(events);
  expect(others).toEqual([]);
  expect(building).toMatchObject({
    layer: 'buildings_3d',
    id: 'Dom/ą',
    properties: {
      ...{ building_id: '306401_1.0021.5.1_BUD', lod: 2, state: 'built', surface_kinds: 'GRWWWW' },
      ...{ function: '1000, 1010', roof_type: '1000', height_m: 10.1, ground_height_m: 70, storeys_above: 3 },
    },
  });
  const roof = building?.geometry?.type === 'MultiPolygon' ? building.geometry.coordinates[1] : undefined;
  expect(roof).toEqual([
    [
      [6_428_000, 5_806_000, 80.123],
      [6_428_010.001, 5_806_000, 80.123],
      [6_428_010.001, 5_806_008.002, 80.123],
      [6_428_000, 5_806_008.002, 80.123],
      [6_428_000, 5_806_000, 80.123],
    ],
  ]);
  expect(rejectedOf(events).map(({ objectId, code }) => [objectId, code])).toEqual([
    ['oak', 'class-not-stored'],
    ['shed', 'missing-geometry'],
    ['broken', 'invalid-geometry'],
  ]);
});

it('without a CRS takes over nothing, unless one is given', async () => {
  const { metadata: _, ...bare } = CUBE;
  const text = JSON.stringify(bare);
  expect(rejectedOf(await read(text)).map(({ code }) => code)).toContain('unknown-crs');
  const events = await read(text, 'urn:ogc:def:crs:EPSG::2177');
  expect(featuresOf(events)).toEqual(featuresOf(await read(JSON.stringify(CUBE))));
  expect(events.flatMap((event) => (event.kind === 'note' ? event.code : []))).toContain('crs-given');
});

it.each([
  ['that is cut off', JSON.stringify(CUBE).slice(0, 900), 'cut off'],
  ['of a version to come', JSON.stringify({ ...CUBE, version: '3.0' }), 'CityJSON 3.0'],
  ['of a sequence with another line', `${JSON.stringify(CUBE)}\n{"type":"Feature"}\n`, 'CityJSONFeature'],
])('%s is refused in words', async (_, text, words) => {
  await expect(read(text)).rejects.toThrow(words);
});

describeWithSharedData('buildings of ../shared/data/cityjson', () => {
  it.each([
    // Counted in the files: buildings, their levels of detail, objects of other classes.
    ['delft.json', 160, [1], 410],
    ['DH_01_subs.city.json', 4, [2], 0],
    ['multi_lod.json', 10, [2], 0],
    ['lod2_buildings_v2.json', 100, [2], 0],
    ['rotterdam/rotterdam_subset.json', 16, [2], 0],
    ['lod2_buildings_as_CityJSON_features.jsonl', 100, [2], 0],
  ])('%s: %i buildings', async (name, buildings, lods, others) => {
    const text = file(name);
    expect(CITYJSON.recognises(text.slice(0, 16_384))).toBe(true);
    const events = await read(text, 'EPSG:25833');
    const features = featuresOf(events);
    expect(features).toHaveLength(buildings);
    expect(new Set(features.map(({ properties }) => properties['lod']))).toEqual(new Set(lods));
    expect(rejectedOf(events).filter(({ code }) => code === 'class-not-stored')).toHaveLength(others);
    expect(rejectedOf(events)).toHaveLength(others);
    for (const { geometry, properties } of features) {
      const faces = geometry?.type === 'MultiPolygon' ? geometry.coordinates.length : 0;
      expect(String(properties['surface_kinds'])).toHaveLength(faces);
      expect(String(properties['surface_kinds'])).toMatch(/[GR]/);
    }
  });

  it('are the same from a document and from its sequence', async () => {
    const [document, sequence] = await Promise.all(
      ['lod2_buildings_v2.json', 'lod2_buildings_as_CityJSON_features.jsonl'].map(async (name) =>
        featuresOf(await read(file(name), 'EPSG:3068')),
      ),
    );
    expect(sequence).toEqual(document);
  });
});
