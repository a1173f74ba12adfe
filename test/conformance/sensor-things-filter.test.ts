/** `$filter` of SensorThings 1.1 (18-088, 9.3.3.5): each operator and function, and what hostile texts do. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomOf } from '../../core/demo-city/random.ts';
import { type Document, openSensorThingsDoor, type SensorThingsDoor } from '../support/sensor-things-door.ts';

let door: SensorThingsDoor;

const DAY = '2026-06-01';
/** The result says which observation it is; times of every kind. */
const VALUES = [
  { result: 1, phenomenonTime: `${DAY}T00:00:00Z`, resultTime: `${DAY}T00:00:01.500Z` },
  { result: 2, phenomenonTime: `${DAY}T06:00:00Z/${DAY}T07:00:00Z`, parameters: { battery: 3.5, ok: true } },
  {
    result: 3,
    phenomenonTime: `${DAY}T07:00:00Z/${DAY}T09:00:00Z`,
    parameters: { battery: 3, ok: false, at: '2026-06-01T08:00:00Z' },
  },
  { result: 4.5, phenomenonTime: `${DAY}T12:30:15Z`, resultQuality: { code: 'good', list: [1, 'two'] } },
  { result: -5, phenomenonTime: '2025-12-31T23:00:00Z', validTime: `${DAY}T00:00:00Z/${DAY}T02:00:00Z` },
];
const WORDS = ['rain', 'Śnieg'];
const TRUE = { result: true, phenomenonTime: `${DAY}T20:00:00Z` };
const OBJECT = { result: { level: 7 }, phenomenonTime: `${DAY}T21:00:00Z` };

const thing = (name: string, lon: number, lat: number, more: object = {}) => ({
  name,
  description: `${name} 'quoted'`,
  properties: { floor: lon, tags: ['a', 'b'], deep: { er: name } },
  Locations: [
    {
      name,
      description: name,
      encodingType: 'application/geo+json',
      location: { type: 'Point', coordinates: [lon, lat] },
    },
  ],
  ...more,
});

beforeAll(async () => {
  door = await openSensorThingsDoor();
  const stream = (name: string, Observations: readonly object[]) => ({
    name,
    description: name,
    observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Observation',
    unitOfMeasurement: { name: null, symbol: name === 'numbers' ? '°C' : null, definition: null },
    properties: { expectedIntervalS: 600 },
    Sensor: { name: `sensor of ${name}`, description: 's', encodingType: 'text/html', metadata: 'm' },
    ObservedProperty: { name, definition: `http://example.org/${name}`, description: 'o' },
    Observations,
  });
  const words = WORDS.map((result, n) => ({ result, phenomenonTime: `2026-06-0${n + 2}T00:00:00Z` }));
  await door.make('/Things', {
    ...thing('first', 16, 52),
    Datastreams: [stream('numbers', VALUES), stream('words', [...words, TRUE, OBJECT])],
  });
  await door.make('/Things', thing('Second', 17, 53));
  await door.make('/Things', thing('third', 20, 50));
  await door.make('/Locations', {
    ...thing('line', 0, 0).Locations[0],
    location: {
      type: 'LineString',
      coordinates: [
        [10, 50],
        [10, 53],
        [14, 53],
      ],
    },
  });
  await door.make('/Locations', {
    ...thing('abroad', 0, 0).Locations[0],
    location: { type: 'Point', coordinates: [-114.05, 51.05] },
  });
});
afterAll(() => door.close());

const found = async (path: string, member: string) =>
  (await door.all(path)).map((one: Document) => one[member]);
const results = (filter: string) =>
  found(`/Observations?$filter=${encodeURIComponent(filter)}&$orderby=phenomenonTime`, 'result');
const things = (filter: string) =>
  found(`/Things?$filter=${encodeURIComponent(filter)}&$orderby=@iot.id`, 'name');
const places = (filter: string) =>
  found(`/Locations?$filter=${encodeURIComponent(filter)}&$orderby=@iot.id`, 'name');

describe('$filter finds', () => {
  it.each<[string, readonly unknown[]]>([
    ['result eq 3', [3]],
    ['result ne 3 and result lt 100', [-5, 1, 2, 4.5]],
    ['3 lt result', [4.5]],
    ['result ge 3', [3, 4.5]],
    ['result lt 1 or result gt 4', [-5, 4.5]],
    ['not result gt 1', [-5, 1]],
    ['not (result eq 1) and result le 2', [-5, 2]],
    ['result in (1, 2, 99)', [1, 2]],
    ["result in ('rain')", ['rain']],
    ['result add 1 eq 2 or result sub 1 eq 1', [1, 2]],
    ['result mul 2 eq 9 or result div 3 eq 1', [3, 4.5]],
    ['result mod 2 eq 1', [1, 3]],
    ['result div 0 eq 1', []],
    ['-result eq 5', [-5]],
    ['1 add 2 mul 2 eq 5 and result eq 1', [1]],
    ['(1 add 2) mul 2 eq 6 and result eq 1', [1]],
    ['round(result) eq 5', [4.5]],
    ['floor(result) eq 4 and ceiling(result) eq 5', [4.5]],
    ["result eq 'rain'", ['rain']],
    ["startswith(result, 'ra')", ['rain']],
    ['result eq true', [true]],
    ['result/level gt 6', [{ level: 7 }]],
    [`phenomenonTime eq ${DAY}T00:00:00Z`, [1]],
    [`phenomenonTime eq ${DAY}T02:00:00+02:00`, [1]],
    [`phenomenonTime lt ${DAY}T07:00:00Z`, [-5, 1, 2]],
    [`phenomenonTime le ${DAY}T09:00:00Z and phenomenonTime gt ${DAY}T06:00:00Z`, [3]],
    [`phenomenonTime gt 2026-06-02`, ['Śnieg']],
    [`before(phenomenonTime, ${DAY}T07:00:00Z)`, [-5, 1, 2]],
    [`after(phenomenonTime, ${DAY}T12:00:00Z) and result lt 9`, [4.5]],
    [`meets(phenomenonTime, ${DAY}T06:30:00Z/${DAY}T07:00:00Z)`, [3]],
    [`during(phenomenonTime, ${DAY}T06:00:00Z/${DAY}T08:00:00Z)`, [2]],
    [`overlaps(phenomenonTime, ${DAY}T06:30:00Z/${DAY}T07:30:00Z)`, [2, 3]],
    [`overlaps(phenomenonTime, ${DAY}T12:00:00Z/${DAY}T13:00:00Z)`, [4.5]],
    [`overlaps(phenomenonTime, ${DAY}T08:00:00Z)`, [3]],
    [`starts(phenomenonTime, ${DAY}T07:00:00Z)`, [3]],
    [`finishes(phenomenonTime, ${DAY}T07:00:00Z)`, [2]],
    [`phenomenonTime lt ${DAY}T00:00:00Z/${DAY}T01:00:00Z`, [-5]],
    [`overlaps(validTime, ${DAY}T01:00:00Z)`, [-5]],
    ['validTime ne null', [-5]],
    ['resultTime ne null', [1]],
    ['fractionalseconds(resultTime) eq 0.5 and second(resultTime) eq 1', [1]],
    ['year(phenomenonTime) eq 2025 and month(phenomenonTime) eq 12 and day(phenomenonTime) eq 31', [-5]],
    ['hour(phenomenonTime) eq 12 and minute(phenomenonTime) eq 30 and second(phenomenonTime) eq 15', [4.5]],
    ['date(phenomenonTime) eq 2025-12-31', [-5]],
    ['time(phenomenonTime) eq 12:30:15', [4.5]],
    ['totaloffsetminutes(phenomenonTime) eq 0 and result eq 1', [1]],
    [
      'phenomenonTime lt now() and phenomenonTime gt mindatetime() and now() lt maxdatetime() and result eq 1',
      [1],
    ],
    [`phenomenonTime add duration'PT1H' eq ${DAY}T01:00:00Z`, [1]],
    [`resultTime sub phenomenonTime gt duration'PT1S'`, [1]],
    ['parameters/battery gt 3.2', [2]],
    ['parameters/ok eq false', [3]],
    [`parameters/at eq ${DAY}T08:00:00Z`, [3]],
    ["resultQuality/code eq 'good' and resultQuality/list[1] eq 'two' and resultQuality/list/0 eq 1", [4.5]],
    ["Datastream/Thing/name eq 'first' and Datastream/name eq 'numbers' and result gt 3", [4.5]],
    ["Datastream/ObservedProperty/name eq 'words' and result eq 'rain'", ['rain']],
    ["FeatureOfInterest/name eq 'first' and result eq 1", [1]],
    [`@iot.id eq '1-${DAY}T00:00:00Z'`, [1]],
    [`id in ('1-${DAY}T00:00:00Z', 'none')`, [1]],
  ])('of observations by %s: %j', async (filter, expected) => {
    expect(await results(filter)).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    ["name eq 'first'", ['first']],
    ["description eq 'first ''quoted'''", ['first']],
    ["name gt 'f'", ['first', 'third']],
    ["startswith(name, 'th') or endswith(name, 'nd')", ['Second', 'third']],
    ["substringof('ir', name)", ['first', 'third']],
    ["contains(name, 'ir')", ['first', 'third']],
    ["tolower(name) eq 'second' and toupper(name) eq 'SECOND'", ['Second']],
    ["length(name) eq 6 and indexof(name, 'c') eq 2", ['Second']],
    ["substring(name, 1, 2) eq 'hi' and substring(name, 3) eq 'rd'", ['third']],
    ["trim(concat(' ', name)) eq 'third'", ['third']],
    ['properties/floor gt 16', ['Second', 'third']],
    ["properties/deep/er eq 'third' and properties/tags[0] eq 'a'", ['third']],
    ['properties/nothing eq null', ['first', 'Second', 'third']],
    ['@iot.id eq 2', ['Second']],
    ['id gt 1', ['Second', 'third']],
    ["Datastreams/name eq 'words'", ['first']],
    ["Datastreams/name eq 'words' and Datastreams/unitOfMeasurement/symbol eq '°C'", []],
    ['Datastreams/properties/expectedIntervalS eq 600', ['first']],
    ['Datastreams/Observations/result gt 4', ['first']],
    ['Locations/location/coordinates/0 eq 17', ['Second']],
    [
      "st_within(Locations/location, geography'POLYGON ((15 51, 18 51, 18 54, 15 54, 15 51))')",
      ['first', 'Second'],
    ],
    ['true', ['first', 'Second', 'third']],
    ['false or false', []],
  ])('of things by %s: %j', async (filter, expected) => {
    expect(await things(filter)).toEqual(expected);
  });

  const BOX = "geography'POLYGON((15 51,18 51,18 54,15 54,15 51))'";
  it.each<[string, readonly string[]]>([
    ["geo.distance(location, geography'POINT (16 52.5)') lt 1", ['first']],
    ['geo.length(location) eq 7', ['line']],
    [`geo.intersects(location, ${BOX})`, ['first', 'Second']],
    [`st_within(location, ${BOX})`, ['first', 'Second']],
    [`not st_disjoint(location, ${BOX})`, ['first', 'Second']],
    ["st_equals(location, geography'POINT(-114.05 51.05)')", ['abroad']],
    ["st_touches(location, geography'LINESTRING(10 50, 0 50)')", ['line']],
    ["st_crosses(location, geography'LINESTRING(9 51, 11 51)')", ['line']],
    ["st_overlaps(location, geography'LINESTRING(10 49, 10 51)')", ['line']],
    ["st_intersects(location, geography'MULTIPOINT(16 52, 20 50)')", ['first', 'third']],
    ["st_contains(location, geography'POINT(10 51)')", ['line']],
    ["st_relate(location, geography'POINT(16 52)', '0FFFFFFF2')", ['first']],
    ["location/type eq 'LineString'", ['line']],
  ])('of places by %s: %j', async (filter, expected) => {
    expect(await places(filter)).toEqual(expected);
  });

  it('in the same order whether paged or not', async () => {
    const ordered = (top: number) =>
      found(`/Observations?$orderby=result desc,parameters/battery&$top=${top}`, 'result');
    expect(await ordered(2)).toEqual(await ordered(100));
    expect(
      await found("/Locations?$orderby=geo.distance(location, geography'POINT(20 50)')&$top=2", 'name'),
    ).toEqual(['third', 'Second', 'first', 'line', 'abroad']);
  });
});

describe('$filter refuses', () => {
  it.each([
    'name',
    'name eq',
    "name eq 'x",
    'name eq x',
    'eq',
    '(name eq 1',
    "name eq 'x')",
    "name eq 'x' and",
    'result gt 1e999',
    "nothing(name) eq 'x'",
    "length('a', 'b') eq 1",
    'length(5) eq 1',
    "name add 1 eq 'x'",
    'name eq 2026-13-01T00:00:00Z',
    'name eq 2026-02-30',
    "geo.distance(name, geography'POINT(1 1)') lt 1",
    "st_within(Locations/location, geography'POINT(500 1)')",
    "st_within(Locations/location, geography'POLYGON((0 0, 1 1))')",
    "st_within(Locations/location, geography'nonsense')",
    "st_relate(Locations/location, geography'POINT(1 1)', 'x')",
    "name eq duration'P1Y'",
    'Datastreams eq 1 or Nothing/name eq 1',
    `${'('.repeat(60)}true${')'.repeat(60)}`,
    `${'not '.repeat(60)}true`,
    `name eq '${'x'.repeat(9_000)}'`,
    `id in (${Array.from({ length: 600 }, (_, n) => n).join(',')})`,
  ])('%s', async (filter) => {
    const { status, body } = await door.ask(`/Things?$filter=${encodeURIComponent(filter)}`);
    expect([status, body.code, body.parameter]).toEqual([400, 400, '$filter']);
  });

  it('nothing that is SQL only, which stays a text', async () => {
    for (const text of ["'; drop table live.thing; --", "' or 1=1 --", '$1', '%', '\\', 'name"']) {
      const literal = text.replaceAll("'", "''");
      expect(await things(`name eq '${literal}' or startswith(name, '${literal}')`)).toEqual([]);
      expect(await things(`properties/deep/er eq '${literal}'`)).toEqual([]);
    }
    expect(await things("name eq 'first'")).toEqual(['first']);
  });
});

describe('any text', () => {
  const WORDS_OF_IT = [
    'name',
    'result',
    'Datastreams/name',
    'Datastream/Thing/name',
    'phenomenonTime',
    'location',
    'properties/a/b',
    'id',
    'eq',
    'ne',
    'gt',
    'and',
    'or',
    'not',
    'in',
    'add',
    'sub',
    'mul',
    'div',
    'mod',
    '(',
    ')',
    '(',
    ')',
    ',',
    '/',
    '[1]',
    '-',
    '1',
    '0',
    '1e308',
    '-5',
    "'x'",
    "'",
    'null',
    'true',
    '2026-06-01T00:00:00Z',
    '2026-06-01',
    '10:00:00',
    '2026-06-01T00:00:00Z/2026-06-02T00:00:00Z',
    "duration'PT1H'",
    "geography'POINT(1 1)'",
    "geography'POLYGON((0 0,1 1,1 0,0 1,0 0))'",
    'now()',
    'length(',
    'substring(name,',
    'st_within(location,',
    'geo.distance(',
    'year(',
    'round(',
    'overlaps(',
    '$it',
    '@iot.id',
    ';',
    '%',
    '\\',
    '$expand=',
    'Observations',
    '😀',
    '=',
  ] as const;
  const SETS = [
    'Things',
    'Locations',
    'Datastreams',
    'Observations',
    'FeaturesOfInterest',
    'HistoricalLocations',
  ];

  it('is answered or refused in words, soon, and never breaks anything', async () => {
    const { next, pick: choose } = randomOf('filter', 'fuzz');
    const pick = (list: readonly string[]) => choose(list as [string, ...string[]]);
    const seen = new Map<number, number>();
    for (let round = 0; round < 600; round++) {
      const words = Array.from({ length: 1 + Math.floor(next() * 9) }, () => pick(WORDS_OF_IT));
      const text = words.join(pick([' ', ' ', '']));
      const option = pick([
        '$filter',
        '$filter',
        '$filter',
        '$orderby',
        '$expand',
        '$select',
        '$skiptoken',
        '$top',
      ]);
      const { status, body } = await door.ask(`/${pick(SETS)}?${option}=${encodeURIComponent(text)}`);
      seen.set(status, (seen.get(status) ?? 0) + 1);
      expect([text, status]).toEqual([text, expect.toBeOneOf([200, 400])]);
      if (status === 400)
        expect(body).toMatchObject({ code: 400, type: 'error', message: expect.any(String) });
    }
    expect([...seen.keys()].toSorted()).toEqual([200, 400]);
    expect(door.app.log.filter(({ level }) => level === 'error')).toEqual([]);
    expect(await things("name eq 'first'")).toEqual(['first']);
  });

  it('of an expansion that would never end is bounded', async () => {
    const nested = (depth: number): string =>
      depth === 0 ? 'Thing' : `Thing($expand=Datastreams($expand=${nested(depth - 1)}))`;
    for (const expand of [
      nested(6),
      Array.from({ length: 40 }, () => 'Datastreams/Thing/Datastreams').join(','),
      `Datastreams${'/Thing/Datastreams'.repeat(10)}`,
      '('.repeat(5_000),
    ]) {
      expect((await door.ask(`/Datastreams?$expand=${encodeURIComponent(expand)}`)).status).toBe(400);
    }
  });
});
