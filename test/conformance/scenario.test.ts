/** A planner builds and removes in a scenario; every door shows it, and the city itself stays as it was. */
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reprojectBbox } from '../../core/geo/bbox.ts';
import { TILE_GRIDS, tilesInGrid } from '../../core/geo/tile-grid.ts';
import type { AddBuilding } from '../../core/wire/edits/building.ts';
import {
  type EditReply,
  editReplySchema,
  type ScenarioReply,
  scenarioReplySchema,
} from '../../core/wire/scenario.ts';
import { fill } from '../support/filled-database.ts';
import { readGlb } from '../support/glb-reader.ts';
import { SAMPLE_ORIGIN, sampleFeatures, sampleParcelId } from '../support/sample-city.ts';
import { contentUris } from '../support/tileset-reader.ts';
import { SAMPLE_GROUND_M, type StoredCity, storedCity } from './stored-city.ts';

const PARCELS = 40;
const { easting: E, northing: N } = SAMPLE_ORIGIN;
/** A house of 8 × 12 m on the second parcel, which is empty. */
const HOUSE = {
  kind: 'add-building',
  footprint: [
    [E + 24, N + 4],
    [E + 32, N + 4],
    [E + 32, N + 16],
    [E + 24, N + 16],
  ],
  storeys: 2,
  storeyHeightM: 3,
  roof: { shape: 'gabled', pitchDeg: 45 },
  function: 'm',
  name: 'Dom próbny',
} as const satisfies Record<string, unknown>;
/** Stands on the first parcel. */
const OLD_HOUSE = '306401_1.0021.1.1_BUD';

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity(PARCELS);
});
afterAll(async () => {
  await city.close();
  expect(city.log.filter(({ level }) => level === 'error')).toEqual([]);
});

type Json = Record<string, unknown>;
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${city.url}${path}`, { headers });
const json = async (path: string) => (await (await get(path)).json()) as Json;

function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  return fetch(`${city.url}/api/scenarios${path}`, {
    method,
    headers: { authorization: 'anna', 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function newScenario(more: object = {}): Promise<ScenarioReply> {
  const made = await send('POST', '', { title: 'Nowa zabudowa', ...more });
  expect(made.status).toBe(201);
  return scenarioReplySchema.parse(await made.json());
}

async function edit({ id, revision }: ScenarioReply, body: object): Promise<EditReply> {
  const made = await send('POST', `/${id}/edits`, body, { 'if-match': `"${revision}"` });
  if (made.status !== 201) throw new Error(await made.text());
  return editReplySchema.parse(await made.json());
}

async function change(method: string, { id, revision }: ScenarioReply, path: string): Promise<ScenarioReply> {
  const made = await send(method, `/${id}${path}`, undefined, { 'if-match': `"${revision}"` });
  if (made.status !== 200) throw new Error(await made.text());
  return scenarioReplySchema.parse(((await made.json()) as Json)['scenario']);
}

/** The tile of the plan's grid over a place of the sample. */
function tileOver(z: number, x = 28, y = 10): string {
  const at = { minX: E + x, minY: N + y, maxX: E + x, maxY: N + y, srid: 2177 };
  const range = tilesInGrid(TILE_GRIDS.EPSG2177, at, z);
  return `${z}/${range?.minX}/${range?.minY}`;
}

/** A box of the sample (m from its origin) as WMS 1.3.0 takes it in CRS:84. */
function lonLatBox(...[minX, minY, maxX, maxY]: readonly [number, number, number, number]): string {
  const box = { minX: E + minX, minY: N + minY, maxX: E + maxX, maxY: N + maxY, srid: 2177 };
  const { minX: west, minY: south, maxX: east, maxY: north } = reprojectBbox(box, 4326);
  return [west, south, east, north].join(',');
}

/** Ids of buildings at every door, in front of which the state may stand. */
const DOORS: Readonly<Record<string, (prefix: string) => Promise<readonly string[]>>> = {
  async WFS(prefix) {
    const text = await (
      await get(`${prefix}/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=buildings`)
    ).text();
    return [...text.matchAll(/<bl:id>([^<]+)<\/bl:id>/g)].map(([, id = '']) => id);
  },
  async 'WFS, GeoJSON in a box'(prefix) {
    const box = `${E},${N},${E + 40},${N + 20},EPSG:2177`;
    const found = await json(
      `${prefix}/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=buildings&bbox=${box}&outputFormat=application/json`,
    );
    return (found['features'] as Json[]).map(({ id }) => String(id));
  },
  async 'OGC API'(prefix) {
    const found = await json(`${prefix}/ogc/collections/buildings/items?limit=1000&f=json`);
    expect(found['numberMatched']).toBe((found['features'] as Json[]).length);
    return (found['features'] as Json[]).map(({ id }) => String(id));
  },
  async 'OGC API, 3D'(prefix) {
    const found = await json(`${prefix}/ogc/collections/buildings_3d/items?limit=1000&f=json`);
    return (found['features'] as Json[]).map((feature) =>
      String((feature['properties'] as Json)['building_id']),
    );
  },
  async 'vector tiles'(prefix) {
    const reply = await get(`${prefix}/tiles/vector/buildings/${tileOver(11)}.mvt?tms=EPSG2177`);
    const layer = new VectorTile(new PbfReader(new Uint8Array(await reply.arrayBuffer()))).layers[
      'buildings'
    ];
    return Array.from({ length: layer?.length ?? 0 }, (_, i) => String(layer?.feature(i).properties['id']));
  },
  async 'WMS, at the place of the edits'(prefix) {
    const box = `CRS=CRS:84&WIDTH=200&HEIGHT=100&BBOX=${lonLatBox(0, 0, 40, 20)}`;
    // The old house has a court in its middle.
    const asked = [30, 140].map(async (i) => {
      const found = await json(
        `${prefix}/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetFeatureInfo&LAYERS=buildings&QUERY_LAYERS=buildings&STYLES=&${box}&FORMAT=image/png&INFO_FORMAT=application/json&I=${i}&J=50`,
      );
      return (found['features'] as Json[]).map(({ id }) => String(id));
    });
    return (await Promise.all(asked)).flat();
  },
  async '3D Tiles'(prefix) {
    const bytes = async (uri: string) =>
      new Uint8Array(await (await get(`${prefix}/tiles/3d/buildings/${uri}`)).arrayBuffer());
    const tiles = (await contentUris(bytes)).map(async (uri) => {
      const { rows } = await readGlb(await bytes(uri));
      return rows.map((row) => String(row['building_id']));
    });
    return (await Promise.all(tiles)).flat();
  },
};
const countOf = async (prefix: string, layer: string) => {
  const { layers } = (await json(`${prefix}/api/layers`)) as { layers: { name: string; status: Json }[] };
  return layers.find(({ name }) => name === layer)?.status['count'];
};
/** What every door shows now, sorted. */
async function everywhere(prefix: string): Promise<Json> {
  const found: Json = {};
  for (const [door, ask] of Object.entries(DOORS)) found[door] = (await ask(prefix)).toSorted();
  for (const layer of ['buildings', 'buildings_3d']) found[layer] = await countOf(prefix, layer);
  return found;
}

describe('a planned building', () => {
  let scenario: ScenarioReply;
  let planned: string;
  let base: Json;
  beforeAll(async () => {
    base = await everywhere('');
    const made = await edit(await newScenario(), HOUSE);
    scenario = made.scenario;
    planned = made.edit.objects[0]?.id ?? '';
    expect(made.findings).toEqual([]);
    expect(made.edit).toMatchObject({
      author: 'anna',
      groundHeightM: SAMPLE_GROUND_M,
      heightM: 10,
      parcelIds: [sampleParcelId(1)],
    });
  });

  it.each(Object.keys(DOORS))('is seen at once by %s, and only in its scenario', async (door) => {
    const ask = DOORS[door];
    expect(await ask?.(`/s/${scenario.id}`)).toContain(planned);
    expect(await ask?.('')).not.toContain(planned);
    expect(await ask?.('')).toEqual(expect.arrayContaining([OLD_HOUSE]));
  });

  it('is counted by the catalogue, and the city itself is as it was', async () => {
    expect(await countOf(`/s/${scenario.id}`, 'buildings')).toBe((base['buildings'] as number) + 1);
    expect(await countOf(`/s/${scenario.id}`, 'buildings_3d')).toBe((base['buildings_3d'] as number) + 1);
    expect(await everywhere('')).toEqual(base);
  });

  it('stands on the ground as a closed solid with its roof, in the words of the registers', async () => {
    const one = `/s/${scenario.id}/ogc/collections/buildings_3d/items/${planned}?f=json`;
    const { properties, geometry } = (await json(
      `${one}&crs=http://www.opengis.net/def/crs/EPSG/0/2177`,
    )) as {
      properties: Json;
      geometry: { coordinates: number[][][][] };
    };
    expect(properties).toMatchObject({
      building_id: planned,
      state: 'designed',
      lod: 2,
      roof_type: 'gabled',
      height_m: 10,
      ground_height_m: SAMPLE_GROUND_M,
      surface_kinds: 'GWWWWRR',
    });
    const heights = geometry.coordinates.flat(2).map((position) => position[2] ?? Number.NaN);
    expect(Math.min(...heights)).toBeCloseTo(SAMPLE_GROUND_M, 3);
    expect(Math.max(...heights)).toBeCloseTo(SAMPLE_GROUND_M + 10, 3);
    const row = await json(`/s/${scenario.id}/ogc/collections/buildings/items/${planned}?f=json`);
    expect(row['properties']).toMatchObject({
      kind: 'm',
      storeys_above: 2,
      built_area_m2: 96,
      parcel_ids: sampleParcelId(1),
    });
  });

  it('changes the validators of the tiles that it touches and of no other', async () => {
    const etag = async (path: string) => (await get(path)).headers.get('etag')?.replace('W/', '');
    const there = `/tiles/vector/buildings/${tileOver(11)}.mvt?tms=EPSG2177`;
    expect(await etag(`/s/${scenario.id}${there}`)).not.toBe(await etag(there));
    for (const elsewhere of [
      `/tiles/vector/buildings/${tileOver(11, 3_000, 3_000)}.mvt?tms=EPSG2177`,
      `/tiles/vector/parcels/${tileOver(11)}.mvt?tms=EPSG2177`,
    ]) {
      expect(await etag(`/s/${scenario.id}${elsewhere}`)).toBe(await etag(elsewhere));
    }
  });

  it('changes the picture of WMS, and that of the city stays', async () => {
    const picture = async (prefix: string) => {
      const reply = await get(
        `${prefix}/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&LAYERS=buildings&STYLES=&CRS=CRS:84&WIDTH=200&HEIGHT=100&BBOX=${lonLatBox(0, 0, 40, 20)}&FORMAT=image/png`,
      );
      expect(reply.headers.get('content-type')).toBe('image/png');
      return Buffer.from(await reply.arrayBuffer()).toString('base64');
    };
    const [city, changed, again] = [await picture(''), await picture(`/s/${scenario.id}`), await picture('')];
    expect(changed).not.toBe(city);
    expect(again).toBe(city);
  });

  it('goes with undo and comes back with redo, the same', async () => {
    const before = await everywhere(`/s/${scenario.id}`);
    scenario = await change('POST', scenario, '/undo');
    expect([scenario.edits.length, scenario.undone]).toEqual([0, 1]);
    expect(await everywhere(`/s/${scenario.id}`)).toEqual(base);
    scenario = await change('POST', scenario, '/redo');
    expect([scenario.edits.length, scenario.undone]).toEqual([1, 0]);
    expect(await everywhere(`/s/${scenario.id}`)).toEqual(before);
  });
});

it('tells briefly of what was put on a long stack, to whoever asks so', async () => {
  const { id, revision } = await newScenario();
  const headers = { 'if-match': `"${revision}"`, prefer: 'return=minimal' };
  const made = await send('POST', `/${id}/edits`, [HOUSE], headers);
  expect([made.status, made.headers.get('etag'), made.headers.get('preference-applied')]).toEqual([
    201,
    '"2"',
    'return=minimal',
  ]);
  const { edits } = scenarioReplySchema.parse(await (await send('GET', `/${id}`)).json());
  const [edit] = edits;
  expect(await made.json()).toEqual({
    revision: 2,
    edits: [{ id: edit?.id, objects: edit?.objects, findings: [] }],
  });
});

it('leaves a removed building out at every door, also a planned one', async () => {
  const start = await newScenario();
  const added = await edit(start, HOUSE);
  const planned = added.edit.objects[0]?.id ?? '';
  const gone = await edit(added.scenario, { kind: 'remove-building', building: OLD_HOUSE });
  expect(gone.edit.objects).toMatchObject([
    { layer: 'buildings', id: OLD_HOUSE, change: 'removed', before: { type: 'Feature' } },
    { layer: 'buildings_3d', id: 'PL.PZGIK.BUD.1', change: 'removed', before: { type: 'Feature' } },
  ]);
  const prefix = `/s/${start.id}`;
  for (const ask of Object.values(DOORS)) {
    expect(await ask('')).toContain(OLD_HOUSE);
    expect(await ask(prefix)).not.toContain(OLD_HOUSE);
    expect(await ask(prefix)).toContain(planned);
  }
  expect(await countOf(prefix, 'buildings')).toBe(await countOf('', 'buildings'));
  const none = await edit(gone.scenario, { kind: 'remove-building', building: planned });
  for (const ask of Object.values(DOORS)) expect(await ask(prefix)).not.toContain(planned);
  const blocked = await send('DELETE', `/${start.id}/edits/${added.edit.id}`, undefined, {
    'if-match': `"${none.scenario.revision}"`,
  });
  expect([blocked.status, await blocked.json()]).toEqual([
    409,
    expect.objectContaining({ detail: expect.stringContaining(`builds on edit ${added.edit.id}`) }),
  ]);
  const less = await change('DELETE', none.scenario, `/edits/${gone.edit.id}`);
  for (const ask of Object.values(DOORS)) expect(await ask(prefix)).toContain(OLD_HOUSE);
  expect(less.edits.map(({ edit: { kind } }) => kind)).toEqual(['add-building', 'remove-building']);
});

it('stays on its base when the city is loaded anew, and says what moved on', async () => {
  const later = await storedCity(PARCELS);
  try {
    const ask = async (path: string, init: RequestInit = {}) => {
      const reply = await fetch(`${later.url}${path}`, { ...init, headers: { authorization: 'anna' } });
      return (await reply.json()) as Json;
    };
    const { id } = await ask('/api/scenarios', { method: 'POST', body: JSON.stringify({ title: 'Przed' }) });
    await fill(later.pool, sampleFeatures(PARCELS + 9));
    const matched = async (prefix: string) =>
      (await ask(`${prefix}/ogc/collections/parcels/items?limit=1&f=json`))['numberMatched'];
    expect(await matched('')).toBe(PARCELS + 9);
    expect(await matched(`/s/${id}`)).toBe(PARCELS);
    expect(await ask(`/api/scenarios/${id}`)).toMatchObject({
      base: { version: 1, newerVersions: [{ version: 2, source: 'test' }] },
    });
    expect(await ask('/api/scenarios')).toMatchObject({ scenarios: [{ id, movedOn: true, editCount: 0 }] });
  } finally {
    await later.close();
  }
});

describe('of two people at one scenario', () => {
  it('the second hears of the first, and nothing of theirs is kept', async () => {
    const scenario = await newScenario();
    const both = await Promise.all(
      ['anna', 'bartek'].map((authorization) =>
        send('POST', `/${scenario.id}/edits`, HOUSE, { authorization, 'if-match': `"${scenario.revision}"` }),
      ),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const refused = both.find(({ status }) => status === 409);
    expect(await refused?.json()).toMatchObject({
      title: 'Conflict',
      detail: expect.stringMatching(/(anna|bartek) has changed the scenario at .* revision 2.*If-Match: "2"/),
    });
    const now = await json(`/api/scenarios/${scenario.id}`);
    expect([now['revision'], (now['edits'] as unknown[]).length]).toEqual([2, 1]);
  });

  it('nobody changes one without saying which revision they saw', async () => {
    const scenario = await newScenario();
    expect((await send('POST', `/${scenario.id}/edits`, HOUSE)).status).toBe(400);
    expect((await send('PATCH', `/${scenario.id}`, { title: 'x' })).status).toBe(400);
    expect((await send('DELETE', `/${scenario.id}`, undefined, { 'if-match': '"9"' })).status).toBe(409);
  });
});

describe('rights', () => {
  it('writing needs staff, reading the link', async () => {
    const scenario = await newScenario();
    expect((await send('POST', '', { title: 'x' }, { authorization: '' })).status).toBe(401);
    expect((await send('POST', '', { title: 'x' }, { authorization: 'guest' })).status).toBe(403);
    expect((await get(`/api/scenarios/${scenario.id}`)).status).toBe(200);
    expect((await get(`/s/${scenario.id}/ogc/collections?f=json`)).status).toBe(200);
    const listed = (await json('/api/scenarios')) as { scenarios: { id: string }[] };
    expect(listed.scenarios.map(({ id }) => id)).not.toContain(scenario.id);
  });

  it('one for staff does not exist for others, one for everybody is listed', async () => {
    const scenario = await newScenario({ access: 'staff' });
    for (const path of [`/api/scenarios/${scenario.id}`, `/s/${scenario.id}/ogc/collections?f=json`]) {
      expect((await get(path)).status).toBe(404);
      expect((await get(path, { authorization: 'bartek' })).status).toBe(200);
    }
    const patch = await send('PATCH', `/${scenario.id}`, { access: 'public' }, { 'if-match': '"1"' });
    expect(patch.status).toBe(200);
    const listed = (await json('/api/scenarios')) as { scenarios: { id: string }[] };
    expect(listed.scenarios.map(({ id }) => id)).toContain(scenario.id);
  });
});

describe('a link to a scenario that is gone', () => {
  let prefix: string;
  beforeAll(async () => {
    const scenario = await newScenario();
    await edit(scenario, HOUSE);
    const gone = await send('DELETE', `/${scenario.id}`, undefined, { 'if-match': '"2"' });
    expect(gone.status).toBe(204);
    prefix = `/s/${scenario.id}`;
  });

  it.each([
    [
      '/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=buildings',
      'application/xml',
      /ows:ExceptionReport/,
    ],
    ['/ogc/collections?f=json', 'application/problem+json', /may have been deleted/],
    ['/tiles/3d/buildings/tileset.json', 'application/problem+json', /may have been deleted/],
    ['/api/layers', 'application/problem+json', /may have been deleted/],
  ])('is not found, in the form of %s', async (path, type, said) => {
    const reply = await get(`${prefix}${path}`);
    expect(reply.status).toBe(404);
    expect(reply.headers.get('content-type')).toContain(type);
    expect(await reply.text()).toMatch(said);
  });
});

describe('an edit that cannot be made', () => {
  let scenario: ScenarioReply;
  beforeEach(async () => {
    scenario = await newScenario();
  });
  const house = (more: object) => ({ ...HOUSE, ...more });
  const moved = (footprint: readonly (readonly [number, number])[]) =>
    house({ footprint: footprint.map(([x, y]) => [E + x, N + y]) });

  it.each<[string, object, string, RegExp]>([
    [
      'drawn across itself',
      moved([
        [0, 0],
        [10, 10],
        [10, 0],
        [0, 10],
      ]),
      'footprint',
      /across itself near easting 6427005\.00, northing 5808005\.00/,
    ],
    [
      'of two corners',
      moved([
        [0, 0],
        [10, 0],
        [0, 0],
      ]),
      'footprint',
      /2 different corners/,
    ],
    [
      'too small',
      moved([
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ]),
      'footprint',
      /covers 1\.0 m2/,
    ],
    [
      'too large',
      moved([
        [0, 0],
        [900, 0],
        [900, 900],
        [0, 900],
      ]),
      'footprint',
      /100000 m2/,
    ],
    [
      'outside the city',
      moved([
        [90_000, 0],
        [90_010, 0],
        [90_010, 10],
      ]),
      'footprint',
      /outside the city/,
    ],
    ['too high', house({ storeys: 100, storeyHeightM: 12 }), 'storeys', /at most 300 m/],
    ['of no storeys', house({ storeys: 0 }), 'storeys', /cannot be used/],
    [
      'hipped over an inner corner',
      {
        ...moved([
          [0, 0],
          [20, 0],
          [20, 20],
          [12, 20],
          [12, 8],
          [0, 8],
        ]),
        roof: { shape: 'hipped' },
      },
      'roof.shape',
      /without inner corners/,
    ],
    [
      'with a corner that is no number',
      house({
        footprint: [
          [null, 0],
          [1, 1],
          [2, 2],
        ],
      }),
      'footprint.0.0',
      /cannot be used/,
    ],
    ['of an unknown kind', { kind: 'move-mountain' }, 'kind', /cannot be used/],
    [
      'that removes what is not there',
      { kind: 'remove-building', building: 'nothing' },
      'building',
      /no building "nothing" in this scenario/,
    ],
  ])('a building %s is refused with the reason', async (_, body, parameter, detail) => {
    const refused = await send('POST', `/${scenario.id}/edits`, body, { 'if-match': '"1"' });
    expect(await refused.json()).toMatchObject({
      status: 400,
      parameter,
      detail: expect.stringMatching(detail),
    });
    expect((await json(`/api/scenarios/${scenario.id}`))['revision']).toBe(1);
  });

  it('a building through another and across parcels is made, with a warning that names them', async () => {
    const body = moved([
      [2, 2],
      [30, 2],
      [30, 12],
      [2, 12],
    ]);
    const trial = await send('POST', `/${scenario.id}/edits?dryRun=true`, body);
    const findings = [
      expect.objectContaining({ code: 'overlaps-building', ids: [OLD_HOUSE] }),
      expect.objectContaining({ code: 'crosses-parcels', ids: [sampleParcelId(0), sampleParcelId(1)] }),
    ];
    expect([trial.status, await trial.json()]).toEqual([200, expect.objectContaining({ findings })]);
    expect((await json(`/api/scenarios/${scenario.id}`))['edits']).toEqual([]);
    expect((await edit(scenario, body)).findings).toEqual(findings);
  });

  it('undo without edits is a conflict that says so', async () => {
    const refused = await send('POST', `/${scenario.id}/undo`, undefined, { 'if-match': '"1"' });
    expect([refused.status, await refused.json()]).toEqual([
      409,
      expect.objectContaining({ detail: 'There is no edit to take back' }),
    ]);
  });

  it('roofs of all shapes stand over an outline drawn clockwise and closed', async () => {
    const ring = [...HOUSE.footprint, HOUSE.footprint[0]].toReversed();
    let current = scenario;
    for (const shape of [
      'flat',
      'gabled',
      'hipped',
      'pent',
    ] as const satisfies readonly AddBuilding['roof']['shape'][]) {
      const made = await edit(current, house({ footprint: ring, roof: { shape } }));
      expect(made.findings.filter(({ code }) => code === 'roof-simplified')).toEqual([]);
      current = made.scenario;
    }
    expect(current.edits).toHaveLength(4);
  });
});

it('is described in the OpenAPI document of /api', async () => {
  const { paths } = (await json('/api')) as { paths: Json };
  expect(Object.keys(paths)).toContain('/api/scenarios/{scenario}/edits');
});
