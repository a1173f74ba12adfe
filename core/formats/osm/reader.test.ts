import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { describeWithSharedData, sharedData } from '../../../test/support/shared-data.ts';
import type { ReadEvent } from '../reader.ts';
import { OSM_XML } from './reader.ts';

async function read(text: string): Promise<readonly ReadEvent[]> {
  const events: ReadEvent[] = [];
  async function* chunks() {
    yield text;
  }
  for await (const event of OSM_XML.read(chunks(), {})) events.push(event);
  return events;
}
const streets = (events: readonly ReadEvent[]) =>
  events.flatMap((event) => (event.kind === 'object' ? [event.feature] : []));

const NODES = [1, 2, 3, 4, 5].map((n) => `<node id="${n}" lat="52.4" lon="16.${n}"/>`).join('');
const way = (id: number, nodes: readonly number[], tags: Record<string, string>) =>
  `<way id="${id}">${nodes.map((n) => `<nd ref="${n}"/>`).join('')}${Object.entries(tags)
    .map(([k, v]) => `<tag k="${k}" v="${v}"/>`)
    .join('')}</way>`;
const file = (...ways: string[]) => `<?xml version="1.0"?><osm version="0.6">${NODES}${ways.join('')}</osm>`;

describe('OpenStreetMap', () => {
  it('is known by its root, and cuts streets where others meet them', async () => {
    const text = file(
      way(10, [1, 2, 3], { highway: 'primary', name: 'Główna', lanes: '4', maxspeed: '70' }),
      way(11, [2, 4], { highway: 'residential', oneway: '-1', maxspeed: '20 mph' }),
      way(12, [3, 5], { highway: 'footway' }),
    );
    expect(OSM_XML.recognises(text)).toBe(true);
    const events = await read(text);
    expect(
      streets(events).map(({ id, properties }) => [id, properties['from_node'], properties['to_node']]),
    ).toEqual([
      ['OSM10-1', 'OSM1', 'OSM2'],
      ['OSM10-2', 'OSM2', 'OSM3'],
      ['OSM11-1', 'OSM4', 'OSM2'],
    ]);
    const [main, , side] = streets(events);
    expect(main?.properties).toMatchObject({
      class: 'main',
      name: 'Główna',
      lanes: 4,
      speed_kmh: 70,
      oneway: false,
    });
    expect(side?.properties).toMatchObject({ class: 'access', lanes: 1, speed_kmh: 32, oneway: true });
    expect(main?.geometry).toEqual({
      type: 'LineString',
      coordinates: [
        [16.1, 52.4],
        [16.2, 52.4],
      ],
    });
    expect(events.filter(({ kind }) => kind === 'note')).toHaveLength(1);
  });

  it('ends a way at the edge of the extract, and says so', async () => {
    const events = await read(file(way(10, [1, 2, 99], { highway: 'tertiary' })));
    expect(streets(events)).toHaveLength(1);
    expect(events).toContainEqual(expect.objectContaining({ kind: 'note', code: 'cut-way' }));
  });

  it('breaks off at a broken file', async () => {
    await expect(read(file('<way id="1"><nd'))).rejects.toThrow();
  });
});

describeWithSharedData('an extract of Le Mans', () => {
  it('gives a network whose sections meet at nodes', async () => {
    const text = gunzipSync(readFileSync(sharedData('osm/le-mans.osm.gz'))).toString('utf8');
    const roads = streets(await read(text));
    expect(roads.length).toBeGreaterThan(50);
    expect(new Set(roads.map(({ id }) => id)).size).toBe(roads.length);
    const places = new Map<string, string>();
    for (const { geometry, properties } of roads) {
      if (geometry?.type !== 'LineString') throw new Error('no line');
      for (const [node, at] of [
        [properties['from_node'], geometry.coordinates[0]],
        [properties['to_node'], geometry.coordinates.at(-1)],
      ] as const) {
        const place = String(at);
        expect(places.get(String(node)) ?? place).toBe(place);
        places.set(String(node), place);
      }
    }
    expect(places.size).toBeLessThan(2 * roads.length);
  });
});
