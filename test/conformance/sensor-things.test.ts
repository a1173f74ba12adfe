/** OGC SensorThings 1.1 (18-088) by its requirement classes; FROST's behaviour where the text leaves a choice. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONFORMANCE } from '../../server/protocols/sta/conformance.ts';
import { type Document, openSensorThingsDoor, type SensorThingsDoor } from '../support/sensor-things-door.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

let door: SensorThingsDoor;
beforeAll(async () => {
  door = await openSensorThingsDoor();
});
afterAll(() => door.close());

const MEASUREMENT = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement';
const place = (name: string, lon: number, lat: number) => ({
  name,
  description: name,
  encodingType: 'application/geo+json',
  location: { type: 'Point', coordinates: [lon, lat] },
});
const SENSOR = { name: 'T-1', description: 't', encodingType: 'text/html', metadata: 'https://example.org' };
const PROPERTY = { name: 'Temperature', definition: 'http://example.org/t', description: 't' };
const stream = (name: string, more: object = {}) => ({
  name,
  description: name,
  observationType: MEASUREMENT,
  unitOfMeasurement: { name: 'degree', symbol: '°C', definition: 'ucum:Cel' },
  Sensor: SENSOR,
  ObservedProperty: PROPERTY,
  ...more,
});
const observation = (day: number, result: unknown, more: object = {}) => ({
  phenomenonTime: `2026-05-${String(day).padStart(2, '0')}T00:00:00Z`,
  result,
  ...more,
});
const thing = (name: string, more: object = {}) => ({ name, description: name, ...more });
const whole = (name: string) =>
  thing(name, {
    properties: { kind: 'air' },
    Locations: [place(`${name} place`, 16.9, 52.4)],
    Datastreams: [stream(`${name} T`, { Observations: [observation(1, 3), observation(2, 4.5)] })],
  });
const names = (entities: readonly Document[]) => entities.map(({ name }) => name);
const results = (entities: readonly Document[]) => entities.map(({ result }) => result);

describe('the service root', () => {
  it('names every entity set and exactly the classes that have a test here', async () => {
    const root = await door.get('');
    expect(root.value).toHaveLength(8);
    for (const { url } of root.value) expect((await door.ask(url)).status).toBe(200);
    expect(root.serverSettings.conformance).toEqual(CONFORMANCE);
    const here = readFileSync(import.meta.filename, 'utf8');
    for (const uri of CONFORMANCE) expect(here).toContain(`describe('req/${uri.split('/req/')[1]}'`);
  });
});

describe('req/datamodel', () => {
  it('gives every entity its properties and links', async () => {
    const { self } = await door.make('/Things', whole('model'));
    const entities = {
      Things: await door.get(self),
      Locations: (await door.get(`${self}/Locations`)).value[0],
      HistoricalLocations: (await door.get(`${self}/HistoricalLocations`)).value[0],
      Datastreams: (await door.get(`${self}/Datastreams`)).value[0],
    };
    const datastream = entities.Datastreams['@iot.selfLink'];
    const others = {
      Sensors: await door.get(`${datastream}/Sensor`),
      ObservedProperties: await door.get(`${datastream}/ObservedProperty`),
      Observations: (await door.get(`${datastream}/Observations`)).value[0],
      FeaturesOfInterest: await door
        .get(`${datastream}/Observations`)
        .then(({ value }) => door.get(value[0]['FeatureOfInterest@iot.navigationLink'])),
    };
    const described = ['@iot.id', '@iot.selfLink', 'name', 'description', 'properties'];
    const expected: Record<string, readonly string[]> = {
      Things: [...described, ...links('Locations', 'HistoricalLocations', 'Datastreams')],
      Locations: [...described, 'encodingType', 'location', ...links('Things', 'HistoricalLocations')],
      HistoricalLocations: ['@iot.id', '@iot.selfLink', 'time', ...links('Thing', 'Locations')],
      Datastreams: [
        ...described,
        'observationType',
        'unitOfMeasurement',
        'phenomenonTime',
        ...links('Thing', 'Sensor', 'ObservedProperty', 'Observations'),
      ],
      Sensors: [...described, 'encodingType', 'metadata', ...links('Datastreams')],
      ObservedProperties: [...described, 'definition', ...links('Datastreams')],
      Observations: [
        '@iot.id',
        '@iot.selfLink',
        'phenomenonTime',
        'resultTime',
        'result',
        'resultQuality',
        'parameters',
        ...links('Datastream', 'FeatureOfInterest'),
      ],
      FeaturesOfInterest: [...described, 'encodingType', 'feature', ...links('Observations')],
    };
    for (const [set, entity] of Object.entries({ ...entities, ...others })) {
      expect([set, Object.keys(entity).toSorted()]).toEqual([set, expected[set]?.toSorted()]);
    }
    expect(entities.Datastreams.phenomenonTime).toBe('2026-05-01T00:00:00Z/2026-05-02T00:00:00Z');
  });

  it.each([
    ['text', 'rain'],
    ['a truth value', true],
    ['false', false],
    ['an object', { level: 3, of: ['a'] }],
    ['a list', [1, 'two', null]],
    ['a number', -1.5e-7],
    ['an empty text', ''],
  ])('keeps a result that is %s, with all that an Observation may say', async (_, result) => {
    const { self } = await door.make('/Things', whole('any'));
    const [{ '@iot.selfLink': datastream }] = (await door.get(`${self}/Datastreams`)).value;
    const said = {
      phenomenonTime: '2026-05-03T00:00:00Z/2026-05-03T01:00:00Z',
      resultTime: '2026-05-03T02:00:00Z',
      result,
      resultQuality: 'High',
      validTime: '2026-05-03T00:00:00Z/2026-05-04T00:00:00Z',
      parameters: { lowVoltage: true },
    };
    const made = await door.make(`${datastream}/Observations`, said);
    expect(await door.get(made.self)).toMatchObject(said);
  });
});

const links = (...words: readonly string[]) => words.map((word) => `${word}@iot.navigationLink`);

describe('req/resource-path/resource-path-to-entities', () => {
  it('leads to entities, properties, values and references along any number of links', async () => {
    const { id, self } = await door.make('/Things', whole('path'));
    const [{ '@iot.id': datastream }] = (await door.get(`${self}/Datastreams`)).value;
    const deep = `/Things(${id})/Datastreams(${datastream})`;
    expect(results((await door.get(`${deep}/Observations`)).value)).toEqual([3, 4.5]);
    expect(await door.get(`${deep}/Sensor/Datastreams(${datastream})/Thing/Locations`)).toEqual(
      await door.get(`/Things(${id})/Locations`),
    );
    expect(await door.get(`/Things(${id})/name`)).toEqual({ name: 'path' });
    expect(await door.get(`/Things(${id})/name/$value`)).toBe('path');
    expect(await door.get(`/Things(${id})/properties/kind/$value`)).toBe('air');
    expect(await door.get(`${deep}/unitOfMeasurement`)).toMatchObject({
      unitOfMeasurement: { symbol: '°C' },
    });
    expect(await door.get(`/Things(${id})/Datastreams/$ref`)).toEqual({
      value: [{ '@iot.selfLink': `${door.app.url}/sta/v1.1/Datastreams(${datastream})` }],
    });
    expect(await door.get(`${deep}/Observations/$count`)).toBe('2');
    expect((await door.ask(`${deep}/observedArea`)).status).toBe(204);
  });

  it.each([
    '/Things(999999)',
    '/Things(1)/Sensors',
    '/Things/name',
    '/Things(1)/name/more',
    '/Nothings',
    "/Things('x')",
    '/Things(1)/Datastreams(999999)/Sensor',
    '/Things(1)/$value',
    `/Things(1)${'/Datastreams(1)/Thing'.repeat(20)}`,
  ])('says that there is no %s', async (path) => {
    const { status, body } = await door.ask(path);
    expect([status, body.code ?? status]).toEqual([404, 404]);
  });
});

describe('req/request-data', () => {
  let self: string;
  beforeAll(async () => {
    ({ self } = await door.make('/Things', {
      ...thing('data'),
      Datastreams: [1, 2, 3].map((n) =>
        stream(`data ${n}`, { Observations: [1, 2, 3, 4].map((day) => observation(day, n * 10 + day)) }),
      ),
    }));
  });

  it('expands links within links, each with options of its own', async () => {
    const found = await door.get(
      `${self}?$expand=Datastreams($orderby=name desc;$top=2;$count=true;$select=name;$expand=Observations($filter=result ge 32;$orderby=result desc;$select=result),Sensor),Locations`,
    );
    expect(found.Locations).toEqual([]);
    expect(found['Datastreams@iot.count']).toBe(3);
    expect(found.Datastreams).toEqual([
      {
        name: 'data 3',
        Observations: [{ result: 34 }, { result: 33 }, { result: 32 }],
        Sensor: expect.objectContaining({ name: 'T-1' }),
      },
      { name: 'data 2', Observations: [], Sensor: expect.objectContaining({ name: 'T-1' }) },
    ]);
    const rest = await door.get(found['Datastreams@iot.nextLink']);
    expect(rest).toMatchObject({ '@iot.count': 3, value: [{ name: 'data 1', Observations: [] }] });
    const short = await door.get(`${self}?$expand=Datastreams/Observations($top=1),Datastreams/Sensor`);
    expect(short.Datastreams[0]).toMatchObject({ Observations: [{ result: 11 }], Sensor: { name: 'T-1' } });
  });

  it('asks the database once for each link that is expanded and for doubts, whatever the number of entities', async () => {
    const before = door.reads();
    await door.get('/Things?$expand=Datastreams($expand=Observations($top=2),Sensor)');
    expect(door.reads() - before).toBe(5);
  });

  it('selects, sorts, pages and counts', async () => {
    expect(await door.get(`${self}?$select=name,@iot.id,Datastreams`)).toEqual({
      '@iot.id': expect.any(Number),
      name: 'data',
      'Datastreams@iot.navigationLink': `${self}/Datastreams`,
    });
    const sorted = await door.all(
      `/Observations?$filter=Datastream/Thing/name eq 'data'&$orderby=Datastream/name desc,result desc&$top=5&$select=result`,
    );
    expect(results(sorted)).toEqual([34, 33, 32, 31, 24, 23, 22, 21, 14, 13, 12, 11]);
    const page = await door.get(`${self}/Datastreams?$top=1&$skip=1&$count=true&$orderby=name`);
    expect([page['@iot.count'], names(page.value)]).toEqual([3, ['data 2']]);
    expect(await door.get('/Things?$top=0&$count=true')).toEqual({
      '@iot.count': expect.any(Number),
      value: [],
    });
  });

  it('neither loses nor repeats what stays while others come and go between the pages', async () => {
    const { id } = await door.make('/Things', thing('paged'));
    const made: string[] = [];
    const add = async (day: number, result: number, to: string) => {
      const { self: one } = await door.make(`${to}/Observations`, observation(day, result));
      made.push(one);
    };
    const streams = [];
    for (const n of [1, 2]) {
      const one = await door.make(`/Things(${id})/Datastreams`, stream(`paged ${n}`));
      streams.push(one.self);
      for (let day = 1; day <= 9; day++) await add(day, day % 3, one.self);
    }
    for (const order of [
      '',
      '&$orderby=result',
      '&$orderby=result desc,phenomenonTime desc',
      '&$orderby=phenomenonTime desc',
    ]) {
      const seen: string[] = [];
      let next: string | undefined = `/Observations?$filter=Datastream/Thing/@iot.id eq ${id}&$top=4${order}`;
      const doomed = made.splice(0, 1)[0] ?? '';
      for (let pages = 0; next !== undefined; pages++) {
        const page: Document = await door.get(next);
        seen.push(...page.value.map((one: Document) => one['@iot.selfLink']));
        next = page['@iot.nextLink'];
        if (pages === 1) await door.ask(doomed, { method: 'DELETE' });
        if (pages === 1) await add(20 + (made.length % 8), 1, streams[0] ?? '');
      }
      expect(new Set(seen).size).toBe(seen.length);
      const late = made.at(-1);
      const stayed = made.filter((one) => one !== late);
      expect(stayed.filter((one) => !seen.includes(one))).toEqual([]);
    }
  });

  it.each([
    ['/Things?$filter=colour eq 1', '$filter'],
    ['/Things?$filter=name gt 5', '$filter'],
    ['/Things?$expand=Nothing', '$expand'],
    ['/Things?$expand=Datastreams($top=x)', '$top'],
    ['/Things?$select=colour', '$select'],
    ['/Things?$orderby=Datastreams/name', '$orderby'],
    ['/Things?$skiptoken=abc', '$skiptoken'],
    ['/Things?$top=-1', '$top'],
    ['/Things?$count=yes', '$count'],
    ['/Things?$resultFormat=dataArray', '$resultFormat'],
    ['/Things?$search=x', '$search'],
    ['/Things(1)?$top=1', '$top'],
  ])('refuses %s where it is wrong', async (path, parameter) => {
    const { status, body } = await door.ask(path);
    expect([status, body.parameter, body.type]).toEqual([400, parameter, 'error']);
  });
});

describe('req/create-update-delete/create-entity', () => {
  it('makes each kind of entity, on its own and at the links of others', async () => {
    const sensor = await door.make('/Sensors', SENSOR);
    const property = await door.make('/ObservedProperties', PROPERTY);
    const { id, self } = await door.make('/Things', thing('each'));
    const reference = { Sensor: { '@iot.id': sensor.id }, ObservedProperty: { '@iot.id': property.id } };
    const datastream = await door.make(`/Things(${id})/Datastreams`, stream('each', reference));
    const location = await door.make(`${self}/Locations`, place('each', 17, 52));
    const feature = await door.make('/FeaturesOfInterest', {
      ...thing('each'),
      encodingType: 'application/geo+json',
      feature: {
        type: 'Polygon',
        coordinates: [
          [
            [16, 52],
            [17, 52],
            [17, 53],
            [16, 52],
          ],
        ],
      },
    });
    const value = { ...observation(1, 1), FeatureOfInterest: { '@iot.id': feature.id } };
    const made = await door.make(`/Datastreams(${datastream.id})/Observations`, value);
    expect(await door.get(`${made.self}/FeatureOfInterest`)).toEqual(await door.get(feature.self));
    expect(results((await door.get(`${feature.self}/Observations`)).value)).toEqual([1]);
    expect(names((await door.get(`${location.self}/Things`)).value)).toEqual(['each']);
    const past = {
      time: '2020-01-01T00:00:00Z',
      Thing: { '@iot.id': id },
      Locations: [{ '@iot.id': location.id }],
    };
    await door.make('/HistoricalLocations', past);
    expect((await door.get(`${self}/HistoricalLocations?$orderby=time`)).value).toHaveLength(2);
  });

  it('makes a feature of interest of the place of the thing where an observation has none', async () => {
    const { self } = await door.make('/Things', whole('feature'));
    const [{ '@iot.selfLink': datastream }] = (await door.get(`${self}/Datastreams`)).value;
    const { value } = await door.get(`${datastream}/Observations?$expand=FeatureOfInterest`);
    expect(value.map(({ FeatureOfInterest }: Document) => FeatureOfInterest.feature)).toEqual([
      { type: 'Point', coordinates: [16.9, 52.4] },
      { type: 'Point', coordinates: [16.9, 52.4] },
    ]);
    const feature = value[0].FeatureOfInterest['@iot.selfLink'];
    expect(results((await door.get(`${feature}/Observations`)).value)).toEqual([3, 4.5]);
    await door.make(`${self}/Locations`, place('moved', 17.5, 52.5));
    const later = { phenomenonTime: new Date().toISOString(), result: 9 };
    const moved = await door.make(`${datastream}/Observations`, later);
    expect((await door.get(`${moved.self}/FeatureOfInterest`)).feature.coordinates).toEqual([17.5, 52.5]);
    expect(results((await door.get(`${feature}/Observations`)).value)).toEqual([3, 4.5]);
  });

  it.each([
    ['/Things', { name: 'x' }, 400, 'description'],
    ['/Datastreams', stream('x'), 400, 'Thing'],
    ['/Datastreams', stream('x', { Thing: { '@iot.id': 999_999 } }), 404, 'Thing'],
    ['/HistoricalLocations', { time: '2020-01-01T00:00:00Z' }, 400, 'Thing'],
    [
      '/Locations',
      { ...place('x', 0, 0), location: { type: 'Point', coordinates: [500, 0] } },
      400,
      'location.coordinates',
    ],
    ['/Locations', { ...place('x', 0, 0), location: { type: 'Circle', radius: 3 } }, 400, 'location.type'],
    ['/Things', { ...thing('x'), properties: 'Sweetness' }, 400, 'properties'],
    ['/Things(1)', thing('x'), 405, 'method'],
  ])('refuses at %s what is not whole', async (path, body, status, parameter) => {
    const answer = await door.ask(path, { body });
    expect([answer.status, answer.body.parameter]).toEqual([status, parameter]);
  });

  it('lets nobody but staff write', async () => {
    for (const method of ['POST', 'PATCH', 'PUT', 'DELETE']) {
      const path = method === 'POST' ? '/Things' : '/Things(1)';
      const { status } = await door.ask(path, { method, body: thing('x'), authorization: '' });
      expect([method, status]).toEqual([method, 401]);
    }
    expect((await door.ask('/CreateObservations', { body: [], authorization: '' })).status).toBe(401);
  });
});

describe('req/create-update-delete/link-to-existing-entities', () => {
  it('links by id in either direction', async () => {
    const { id: sensor } = await door.make('/Sensors', SENSOR);
    const { id: property } = await door.make('/ObservedProperties', PROPERTY);
    const { id: location } = await door.make('/Locations', place('linked', 16, 52));
    const body = {
      ...thing('linking'),
      Locations: [{ '@iot.id': location }],
      Datastreams: [
        stream('linking', { Sensor: { '@iot.id': sensor }, ObservedProperty: { '@iot.id': property } }),
      ],
    };
    const { self } = await door.make('/Things', body);
    expect(names((await door.get(`${self}/Locations`)).value)).toEqual(['linked']);
    expect(names((await door.get(`/Sensors(${sensor})/Datastreams`)).value)).toEqual(['linking']);
    const { self: other } = await door.make('/Locations', {
      ...place('two', 16, 52),
      Things: [{ '@iot.id': Number(/\d+(?=\)$)/.exec(self)?.[0]) }],
    });
    expect(names((await door.get(`${other}/Things`)).value)).toEqual(['linking']);
    expect(names((await door.get(`${self}/Locations`)).value)).toEqual(['two']);
  });
});

describe('req/create-update-delete/deep-insert', () => {
  it('makes what is inside at every place where the standard lets it be', async () => {
    const made = await door.make('/Observations', {
      ...observation(7, 7),
      FeatureOfInterest: {
        ...thing('deep F'),
        encodingType: 'application/geo+json',
        feature: { type: 'Point', coordinates: [16, 52] },
      },
      Datastream: stream('deep D', {
        Thing: thing('deep T', {
          Locations: [place('deep L', 16, 52)],
          HistoricalLocations: [{ time: '2020-01-01T00:00:00Z', Locations: [place('deep past', 15, 51)] }],
        }),
      }),
    });
    const found = await door.get(
      `${made.self}?$expand=FeatureOfInterest,Datastream/Thing/Locations,Datastream/Thing/HistoricalLocations($orderby=time)/Locations`.replace(
        ',Datastream/Thing/HistoricalLocations($orderby=time)/Locations',
        ',Datastream/Thing/HistoricalLocations',
      ),
    );
    expect(found).toMatchObject({
      result: 7,
      FeatureOfInterest: { name: 'deep F' },
      Datastream: { Thing: { name: 'deep T', Locations: [{ name: 'deep L' }] } },
    });
    expect(found.Datastream.Thing.HistoricalLocations).toHaveLength(2);
    const property = await door.make('/ObservedProperties', {
      ...PROPERTY,
      Datastreams: [{ ...stream('deep P', { Thing: thing('deep PT') }), ObservedProperty: undefined }],
    });
    expect(names((await door.get(`${property.self}/Datastreams`)).value)).toEqual(['deep P']);
    const location = await door.make('/Locations', {
      ...place('deep LT', 16, 52),
      Things: [whole('deep LT1')],
    });
    expect(names((await door.get(`${location.self}/Things`)).value)).toEqual(['deep LT1']);
  });

  it('leaves nothing of a whole with a faulty part', async () => {
    const faulty = {
      ...whole('faulty'),
      Datastreams: [stream('a'), stream('b', { Sensor: { '@iot.id': 999_999 } })],
    };
    expect((await door.ask('/Things', { body: faulty })).status).toBe(404);
    expect(await door.all("/Things?$filter=name eq 'faulty'")).toEqual([]);
    expect(await door.all("/Locations?$filter=name eq 'faulty place'")).toEqual([]);
  });
});

describe('req/create-update-delete/deep-insert-status-code', () => {
  it('answers 201 with the address, and 400 for a body that is not whole', async () => {
    const answer = await door.ask('/Things', { body: whole('status') });
    expect([answer.status, answer.location]).toEqual([201, answer.body['@iot.selfLink']]);
    const lacking = { ...whole('status'), Datastreams: [{ ...stream('x'), ObservedProperty: undefined }] };
    const { status, body } = await door.ask('/Things', { body: lacking });
    expect([status, body.parameter]).toEqual([400, 'Datastreams.0.ObservedProperty']);
  });
});

describe('req/create-update-delete/update-entity', () => {
  it('changes by PATCH what is given, and by PUT the whole', async () => {
    const { self } = await door.make('/Things', { ...whole('update'), properties: { a: 1 } });
    expect((await door.ask(self, { method: 'PATCH', body: { name: 'patched' } })).body).toMatchObject({
      name: 'patched',
      description: 'update',
      properties: { a: 1 },
    });
    await door.ask(self, { method: 'PUT', body: { name: 'put', description: 'new' } });
    expect(await door.get(self)).toMatchObject({ name: 'put', description: 'new', properties: {} });
    expect((await door.get(`${self}/Datastreams`)).value).toHaveLength(1);
    expect((await door.ask(self, { method: 'PUT', body: { name: 'x' } })).status).toBe(400);
  });

  it('changes by JSON Patch, all steps or none', async () => {
    const { self } = await door.make('/Things', {
      ...thing('json'),
      properties: { list: [1, 3], old: true },
    });
    const contentType = 'application/json-patch+json';
    const steps = [
      { op: 'test', path: '/name', value: 'json' },
      { op: 'add', path: '/properties/list/1', value: 2 },
      { op: 'move', from: '/properties/old', path: '/properties/new' },
      { op: 'replace', path: '/name', value: 'stepped' },
    ];
    await door.ask(self, { method: 'PATCH', body: steps, contentType });
    const changed = await door.get(self);
    expect(changed).toMatchObject({ name: 'stepped', properties: { list: [1, 2, 3], new: true } });
    const wrong = [...steps.slice(1, 2), { op: 'remove', path: '/properties/nothing' }];
    expect((await door.ask(self, { method: 'PATCH', body: wrong, contentType })).status).toBe(400);
    expect(await door.get(self)).toEqual(changed);
  });

  it('corrects an observation, whose old address leads to it', async () => {
    const { self } = await door.make('/Things', whole('correct'));
    const [{ '@iot.selfLink': datastream }] = (await door.get(`${self}/Datastreams`)).value;
    const made = await door.make(`${datastream}/Observations`, observation(5, 5, { parameters: { a: 1 } }));
    await door.ask(made.self, { method: 'PATCH', body: { result: 6 } });
    expect(await door.get(made.self)).toMatchObject({ result: 6, parameters: { a: 1 } });
    await door.ask(made.self, { method: 'PATCH', body: { phenomenonTime: '2026-05-06T00:00:00Z' } });
    const moved = await door.get(made.self);
    expect(moved).toMatchObject({ result: 6, phenomenonTime: '2026-05-06T00:00:00Z' });
    await door.ask(moved['@iot.selfLink'], {
      method: 'PATCH',
      body: { phenomenonTime: '2026-05-08T00:00:00Z' },
    });
    expect((await door.get(made.self)).phenomenonTime).toBe('2026-05-08T00:00:00Z');
    const taken = { phenomenonTime: '2026-05-01T00:00:00Z' };
    expect((await door.ask(made.self, { method: 'PATCH', body: taken })).status).toBe(409);
    expect((await door.get(made.self)).phenomenonTime).toBe('2026-05-08T00:00:00Z');
  });

  it('links to what is there, and makes nothing new on the way (18-088, 10.3)', async () => {
    const { self } = await door.make('/Things', whole('relink'));
    const [{ '@iot.selfLink': datastream }] = (await door.get(`${self}/Datastreams`)).value;
    const { id } = await door.make('/Sensors', { ...SENSOR, name: 'another' });
    await door.ask(datastream, { method: 'PATCH', body: { Sensor: { '@iot.id': id } } });
    expect(await door.get(`${datastream}/Sensor/name/$value`)).toBe('another');
    for (const body of [
      { Sensor: SENSOR },
      { Sensor: { '@iot.id': 999_999 } },
      { colour: 'red' },
      { name: null },
    ]) {
      expect((await door.ask(datastream, { method: 'PATCH', body })).status).toBeOneOf([400, 404]);
    }
    expect((await door.ask(self, { method: 'PATCH', body: { Locations: [place('x', 1, 1)] } })).status).toBe(
      400,
    );
    expect((await door.ask('/Things(999999)', { method: 'PATCH', body: { name: 'x' } })).status).toBe(404);
  });
});

describe('req/create-update-delete/delete-entity', () => {
  it('takes away with an entity what cannot be without it, and nothing else', async () => {
    const { self } = await door.make('/Things', whole('gone'));
    const [datastream] = (await door.get(`${self}/Datastreams?$expand=Sensor,ObservedProperty,Observations`))
      .value;
    const [location] = (await door.get(`${self}/Locations`)).value;
    const [past] = (await door.get(`${self}/HistoricalLocations`)).value;
    const status = async (link: string) => (await door.ask(link)).status;
    expect((await door.ask(self, { method: 'DELETE' })).status).toBe(200);
    expect((await door.ask(self, { method: 'DELETE' })).status).toBe(404);
    const gone = [self, datastream, past, datastream.Observations[0]].map(
      (one) => one['@iot.selfLink'] ?? one,
    );
    expect(await Promise.all(gone.map(status))).toEqual([404, 404, 404, 404]);
    const left = [location, datastream.Sensor, datastream.ObservedProperty].map(
      (one) => one['@iot.selfLink'],
    );
    expect(await Promise.all(left.map(status))).toEqual([200, 200, 200]);
  });

  it.each([
    ['Sensor', ['Datastreams', 'Observations']],
    ['ObservedProperty', ['Datastreams', 'Observations']],
    ['Locations', ['HistoricalLocations']],
    ['FeaturesOfInterest', ['Observations']],
  ])('of a %s takes %j', async (what, expected) => {
    const { id, self } = await door.make('/Things', whole('cascade'));
    const [datastream] = (await door.get(`${self}/Datastreams?$expand=Sensor,ObservedProperty`)).value;
    const [location] = (await door.get(`${self}/Locations`)).value;
    const [value] = (await door.get(`${datastream['@iot.selfLink']}/Observations?$expand=FeatureOfInterest`))
      .value;
    const target: Record<string, Document> = {
      Sensor: datastream.Sensor,
      ObservedProperty: datastream.ObservedProperty,
      Locations: location,
      FeaturesOfInterest: value.FeatureOfInterest,
    };
    await door.ask(target[what]['@iot.selfLink'], { method: 'DELETE' });
    const there: Record<string, readonly unknown[]> = {
      Datastreams: await door.all(`/Datastreams?$filter=Thing/@iot.id eq ${id}`),
      HistoricalLocations: await door.all(`/HistoricalLocations?$filter=Thing/@iot.id eq ${id}`),
      Observations: await door.all(`/Observations?$filter=Datastream/Thing/@iot.id eq ${id}`),
    };
    const gone = Object.keys(there).filter((set) => there[set]?.length === 0);
    expect([gone.toSorted(), (await door.ask(self)).status]).toEqual([expected.toSorted(), 200]);
  });
});

describe('req/create-update-delete/historical-location-auto-creation', () => {
  it('writes down where a thing was whenever it moves', async () => {
    const { id, self } = await door.make('/Things', whole('mover'));
    await door.make(`${self}/Locations`, place('second', 17, 52));
    const { id: third } = await door.make('/Locations', place('third', 18, 52));
    await door.ask(self, { method: 'PATCH', body: { Locations: [{ '@iot.id': third }] } });
    await door.ask(self, { method: 'PATCH', body: { Locations: [{ '@iot.id': third }] } });
    expect(names((await door.get(`${self}/Locations`)).value)).toEqual(['third']);
    const { value } = await door.get(`/Things(${id})/HistoricalLocations?$orderby=time&$expand=Locations`);
    expect(value.map(({ Locations }: Document) => names(Locations)[0])).toEqual([
      'mover place',
      'second',
      'third',
    ]);
  });
});

describe('req/batch-request/batch-request', () => {
  it('answers each request, with what those before it made', async () => {
    const { status, body } = await door.ask('/$batch', {
      body: {
        requests: [
          { id: 't', method: 'post', url: 'Things', body: thing('batch') },
          { id: 'd', method: 'post', url: '$t/Datastreams', body: stream('batch') },
          {
            id: 'o',
            method: 'post',
            url: 'Observations',
            body: { ...observation(1, 5), Datastream: { '@iot.id': '$d' } },
          },
          { id: 'r', method: 'get', url: 'Things($t)?$expand=Datastreams/Observations' },
          { id: 'x', method: 'get', url: 'Things(999999)' },
          { id: 'y', method: 'get', url: '/sta/v1.1/Things?$filter=name' },
          { id: 'z', method: 'get', url: 'http://[' },
        ],
      },
    });
    expect(status).toBe(200);
    expect(body.responses.map((one: Document) => [one.id, one.status])).toEqual([
      ['t', 201],
      ['d', 201],
      ['o', 201],
      ['r', 200],
      ['x', 404],
      ['y', 400],
      ['z', 400],
    ]);
    expect(body.responses[3].body.Datastreams[0].Observations[0].result).toBe(5);
  });

  it('keeps a group all together or not at all', async () => {
    const group = (fails: boolean) => ({
      requests: [
        { id: 'a', atomicityGroup: 'g', method: 'post', url: 'Things', body: thing('grouped') },
        { id: 'b', atomicityGroup: 'g', method: 'patch', url: '$a', body: { description: 'within' } },
        {
          id: 'c',
          atomicityGroup: 'g',
          method: 'post',
          url: fails ? 'Nothings' : '$a/Datastreams',
          body: stream('g'),
        },
        { id: 'z', method: 'get', url: "Things?$filter=name eq 'grouped'" },
      ],
    });
    const failed = (await door.ask('/$batch', { body: group(true) })).body.responses;
    expect(failed.map((one: Document) => one.status)).toEqual([424, 424, 404, 200]);
    expect(failed[3].body.value).toEqual([]);
    const kept = (await door.ask('/$batch', { body: group(false) })).body.responses;
    expect(kept.map((one: Document) => one.status)).toEqual([201, 200, 201, 200]);
    expect(kept[3].body.value).toMatchObject([{ name: 'grouped', description: 'within' }]);
  });

  it.each([
    ['{}'],
    ['[]'],
    ['{"requests":[{"id":"a"}]}'],
    ['{"requests":[{"method":"get","url":"x"}]}'],
    ['no JSON'],
  ])('refuses %s', async (body) => {
    expect((await door.ask('/$batch', { body })).status).toBe(400);
  });

  it('reads and answers multipart/mixed, with change sets', async () => {
    const json = (body: object) => ['Content-Type: application/json', '', JSON.stringify(body)];
    const http = (line: string, rest: string[] = [''], id?: string) => [
      'Content-Type: application/http',
      ...(id ? [`Content-ID: ${id}`] : []),
      '',
      `${line} HTTP/1.1`,
      ...rest,
    ];
    const set = (...parts: string[][]) => [
      'Content-Type: multipart/mixed;boundary=inner',
      '',
      ...parts.flatMap((part) => ['--inner', ...part]),
      '--inner--',
    ];
    const batch = async (...parts: string[][]) => {
      const body = [...parts.flatMap((part) => ['--outer', ...part]), '--outer--', ''].join('\r\n');
      return (await door.ask('/$batch', { body, contentType: 'multipart/mixed; boundary=outer' }))
        .body as string;
    };
    const statuses = (text: string) =>
      [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));
    const made = await batch(
      set(
        http('POST Things', json(thing('multi')), '1'),
        http('POST $1/Datastreams', json(stream('multi')), '2'),
        http('POST /Observations', json({ ...observation(1, 8), Datastream: { '@iot.id': '$2' } })),
      ),
      http("GET Observations?$filter=Datastream/name%20eq%20'multi'&$select=result"),
      http('GET Nothings'),
    );
    expect(statuses(made)).toEqual([201, 201, 201, 200, 404]);
    expect(made).toContain('{"value":[{"result":8}]}');
    expect(made).toMatch(/content-id: 1\r\n\r\nHTTP\/1\.1 201/);
    const failed = await batch(
      set(http('POST Things', json(thing('multi failed')), '1'), http('POST $1/Datastreams', json({}))),
      http("GET Things?$filter=name%20eq%20'multi%20failed'&$select=name"),
    );
    expect(statuses(failed)).toEqual([400, 200]);
    expect(failed).toContain('{"value":[]}');
    for (const broken of [
      '',
      '--outer',
      '--outer\r\n\r\n--outer--',
      '--outer\r\nContent-Type: application/http\r\n\r\nx\r\n--outer--',
    ]) {
      const options = { body: broken, contentType: 'multipart/mixed; boundary=outer' };
      expect([broken, (await door.ask('/$batch', options)).status]).toEqual([broken, 400]);
    }
  });

  it('lets readers read and not write', async () => {
    const requests = [
      { id: 'a', method: 'get', url: 'Things' },
      { id: 'b', method: 'post', url: 'Things', body: thing('x') },
    ];
    const { body } = await door.ask('/$batch', { body: { requests }, authorization: '' });
    expect(body.responses.map((one: Document) => one.status)).toEqual([200, 401]);
  });
});

describe('req/data-array/data-array', () => {
  it('takes rows and says of each what became of it, and gives rows again', async () => {
    const { self } = await door.make('/Things', {
      ...thing('rows'),
      Datastreams: [stream('r1'), stream('r2')],
    });
    const ids = (await door.get(`${self}/Datastreams?$orderby=name`)).value.map(
      (one: Document) => one['@iot.id'],
    );
    const block = (datastream: number, dataArray: unknown[]) => ({
      Datastream: { '@iot.id': datastream },
      components: ['phenomenonTime', 'result'],
      'dataArray@iot.count': dataArray.length,
      dataArray,
    });
    const { status, body } = await door.ask('/CreateObservations', {
      body: [
        block(ids[0], [['2026-05-01T00:00:00Z', 1], ['yesterday', 2], ['2026-05-02T00:00:00Z']]),
        block(ids[1], [['2026-05-01T00:00:00Z', 'rain']]),
        block(999_999, [['2026-05-01T00:00:00Z', 1]]),
      ],
    });
    expect(status).toBe(201);
    expect(body.map((one: string) => one.slice(0, 5))).toEqual(['http:', 'error', 'error', 'http:', 'error']);
    expect((await door.get(body[3])).result).toBe('rain');
    const found = await door.get(
      `/Observations?$filter=Datastream/Thing/name eq 'rows'&$resultFormat=dataArray&$select=phenomenonTime,result&$count=true`,
    );
    expect(found).toEqual({
      '@iot.count': 2,
      value: [
        ['r1', ids[0], 1],
        ['r2', ids[1], 'rain'],
      ].map(([, id, result]) => ({
        'Datastream@iot.navigationLink': `${door.app.url}/sta/v1.1/Datastreams(${id})`,
        components: ['phenomenonTime', 'result'],
        'dataArray@iot.count': 1,
        dataArray: [['2026-05-01T00:00:00Z', result]],
      })),
    });
    const paged = await door.get(`${self}/Datastreams(${ids[0]})/Observations?$resultFormat=dataArray`);
    expect(paged.value[0].components.slice(0, 2)).toEqual(['id', 'phenomenonTime']);
  });
});

describeWithSharedData('the bodies of the suite of 1.0 and the entities of FROST', () => {
  const read = (...path: string[]) =>
    JSON.parse(readFileSync(sharedData('sensors', 'sensorthings', ...path), 'utf8'));
  /** 1.1 wants names where 1.0 did not have them. */
  const named = (value: Document): Document => {
    if (Array.isArray(value)) return value.map(named);
    if (typeof value !== 'object' || value === null) return value;
    const inner = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, named(each)]));
    return 'description' in inner && !('name' in inner) ? { name: inner['description'], ...inner } : inner;
  };

  it('of FROST comes back as it went in', async () => {
    const body = read('frost', 'entitiesDefault.json');
    const { self } = await door.make('/Things', body);
    const found = await door.get(
      `${self}?$expand=Locations,Datastreams($orderby=name;$expand=Sensor,ObservedProperty,Observations)`,
    );
    expect(found).toMatchObject({
      ...body,
      Datastreams: body.Datastreams.map((one: Document) => ({
        ...one,
        ...(one.Observations && {
          Observations: one.Observations.map(({ result }: Document) => expect.objectContaining({ result })),
        }),
      })),
    });
  });

  it.each([
    ['Things', 'thing/embeddedLocation.json'],
    ['Things', 'thing/shovel.json'],
    ['Things', 'thing/5.json'],
    ['Things', 'thing/6.json'],
    ['Locations', 'locations/southern-alberta-polygon.json'],
    ['Sensors', 'sensors/sensor.json'],
    ['Sensors', 'sensors/2.json'],
    ['ObservedProperties', 'observedproperties/3.json'],
    ['ObservedProperties', 'observedproperties/4.json'],
    ['Things(1)/Datastreams', 'datastreams/3.json'],
    ['Things(1)/Datastreams', 'datastreams/embeddedEntities2.json'],
    ['Datastreams(1)/Observations', 'observations/1.json'],
    ['Datastreams(1)/Observations', 'observations/2.json'],
    ['Datastreams(1)/Observations', 'observations/5.json'],
  ])('to %s: %s', async (path, file) => {
    const body = named(read('ets-sta10', file));
    const made = await door.make(`/${path}`, body);
    expect(await door.get(made.self)).toHaveProperty(body.result === undefined ? 'name' : 'result');
  });

  it.each([
    ['Things', 'thing/2.json'],
    ['Datastreams', 'datastreams/4.json'],
    ['Locations', 'locations/2.json'],
  ])('to %s: %s is refused, for it is not whole', async (path, file) => {
    expect((await door.ask(`/${path}`, { body: named(read('ets-sta10', file)) })).status).toBe(400);
  });
});
