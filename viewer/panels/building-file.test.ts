import { expect, it } from 'vitest';
import { CITYJSON } from '../../core/formats/cityjson/reader.ts';
import type { MultiPolygon } from '../../core/geo/geometry.ts';
import { sampleBuildings } from '../../test/support/sample-buildings.ts';
import { buildingsFile, massOf } from './building-file.ts';

const BUILDINGS = sampleBuildings(5, [6_427_100, 5_808_100]).map(({ id, geometry, properties }) => ({
  ...{ id, geometry, properties },
}));

it('what was chosen is a CityJSON file that reads back as the same bodies', async () => {
  const text = await (await buildingsFile(BUILDINGS, ['of a test'])).text();
  const chunks = async function* () {
    yield text;
  };
  const read = new Map<string, number>();
  for await (const event of CITYJSON.read(chunks(), {})) {
    if (event.kind === 'object')
      read.set(event.feature.id, (event.feature.geometry as MultiPolygon).coordinates.length);
  }
  expect([...read]).toEqual(
    BUILDINGS.map(({ id, geometry }) => [id, (geometry as MultiPolygon).coordinates.length]),
  );
  expect(JSON.parse(text).metadata.title).toContain('of a test');
});

it('tells the volume of closed bodies, and leaves open ones out of it', () => {
  const [first] = BUILDINGS;
  if (!first) throw new Error('there is no building');
  const whole = massOf([first]);
  expect(whole.volumeM3).toBeGreaterThan(0);
  const { coordinates } = first.geometry as MultiPolygon;
  const holed = { ...first, geometry: { type: 'MultiPolygon', coordinates: coordinates.slice(1) } as const };
  expect(massOf([first, holed])).toEqual({ ...whole, open: 1 });
});
