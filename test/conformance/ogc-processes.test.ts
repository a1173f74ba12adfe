/** OGC API – Processes, Part 1 (18-062r2): one block for each requirements class that `/ogc/conformance` declares. */
import { resolve } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_ORIGIN } from '../support/sample-city.ts';
import { tool } from './outside-tools.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

type Json = Record<string, unknown>;
interface Link {
  readonly href: string;
  readonly rel: string;
}

const { easting: E, northing: N } = SAMPLE_ORIGIN;
const BBOX = [E, N, E + 200, N + 200];
const CLASS = 'http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf';
const TYPE = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0';
const HOUSE = {
  kind: 'add-building',
  footprint: [
    [E + 24, N + 4],
    [E + 32, N + 4],
    [E + 32, N + 14],
    [E + 24, N + 14],
  ],
  storeys: 2,
  roof: { shape: 'flat' },
  function: 'm',
};

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity(20, { modelThreads: 1 });
});
afterAll(async () => {
  await city.close();
  expect(city.log.filter(({ level }) => level === 'error')).toEqual([]);
});

const get = (path: string) => fetch(path.startsWith('http') ? path : `${city.url}${path}`);
const json = async (path: string) => (await (await get(path)).json()) as Json;
const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(path.startsWith('http') ? path : `${city.url}${path}`, {
    method,
    headers: { authorization: 'anna', 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const execution = (body: unknown, headers: Record<string, string> = {}, root = '') =>
  send('POST', `${root}/ogc/processes/built-up-area/execution`, body, headers);
const linkOf = (links: unknown, rel: string) =>
  (links as readonly Link[]).find((link) => link.rel === rel)?.href ?? `no link ${rel}`;

async function begun(body: object): Promise<{ readonly job: string; readonly status: Json }> {
  const reply = await execution(body, { prefer: 'respond-async' });
  expect(reply.status).toBe(201);
  return { job: reply.headers.get('location') ?? '', status: (await reply.json()) as Json };
}
async function finished(job: string): Promise<Json> {
  await expect.poll(async () => (await json(job))['status'], { timeout: 30_000 }).toBe('successful');
  return json(job);
}

async function scenarioWithHouse(): Promise<string> {
  const { id, revision } = (await (await send('POST', '/api/scenarios', { title: 'T' })).json()) as Json;
  const added = await send('POST', `/api/scenarios/${id}/edits`, HOUSE, { 'if-match': `"${revision}"` });
  expect(added.status).toBe(201);
  return String(id);
}

it('declares exactly the classes that are checked here', async () => {
  const { conformsTo } = await json('/ogc/conformance');
  const declared = (conformsTo as string[]).filter((uri) => uri.startsWith(CLASS));
  expect(declared.map((uri) => uri.slice(CLASS.length + 1)).toSorted()).toEqual(
    ['core', 'dismiss', 'job-list', 'json', 'oas30', 'ogc-process-description'].toSorted(),
  );
});

describe('core', () => {
  it('leads from the landing page to processes and jobs', async () => {
    const { links } = await json('/ogc');
    const processes = await json(linkOf(links, 'http://www.opengis.net/def/rel/ogc/1.0/processes'));
    expect(processes['processes']).toContainEqual(
      expect.objectContaining({
        id: 'built-up-area',
        version: '1',
        jobControlOptions: ['sync-execute', 'async-execute', 'dismiss'],
        outputTransmission: ['value', 'reference'],
      }),
    );
    expect((await get(linkOf(links, 'http://www.opengis.net/def/rel/ogc/1.0/job-list'))).status).toBe(200);
    const page = await json('/ogc/processes?limit=1');
    expect(page['processes']).toHaveLength(1);
    expect((await json(linkOf(page['links'], 'next')))['processes']).not.toEqual(page['processes']);
    expect(await (await get('/ogc?f=html&lang=en')).text()).toContain('Processes: models');
  });

  it('executes at once when nothing is said, and gives raw values', async () => {
    const one = await execution({ inputs: { bbox: BBOX }, outputs: { boxM2: {} } });
    expect([one.status, one.headers.get('content-type'), await one.json()]).toEqual([
      200,
      'application/json',
      40_000,
    ]);
    const many = await execution({ inputs: { bbox: { value: BBOX } }, outputs: { boxM2: {}, before: {} } });
    expect(many.headers.get('content-type')).toMatch(/^multipart\/related; .*boundary=/);
    const text = await many.text();
    expect(text).toMatch(/content-id: <boxM2>\r\n\r\n40000\r\n/);
    expect(text).toMatch(/content-id: <before>\r\n\r\n\{"buildings":/);
    const none = await execution({
      inputs: { bbox: { bbox: BBOX } },
      outputs: { boxM2: { transmissionMode: 'reference' } },
    });
    expect(none.status).toBe(204);
    const [, address = ''] = /^<([^>]+)>; rel="boxM2"/.exec(none.headers.get('link') ?? '') ?? [];
    expect(await json(address)).toBe(40_000);
  });

  it('gives a document with values and references', async () => {
    const reply = await execution({
      inputs: { bbox: BBOX },
      outputs: { boxM2: {}, before: {}, after: { transmissionMode: 'reference' } },
      response: 'document',
    });
    const document = (await reply.json()) as { after: { href: string } } & Json;
    expect(document).toMatchObject({
      boxM2: 40_000,
      before: { value: { buildings: expect.any(Number) } },
      after: { href: expect.stringMatching(/\/ogc\/jobs\/[0-9a-f]{32}\/results\/after$/) },
    });
    expect(await json(document.after.href)).toEqual((document['before'] as Json)['value']);
  });

  it('executes later when that is preferred, and gives the results in the way that was asked for', async () => {
    const { job, status } = await begun({ inputs: { bbox: BBOX }, outputs: { boxM2: {} } });
    expect(status).toMatchObject({
      type: 'process',
      processID: 'built-up-area',
      jobID: job.split('/').at(-1),
    });
    const done = await finished(job);
    expect(done).toMatchObject({ progress: 100, created: expect.any(String), finished: expect.any(String) });
    expect(await json(linkOf(done['links'], 'http://www.opengis.net/def/rel/ogc/1.0/results'))).toBe(40_000);
    // The same run, another way to see it.
    const { job: other } = await begun({ inputs: { bbox: BBOX }, response: 'document' });
    expect(other).not.toBe(job);
    expect(other.slice(0, other.indexOf('jobs/') + 37)).toBe(job.slice(0, job.indexOf('jobs/') + 37));
    expect(await json(`${other}/results`)).toMatchObject({ boxM2: 40_000 });
  });

  it('takes the result of a job as an input, and data in the address', async () => {
    const { job } = await begun({ inputs: { bbox: BBOX }, response: 'document' });
    await finished(job);
    const number = await execution({ inputs: { bbox: { href: `${job}/results/boxM2` } } });
    // It was fetched: a number is no box.
    expect([number.status, ((await number.json()) as Json)['detail']]).toEqual([
      400,
      expect.stringContaining('expected tuple, received number'),
    ]);
    const data = `data:application/json,${encodeURIComponent(JSON.stringify(BBOX))}`;
    expect((await execution({ inputs: { bbox: { href: data } }, outputs: { boxM2: {} } })).status).toBe(200);
    expect((await execution({ inputs: { bbox: { href: 'http://127.0.0.1:1/' } } })).status).toBe(400);
  });

  it('runs over the scenario of the address, or of the inputs', async () => {
    const scenario = await scenarioWithHouse();
    const outputs = { after: {} };
    const counted = async (reply: Response) => ((await reply.json()) as Json)['buildings'] as number;
    const base = await counted(await execution({ inputs: { bbox: BBOX }, outputs }));
    expect(await counted(await execution({ inputs: { bbox: BBOX }, outputs }, {}, `/s/${scenario}`))).toBe(
      base + 1,
    );
    expect(await counted(await execution({ inputs: { bbox: BBOX, scenario }, outputs }))).toBe(base + 1);
    expect(((await json(`/s/${scenario}/ogc/jobs`))['jobs'] as unknown[]).length).toBe(1);
  });

  it.each([
    ['an unknown process', '/ogc/processes/nothing', 404, `${TYPE}/no-such-process`],
    ['an unknown job', '/ogc/jobs/nothing', 404, `${TYPE}/no-such-job`],
    ['results of an unknown job', `/ogc/jobs/${'0'.repeat(32)}/results`, 404, `${TYPE}/no-such-job`],
  ])('explains %s', async (_, path, status, type) => {
    const reply = await get(path);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    expect(await reply.json()).toMatchObject({ type, status, title: expect.any(String) });
  });

  it.each([
    ['no body', undefined, 400],
    ['inputs that are missing', { inputs: {} }, 400],
    ['inputs that do not fit', { inputs: { bbox: [1, 2, 3] } }, 400],
    ['inputs that there are not', { inputs: { bbox: BBOX, colour: 'red' } }, 400],
    ['outputs that there are not', { inputs: { bbox: BBOX }, outputs: { colour: {} } }, 400],
    ['a scenario that there is not', { inputs: { bbox: BBOX, scenario: 'x' } }, 404],
    ['a subscriber', { inputs: { bbox: BBOX }, subscriber: { successUri: 'http://127.0.0.1:1/' } }, 501],
  ])('refuses an execution with %s', async (_, body, status) => {
    const reply = await execution(body);
    expect([reply.status, (await reply.json()) as Json]).toEqual([
      status,
      expect.objectContaining({ status, detail: expect.any(String) }),
    ]);
  });

  it('computes for staff, and gives everybody what is there', async () => {
    const asPublic = (bbox: readonly number[]) =>
      fetch(`${city.url}/ogc/processes/built-up-area/execution`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ inputs: { bbox }, outputs: { boxM2: {} } }),
      });
    const fresh = [E, N, E + 123, N + 100];
    expect((await asPublic(fresh)).status).toBe(401);
    expect((await execution({ inputs: { bbox: fresh }, outputs: { boxM2: {} } })).status).toBe(200);
    expect(await (await asPublic(fresh)).json()).toBe(12_300);
  });
});

it('ogc-process-description: tells inputs with how often they stand, and outputs, in the language asked for', async () => {
  const described = await json('/ogc/processes/built-up-area?lang=en');
  expect(described).toMatchObject({
    id: 'built-up-area',
    title: 'Built-up area',
    inputs: {
      bbox: {
        title: 'bbox',
        minOccurs: 1,
        maxOccurs: 1,
        schema: { type: 'array', minItems: 4, maxItems: 4 },
      },
      scenario: { minOccurs: 0, schema: { type: 'string' } },
    },
    outputs: { boxM2: { schema: { type: 'number' } }, after: { schema: { type: 'object' } } },
  });
  expect(linkOf(described['links'], 'http://www.opengis.net/def/rel/ogc/1.0/execute')).toBe(
    `${city.url}/ogc/processes/built-up-area/execution`,
  );
  expect((await json('/ogc/processes/built-up-area?lang=pl'))['title']).toBe('Powierzchnia zabudowy');
});

it('json: every document is JSON', async () => {
  for (const path of ['/ogc/processes', '/ogc/processes/built-up-area', '/ogc/jobs']) {
    expect((await get(path)).headers.get('content-type')).toBe('application/json');
  }
});

it('oas30: the API document is valid and names every process with its execution', async () => {
  const api = await json('/ogc/api');
  const validator = new Validator();
  expect(await validator.validate(structuredClone(api))).toEqual({ valid: true });
  const paths = Object.keys(api['paths'] as Json);
  const { processes } = (await json('/ogc/processes')) as { processes: { id: string }[] };
  expect(processes.length).toBeGreaterThan(1);
  for (const { id } of processes) {
    expect(paths).toEqual(expect.arrayContaining([`/processes/${id}`, `/processes/${id}/execution`]));
  }
  expect(paths).toEqual(expect.arrayContaining(['/jobs', '/jobs/{jobId}', '/jobs/{jobId}/results']));
});

describe('job-list', () => {
  const listed = async (query: string) => (await json(`/ogc/jobs${query}`))['jobs'] as Json[];

  it('tells jobs the newest first, narrowed by each parameter, page by page', async () => {
    for (const side of [11, 12, 13]) {
      const { job } = await begun({ inputs: { bbox: [E, N, E + side, N + side] }, response: 'document' });
      await finished(job);
    }
    const all = await listed('');
    const created = all.map((job) => String(job['created']));
    const moments = created.map(Date.parse);
    expect(moments).toEqual(moments.toSorted((a, b) => b - a));
    expect(await listed('?type=process')).toEqual(all);
    expect(await listed('?type=other')).toEqual([]);
    expect(await listed('?processID=built-up-area&status=successful')).toEqual(all);
    expect(await listed('?processID=consequences')).toEqual([]);
    expect(await listed('?status=failed,dismissed')).toEqual([]);
    expect(await listed(`?datetime=${created[0]}/..`)).toEqual([all[0]]);
    expect(await listed('?datetime=2001-01-01/2002-01-01')).toEqual([]);
    expect(await listed('?minDuration=3600')).toEqual([]);
    expect(await listed('?maxDuration=3600')).toEqual(all);
    const page = await json('/ogc/jobs?limit=2');
    expect(page['jobs']).toEqual(all.slice(0, 2));
    expect((await json(linkOf(page['links'], 'next')))['jobs']).toEqual(all.slice(2, 4));
    for (const query of ['?status=good', '?datetime=today', '?limit=0', '?minDuration=-1']) {
      expect([query, (await get(`/ogc/jobs${query}`)).status]).toEqual([query, 400]);
    }
  });
});

it('dismiss: a job that has ended is forgotten, also for those who look at it in another way', async () => {
  const { job } = await begun({ inputs: { bbox: [E, N, E + 7, N + 7] } });
  await finished(job);
  expect((await fetch(job, { method: 'DELETE' })).status).toBe(401);
  const reply = await send('DELETE', job);
  expect([reply.status, ((await reply.json()) as Json)['status']]).toEqual([200, 'dismissed']);
  for (const path of [job, `${job}/results`]) {
    const gone = await get(path);
    expect([gone.status, ((await gone.json()) as Json)['type']]).toEqual([404, `${TYPE}/no-such-job`]);
  }
});

describe('a model elsewhere', () => {
  const SCRIPT = resolve(import.meta.dirname, '../../docs/how-to/outside-model/roof_runoff.py');
  const runScript = (...args: string[]) =>
    tool('python3', [SCRIPT, ...args], { BLIZNIAK_AUTHORIZATION: 'anna' });

  it('in Python reads base and scenario, writes its result, and stands in the table of consequences', async () => {
    const scenario = await scenarioWithHouse();
    const printed = JSON.parse(await runScript(city.url, scenario, '30')) as { rows: Json[] };
    const [row] = printed.rows;
    // A house of 80 m² sheds 80 × 0.03 × 0.9 m³.
    expect(Number(row?.['after']) - Number(row?.['before'])).toBeCloseTo(2.16, 1);
    const tableOf = async () => {
      const table = await json(`/api/scenarios/${scenario}/consequences`);
      return (table['rows'] as Json[]).filter((each) => String(each['name']).startsWith('roof-runoff.'));
    };
    expect(await tableOf()).toEqual([
      expect.objectContaining({
        name: 'roof-runoff.roof-runoff',
        state: 'computed',
        unit: 'm3',
        significance: 'beyond-error',
        after: row?.['after'],
      }),
    ]);
    // Beside a scenario that it was not run for.
    const other = await scenarioWithHouse();
    const { rows } = (await json(`/api/scenarios/compare?ids=${scenario},${other}`)) as { rows: Json[] };
    expect(rows.filter(({ name }) => name === 'roof-runoff.roof-runoff')).toEqual([
      expect.objectContaining({
        cells: [
          expect.objectContaining({ scenario, state: 'computed', after: row?.['after'] }),
          expect.objectContaining({ scenario: other, state: 'not-assessed' }),
        ],
        between: [],
      }),
    ]);
    // Run again, it finds its result.
    expect(JSON.parse(await runScript(city.url, scenario, '30'))).toEqual(printed);
    const { runs } = (await json(`/api/runs?of=${scenario}`)) as { runs: Json[] };
    const outside = runs.filter((run) => run['outside'] === true);
    expect(outside.map((run) => [run['model'], run['state']])).toEqual([['roof-runoff', 'successful']]);
    // Once the scenario is another, its result does not stand there any more.
    const etag = (await get(`/api/scenarios/${scenario}`)).headers.get('etag') ?? '';
    expect(
      (await send('POST', `/api/scenarios/${scenario}/undo`, undefined, { 'if-match': etag })).status,
    ).toBe(200);
    expect(await tableOf()).toEqual([]);
  });

  it('says what is wrong when it may not write', async () => {
    const scenario = await scenarioWithHouse();
    await expect(
      tool('python3', [SCRIPT, city.url, scenario], { BLIZNIAK_AUTHORIZATION: 'guest' }),
    ).rejects.toThrow('/api/runs: 401');
  });
});
