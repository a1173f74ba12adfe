/** What hostile bodies do to SensorThings: a whole thing with seeded faults in it, by every way of writing. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomOf } from '../../core/demo-city/random.ts';
import { openSensorThingsDoor, type SensorThingsDoor } from '../support/sensor-things-door.ts';

let door: SensorThingsDoor;
beforeAll(async () => {
  door = await openSensorThingsDoor();
});
afterAll(() => door.close());

const place = (type: string, coordinates: unknown) => ({
  name: 'p',
  description: 'p',
  encodingType: 'application/geo+json',
  location: { type, coordinates },
});
const value = (result: unknown) => ({
  phenomenonTime: '2026-05-01T00:00:00Z/2026-05-01T01:00:00Z',
  resultTime: '2026-05-01T00:00:00Z',
  result,
  resultQuality: 'high',
  validTime: '2026-05-01T00:00:00Z/2026-05-02T00:00:00Z',
  parameters: { a: 1 },
  FeatureOfInterest: {
    name: 'f',
    description: 'f',
    encodingType: 'application/geo+json',
    feature: { type: 'Point', coordinates: [1, 2] },
  },
});
const WHOLE = {
  name: 'n',
  description: 'd',
  properties: { kind: 'air', nested: { list: [1, { deep: null }] } },
  Locations: [
    place('Point', [16.9, 52.4]),
    place('Polygon', [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
    ]),
  ],
  HistoricalLocations: [
    {
      time: '2020-01-01T00:00:00Z',
      Locations: [
        place('LineString', [
          [0, 0],
          [1, 1],
        ]),
      ],
    },
  ],
  Datastreams: [
    {
      name: 'n',
      description: 'd',
      observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
      unitOfMeasurement: { name: null, symbol: 's', definition: 'd' },
      observedArea: { type: 'Point', coordinates: [1, 1] },
      properties: { expectedIntervalS: 600, validRange: [0, 100] },
      Sensor: { name: 's', description: 's', encodingType: 'x', metadata: {} },
      ObservedProperty: { name: 'o', description: 'o', definition: 'o' },
      Observations: [value(1)],
    },
  ],
};
const FAULTS: readonly [unknown, ...unknown[]] = [
  null,
  true,
  '',
  'text',
  'a\0b',
  '\u{d800}',
  0,
  -1,
  1e308,
  2 ** 53,
  0.1,
  [],
  {},
  [[]],
  [null],
  { '@iot.id': 1 },
  { '@iot.id': '1-2026-05-01T00:00:00Z' },
  { '@iot.id': -1 },
  { '@iot.id': null },
  [{ '@iot.id': 999_999 }],
  '2026-02-30T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '2026-05-01T00:00:00Z/2020-01-01T00:00:00Z',
  '😀'.repeat(6_000),
  { type: 'Point', coordinates: [1, 1, 1, 1] },
  { type: 'Feature', geometry: null },
  [180, 90],
  [-180.1, 0],
  { __proto__: null, constructor: 1 },
  "'; drop table live.thing; --",
];

type Node = Record<string, unknown> | unknown[];
const isNode = (each: unknown): each is Node => typeof each === 'object' && each !== null;

/** The places in a document that something else can be put at. */
function slotsOf(node: Node): readonly (readonly [Node, string])[] {
  return Object.entries(node).flatMap(([key, inner]) => [
    [node, key] as const,
    ...(isNode(inner) ? slotsOf(inner) : []),
  ]);
}

it('are refused in words or kept, soon, and never break anything', async () => {
  const { pick, integer, chance } = randomOf('bodies', 'fuzz');
  const fault = () => structuredClone(pick(FAULTS));
  const { id } = await door.make('/Things', WHOLE);
  const seen = new Set<number>();
  for (let round = 0; round < 400; round++) {
    const body: Record<string, unknown> = structuredClone(WHOLE);
    for (let faults = integer(1, 3); faults > 0; faults--) {
      const [node, key] = pick(slotsOf(body) as [[Node, string]]);
      if (chance(0.15)) Reflect.deleteProperty(node, key);
      else if (chance(0.1)) Reflect.set(node, 'unknown', fault());
      else Reflect.set(node, key, fault());
    }
    const [datastream] = Array.isArray(body['Datastreams']) ? body['Datastreams'] : [];
    const [path, method, sent] = pick([
      ['/Things', 'POST', body],
      [`/Things(${id})`, 'PATCH', body],
      [`/Things(${id})`, 'PUT', body],
      [`/Things(${id})/Datastreams`, 'POST', datastream ?? body],
      ['/Observations', 'POST', { ...value(fault()), Datastream: fault() }],
      [
        '/Datastreams(1)/Observations',
        'POST',
        {
          ...value(1),
          [pick([
            'result',
            'phenomenonTime',
            'validTime',
            'parameters',
            'resultQuality',
            'FeatureOfInterest',
          ])]: fault(),
        },
      ],
      [
        '/CreateObservations',
        'POST',
        [
          {
            Datastream: fault(),
            components: ['result', 'FeatureOfInterest/id'],
            dataArray: [[fault(), fault()], fault()],
          },
        ],
      ],
      ['/$batch', 'POST', { requests: [{ id: 'a', method: 'post', url: 'Things', body }, fault()] }],
      [
        '/$batch',
        'POST',
        {
          requests: [
            { id: 'a', method: 'post', url: 'Things', body: fault() },
            { id: 'b', method: pick(['get', 'patch', 'x']), url: String(fault()), body: fault() },
          ],
        },
      ],
    ] as [[string, string, unknown], ...[string, string, unknown][]]);
    const answer = await door.ask(path, { method, body: sent });
    seen.add(answer.status);
    expect([JSON.stringify(sent).slice(0, 3_000), path, method, answer.status, answer.body.message]).toEqual([
      expect.anything(),
      path,
      method,
      expect.toBeOneOf([200, 201, 400, 404, 409, 413]),
      answer.status < 300 ? undefined : expect.any(String),
    ]);
  }
  expect([...seen]).toEqual(expect.arrayContaining([200, 201, 400]));
  expect(door.app.log.filter(({ level }) => level === 'error')).toEqual([]);
  expect((await door.get(`/Things(${id})`))['@iot.id']).toBe(id);
});
