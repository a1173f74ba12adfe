import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { describeWithSharedData, sharedData } from '../../../test/support/shared-data.ts';
import type { ReadEvent } from '../reader.ts';
import { isOsmPbf, readOsmPbf } from './pbf.ts';
import { OSM_XML } from './reader.ts';

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 999) yield bytes.subarray(at, at + 999);
}

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

  it('bans the turns of its relations, and all others where only one is allowed', async () => {
    const restriction = (rule: string, from: number, via: number, to: number, more = '') =>
      `<relation id="${from}"><member type="way" ref="${from}" role="from"/><member type="node" ref="${via}" role="via"/>
        <member type="way" ref="${to}" role="to"/><tag k="type" v="restriction"/><tag k="${rule.split('=')[0]}" v="${rule.split('=')[1]}"/>${more}</relation>`;
    const events = await read(
      file(
        way(10, [1, 2], { highway: 'primary' }),
        way(11, [2, 3], { highway: 'primary' }),
        way(12, [2, 4], { highway: 'residential' }),
        way(13, [2, 5], { highway: 'residential' }),
        restriction('restriction=no_left_turn', 10, 2, 12),
        restriction('restriction=only_straight_on', 11, 2, 10),
        restriction('restriction=no_u_turn', 12, 2, 12),
        restriction('restriction:conditional=no_left_turn @ (06:00-18:00)', 13, 2, 10),
        restriction('restriction=no_right_turn', 13, 2, 11, '<tag k="except" v="bus;motorcar"/>'),
        restriction('restriction=no_right_turn', 13, 4, 11),
      ),
    );
    expect(streets(events).map(({ id, properties }) => [id, properties['no_turn_to']])).toEqual([
      ['OSM10-1', 'OSM12-1'],
      ['OSM11-1', 'OSM12-1,OSM13-1'],
      ['OSM12-1', 'OSM12-1'],
      ['OSM13-1', null],
    ]);
    expect(events.flatMap((event) => (event.kind === 'note' ? [event.code] : []))).toEqual([
      'turn-rule-not-for-all',
      'turn-rule-not-placed',
    ]);
  });

  it('puts a signal at the ends of streets that its junction, or a stop line just before it, has', async () => {
    const at = (id: number, east: number, tags: Record<string, string> = {}) =>
      `<node id="${id}" lat="52.4" lon="${16.9 + east / 67_000}">${Object.entries(tags)
        .map(([k, v]) => `<tag k="${k}" v="${v}"/>`)
        .join('')}</node>`;
    const light = { highway: 'traffic_signals' };
    const text = `<osm version="0.6">${[
      at(1, 0, light),
      at(2, 300),
      at(3, 20, { ...light, 'traffic_signals:direction': 'backward' }),
      at(4, 150, light),
      at(6, -300),
      at(7, -20, light),
    ].join('')}${[
      way(10, [1, 3, 4, 2], { highway: 'primary' }),
      way(11, [6, 7, 1], { highway: 'primary', oneway: 'yes' }),
    ].join('')}</osm>`;
    const events = await read(text);
    expect(
      streets(events).map(({ properties }) => [properties['signal_from'], properties['signal_to']]),
    ).toEqual([
      ['41/90', null],
      [null, '41/90'],
    ]);
    expect(events.flatMap((event) => (event.kind === 'note' ? [event.code] : []))).toEqual([
      'signal-not-placed',
      'signal-timing-assumed',
    ]);
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
    // Five of its nine relations; one leads over a way, three name ways that do not end at their junction.
    expect(
      roads.flatMap(({ id, properties }) =>
        properties['no_turn_to'] === null ? [] : [[id, properties['no_turn_to']]],
      ),
    ).toEqual([
      ['OSM25074606-2', 'OSM567535211-1'],
      ['OSM567535211-1', 'OSM25074606-2,OSM597846326-1'],
      ['OSM597846316-1', 'OSM597846319-1'],
      ['OSM597846326-1', 'OSM567535211-1'],
    ]);
    expect(roads.filter(({ properties }) => properties['signal_to'] === '41/90').length).toBe(7);
  });

  it('is the same as PBF and as XML', async () => {
    const text = gunzipSync(readFileSync(sharedData('osm/le-mans.osm.gz'))).toString('utf8');
    const events: ReadEvent[] = [];
    for await (const event of readOsmPbf(pieces(readFileSync(sharedData('osm/le-mans.osm.pbf'))))) {
      events.push(event);
    }
    const rounded = (read: readonly ReadEvent[]) =>
      streets(read)
        .map((road) => ({
          ...road,
          geometry: JSON.stringify(road.geometry, (_, value) =>
            typeof value === 'number' ? value.toFixed(7) : value,
          ),
        }))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(rounded(events)).toEqual(rounded(await read(text)));
  });

  it('is refused as PBF when it is cut off or damaged, and read in pieces of any size', async () => {
    const bytes = readFileSync(sharedData('osm/le-mans.osm.pbf'));
    const all = async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const _ of readOsmPbf(chunks));
    };
    expect(isOsmPbf(bytes)).toBe(true);
    await expect(all(pieces(bytes.subarray(0, 50_000)))).rejects.toThrow(/Block \d+ .*cut off/);
    const damaged = Uint8Array.from(bytes);
    damaged.fill(7, 3_000, 3_100);
    await expect(all(pieces(damaged))).rejects.toThrow(/damaged/);
  });
});
