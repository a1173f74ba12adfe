import { expect, it } from 'vitest';
import type { Feature } from '../feature/feature.ts';
import { coordinateStyle, plainText, roundedText } from './coordinate-text.ts';
import { featureText, writeFeatureCollection } from './geojson.ts';

const METRES = coordinateStyle({ srid: 2177, order: 'easting-northing' });

it.each([
  [1e-7, '0.0000001'],
  [-1.5e-9, '-0.0000000015'],
  [1.25e22, '12500000000000000000000'],
  [6427000.123, '6427000.123'],
  [-0, '0'],
])('writes %d without exponent', (value, text) => {
  expect(plainText(value)).toBe(text);
});

it('rounds to a millimetre and leaves no minus zero', () => {
  expect(roundedText(5806000.00049, 3)).toBe('5806000');
  expect(roundedText(-0.0001, 3)).toBe('0');
  expect(roundedText(0.0000000014, 9)).toBe('0.000000001');
});

it('turns shells counter-clockwise and holes clockwise, whichever axis is written first', () => {
  const clockwise = [
    [0, 0],
    [0, 9],
    [9, 9],
    [9, 0],
    [0, 0],
  ] as const;
  const polygon: Feature = {
    layer: 'a',
    id: '169/4',
    geometry: { type: 'Polygon', coordinates: [clockwise, clockwise.toReversed()] },
    properties: { area: 1e-7, name: 'a"b', none: null },
  };
  expect(JSON.parse(featureText(polygon, METRES))).toEqual({
    type: 'Feature',
    id: '169/4',
    geometry: { type: 'Polygon', coordinates: [clockwise.toReversed(), clockwise] },
    properties: { area: 1e-7, name: 'a"b', none: null },
  });
  const swapped = JSON.parse(featureText(polygon, { ...METRES, order: 'northing-easting' }));
  expect(swapped.geometry.coordinates[0].slice(0, 2)).toEqual([
    [0, 0],
    [0, 9],
  ]);
});

it('keeps the direction of surfaces in space', () => {
  const ring = [
    [0, 0, 1],
    [0, 9, 1],
    [9, 9, 1],
    [0, 0, 1],
  ] as const;
  const roof: Feature = {
    layer: 'a',
    id: '1',
    geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
    properties: {},
  };
  expect(JSON.parse(featureText(roof, METRES)).geometry.coordinates).toEqual([[ring]]);
});

it('streams a collection in chunks and tells the tail what was written', async () => {
  async function* features(): AsyncGenerator<Feature> {
    for (let i = 0; i < 8000; i++) {
      yield { layer: 'a', id: `${i}`, geometry: undefined, properties: { text: 'x'.repeat(50) } };
    }
  }
  const chunks: Uint8Array[] = [];
  const options = {
    style: METRES,
    head: { numberMatched: 8000, absent: undefined },
    tail: (numberReturned: number, last: Feature | undefined) => ({ numberReturned, last: last?.id }),
  };
  for await (const chunk of writeFeatureCollection(features(), options)) chunks.push(chunk);
  const whole = JSON.parse(Buffer.concat(chunks).toString());
  expect(chunks.length).toBeGreaterThan(4);
  expect(whole).toMatchObject({
    type: 'FeatureCollection',
    numberMatched: 8000,
    numberReturned: 8000,
    last: '7999',
  });
  expect(whole.features).toHaveLength(8000);
});
