import { once } from 'node:events';
import { request as openRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { invalidParameter } from '../../core/errors.ts';
import { type RunningApp, runApp } from '../../test/support/running-app.ts';
import { sampleServices } from '../../test/support/sample-city.ts';
import { ANONYMOUS } from '../access/identity.ts';
import { explainAsProblem } from './problem.ts';
import type { Ask, Protocol } from './protocol.ts';

const KILOBYTE = 'x'.repeat(1024);
const made = { chunks: 0, ended: false, aborted: false };

async function* endless(ask: Ask): AsyncGenerator<string> {
  ask.signal.addEventListener('abort', () => {
    made.aborted = true;
  });
  try {
    for (;;) {
      made.chunks++;
      yield KILOBYTE.repeat(64);
    }
  } finally {
    made.ended = true;
  }
}

async function* lines(): AsyncGenerator<string> {
  for (let i = 0; i < 10; i++) yield KILOBYTE;
}

async function* failing(after: number): AsyncGenerator<string> {
  for (let i = 0; i < after; i++) yield KILOBYTE.repeat(64);
  throw invalidParameter('late', 'came too late');
}

const text = (body: string | AsyncIterable<string>, headers: Record<string, string> = {}) => ({
  status: 200,
  headers: { 'content-type': 'text/plain', ...headers },
  body,
});

const PROBE: Protocol = {
  name: 'probe',
  prefix: '/probe',
  routes: [
    {
      method: 'GET',
      path: '/probe/echo/:part',
      handle: (ask) =>
        text(JSON.stringify({ ...ask, signal: undefined, body: undefined, query: String(ask.query) })),
    },
    { method: 'GET', path: '/probe/small', handle: () => text('small') },
    { method: 'GET', path: '/probe/large', handle: () => text(KILOBYTE.repeat(10)) },
    { method: 'GET', path: '/probe/lines', handle: () => text(lines()) },
    { method: 'GET', path: '/probe/tagged', handle: () => text(KILOBYTE.repeat(2), { etag: '"v1"' }) },
    {
      method: 'GET',
      path: '/probe/endless',
      handle: (ask) => text(endless(ask), { 'content-type': 'image/png' }),
    },
    { method: 'GET', path: '/probe/fails-first', handle: () => text(failing(0)) },
    {
      method: 'GET',
      path: '/probe/fails-late',
      handle: () => text(failing(40), { 'content-type': 'image/png' }),
    },
    { method: 'GET', path: '/probe/hangs', handle: () => new Promise(() => {}) },
    { method: 'GET', path: '/probe/breaks', handle: () => Promise.reject(new Error('secret password')) },
    {
      method: 'GET',
      path: '/probe/huge',
      handle: () => ({
        status: 200,
        headers: { 'content-type': 'image/png' },
        body: new Uint8Array(64 << 20),
      }),
    },
    { method: 'POST', path: '/probe/body', handle: (ask) => text(String(ask.body.length)) },
  ],
  explain: explainAsProblem,
};

let app: RunningApp;
beforeAll(async () => {
  const state = async (id: string) =>
    id === 'known'
      ? { id, title: 'Known', base: new Date(0), revision: 3, layers: ['buildings'] }
      : undefined;
  const services = { ...sampleServices(), scenarios: { ...sampleServices().scenarios, state } };
  app = await runApp(services, { protocols: [PROBE], requestTimeoutMs: 400, maxBodyBytes: 10_000 });
});
afterAll(() => app.close());
afterEach(() => {
  Object.assign(made, { chunks: 0, ended: false, aborted: false });
});

const get = (path: string, init: RequestInit = {}) => fetch(`${app.url}${path}`, init);

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
}

/** A request whose target is sent as it is; fetch would tidy it up. */
function rawGet(target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1', () => {
      socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    });
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

it('hands over the request as it came, decoded only in the route', async () => {
  const reply = await get('/probe/echo/169%2F4?A=1&a=%C5%82+x', { headers: { 'x-request-id': 'abc-1' } });
  expect(reply.headers.get('x-request-id')).toBe('abc-1');
  expect(await reply.json()).toMatchObject({
    method: 'GET',
    path: '/probe/echo/169%2F4',
    route: { part: '169/4' },
    query: 'A=1&a=%C5%82+x',
    view: { who: { who: 'anonymous' } },
    requestId: 'abc-1',
    publicUrl: app.url,
  });
});

it.each([
  ['/s/known/probe/echo/1%2F2?a=1', '/s/known', { scenario: { id: 'known', revision: 3 } }],
  ['/probe/echo/1%2F2?a=1&SCENARIO=known', '/s/known', { scenario: { id: 'known' } }],
  ['/s/known/probe/echo/1%2F2?a=1&scenario=known', '/s/known', { scenario: { id: 'known' } }],
  ['/at/2026-06-30/probe/echo/1%2F2?a=1', '/at/2026-06-30', { at: '2026-06-30T21:59:59.999Z' }],
  [
    '/probe/echo/1%2F2?At=2026-06-30T10:00+02:00&a=1',
    '/at/2026-06-30T10:00+02:00',
    { at: '2026-06-30T08:00:00.000Z' },
  ],
  ['/probe/echo/1%2F2?at=&a=1', '', { who: { who: 'anonymous' } }],
])('takes the state of the city out of %s and keeps it in front of links', async (path, prefix, view) => {
  const asked = (await (await get(path)).json()) as Record<string, unknown>;
  expect(asked).toMatchObject({ path: '/probe/echo/1%2F2', query: 'a=1', route: { part: '1/2' }, view });
  expect(asked['publicUrl']).toBe(`${app.url}${prefix}`);
  const again = await get(`${prefix}/probe/echo/1%2F2`);
  expect(await again.json()).toMatchObject({ view: asked['view'] });
});

it.each([
  ['/s/gone/probe/small', 404, 'scenario', /no scenario "gone" that you may read; it may have been deleted/],
  ['/probe/small?scenario=gone', 404, 'scenario', /no scenario "gone"/],
  ['/probe/small?at=yesterday', 400, 'at', /a day \(2026-06-30\) or a moment with its zone/],
  ['/at/2999-01-01/probe/small', 400, 'at', /lies in the future/],
  ['/s/known/probe/small?at=2026-01-01', 400, 'at', /give either at or scenario/],
  ['/s/known/probe/small?scenario=other', 400, 'scenario', /twice with different values/],
])('refuses the state in %s', async (path, status, parameter, detail) => {
  const reply = await get(path);
  expect(reply.status).toBe(status);
  expect(await reply.json()).toMatchObject({ parameter, detail: expect.stringMatching(detail) });
});

it('reads the state from a form too, and never shows the city without it', async () => {
  const post = (body: string) =>
    get('/probe/body', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    });
  expect((await post('request=GetFeature&scenario=gone')).status).toBe(404);
  expect((await post('request=GetFeature&scenario=known')).status).toBe(200);
});

it('answers errors of unknown paths and serves plain pages in front of which a state stands', async () => {
  const nowhere = await get('/s/known/nowhere');
  expect([nowhere.status, nowhere.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  expect((await get('/s/known')).status).toBe(404);
  expect(await rawGet('/s/%ff/probe/small')).toMatch(/^HTTP\/1.1 400 /);
});

it('makes a request id of its own when none or an odd one is brought, and logs it', async () => {
  const reply = await get('/probe/small', { headers: { 'x-request-id': 'a b"c' } });
  const id = reply.headers.get('x-request-id');
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  await until(() => app.log.some(({ fields }) => fields['requestId'] === id && fields['status'] === 200));
});

it('answers HEAD without a body and OPTIONS with the methods there are', async () => {
  const head = await get('/probe/large', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  const options = await get('/probe/body', { method: 'OPTIONS' });
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
  expect(options.headers.get('access-control-allow-origin')).toBe('*');
});

it('refuses a method that a path does not have', async () => {
  const reply = await get('/probe/small', { method: 'DELETE' });
  expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  expect(await reply.json()).toMatchObject({ status: 405 });
});

it('gives validators and answers 304, weakly when compressed', async () => {
  const first = await get('/probe/tagged', { headers: { 'accept-encoding': 'gzip' } });
  expect(first.headers.get('etag')).toBe('W/"v1"');
  expect(first.headers.get('content-encoding')).toBe('gzip');
  expect(await first.text()).toHaveLength(2048);
  const again = await get('/probe/tagged', { headers: { 'if-none-match': '"v0", W/"v1"' } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  const own = (await get('/probe/small')).headers.get('etag') ?? '';
  expect((await get('/probe/small', { headers: { 'if-none-match': own } })).status).toBe(304);
  expect((await get('/probe/small', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
});

it('compresses only what is wanted and worth it', async () => {
  const identity = { headers: { 'accept-encoding': 'identity' } };
  expect((await get('/probe/large', identity)).headers.get('content-encoding')).toBeNull();
  expect((await get('/probe/small')).headers.get('content-encoding')).toBeNull();
  expect((await get('/probe/large')).headers.get('vary')).toContain('Accept-Encoding');
});

it.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['br;q=0.5, gzip;q=0.8', 'gzip'],
  ['br;q=0, *', 'gzip'],
  ['gzip', 'gzip'],
  ['*', 'br'],
  ['zstd', null],
])('to %j gives the coding %j', async (accepted, coding) => {
  for (const path of ['/probe/large', '/probe/lines']) {
    const reply = await get(path, { headers: { 'accept-encoding': accepted } });
    expect([path, reply.headers.get('content-encoding')]).toEqual([path, coding]);
    expect(await reply.text()).toBe(KILOBYTE.repeat(10));
  }
});

it('stops making what nobody reads, and ends the stream when the client leaves', async () => {
  const reached = await new Promise<number>((resolve) => {
    const request = openRequest(`${app.url}/probe/endless`, (response) => {
      response.pause();
      setTimeout(() => {
        resolve(made.chunks);
        request.destroy();
      }, 200);
    });
    request.on('error', () => {});
    request.end();
  });
  // Socket buffers take some megabytes; an unread stream must not go on beyond them.
  expect(reached).toBeLessThan(200);
  await until(() => made.ended && made.aborted);
});

it('gives up on a client that stops reading', async () => {
  const request = openRequest(`${app.url}/probe/endless`, (response) => response.pause());
  request.on('error', () => {});
  request.end();
  await until(() => made.ended);
});

it('explains an error before the first chunk and cuts the connection after it', async () => {
  const early = await get('/probe/fails-first');
  expect([early.status, await early.json()]).toMatchObject([400, { parameter: 'late' }]);
  const late = await get('/probe/fails-late');
  expect(late.status).toBe(200);
  await expect(late.text()).rejects.toThrow();
  await until(() =>
    app.log.some(({ level, message }) => level === 'warn' && message.startsWith('reply cut')),
  );
});

it('answers in time when a handler hangs', async () => {
  const reply = await get('/probe/hangs');
  expect([reply.status, await reply.json()]).toMatchObject([504, { title: 'Took too long' }]);
});

it('hides the inside of a failure and logs it with its request id', async () => {
  const reply = await get('/probe/breaks');
  const body = await reply.text();
  expect([reply.status, body.includes('secret')]).toEqual([500, false]);
  const id = reply.headers.get('x-request-id');
  expect(body).toContain(id);
  expect(app.log.find(({ level, fields }) => level === 'error' && fields['requestId'] === id)).toBeDefined();
});

it('refuses bodies beyond the limit, announced or not, without reading them to the end', async () => {
  const post = (body: string) => get('/probe/body', { method: 'POST', body });
  expect(await (await post('x'.repeat(10_000))).text()).toBe('10000');
  expect((await post('x'.repeat(10_001))).status).toBe(413);
  const status = await new Promise<number | undefined>((resolve) => {
    const request = openRequest(`${app.url}/probe/body`, { method: 'POST' }, (response) => {
      resolve(response.statusCode);
      request.destroy();
    });
    request.on('error', () => {});
    const pour = () => {
      while (!request.destroyed && request.write(KILOBYTE.repeat(64))) {}
    };
    request.on('drain', pour);
    pour();
  });
  expect(status).toBe(413);
});

it.each([
  ['/probe/echo/%', 400],
  ['/probe/echo/%ff', 400],
  ['/probe/small?a=%zz', 400],
  ['/probe/echo/a%00b', 400],
  ['/probe/small?a=%00', 400],
  ['/probe/../../etc/passwd', 400],
  ['/assets/..%2f..%2fpackage.json', 400],
  ['/assets/..%5c..%5cpackage.json', 400],
  ['/probe/nothing', 404],
  ['/nothing', 404],
])('answers the address %s with %d and a problem document', async (target, status) => {
  const answer = await rawGet(target);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer).toContain('application/problem+json');
});

it('refuses an address that is too long', async () => {
  const reply = await get(`/probe/small?a=${'x'.repeat(13_000)}`);
  expect([reply.status, await reply.json()]).toMatchObject([414, { status: 414 }]);
});

it('lets nobody keep what was made for somebody known', async () => {
  const known = await runApp(sampleServices(1), {
    identify: ({ authorization }) =>
      authorization === undefined ? ANONYMOUS : { who: 'ewa', roles: ['public'] },
  });
  const controlOf = async (headers: Record<string, string>) =>
    (await fetch(`${known.url}/ogc/collections`, { headers })).headers.get('cache-control');
  expect(await controlOf({ authorization: 'Bearer x' })).toBe('private, no-store');
  expect(await controlOf({})).not.toContain('private');
  await known.close();
});

it('sends a content policy that lets nothing foreign in, on every reply', async () => {
  for (const path of ['/probe/small', '/nothing', '/ogc']) {
    const policy = (await get(path)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("worker-src 'self' blob:");
    expect(policy).not.toMatch(/https?:|'unsafe-eval'|\*/);
  }
});

it('makes links from a plain Host header and from no other', async () => {
  const link = async (host: string) => {
    const answer = await new Promise<string>((resolve) => {
      const request = openRequest(`${app.url}/probe/echo/x`, { headers: { host } }, (response) => {
        response.setEncoding('utf8').on('data', resolve);
      });
      request.end();
    });
    return JSON.parse(answer).publicUrl;
  };
  expect(await link('twin.example:81')).toBe('http://twin.example:81');
  expect(await link('x"><script>')).toBe(app.url);
});

it('cuts a client that does not take a large answer', async () => {
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write('GET /probe/huge HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'readable');
  socket.read(1);
  await sleep(1_200);
  let taken = 0;
  socket.on('data', (chunk: Buffer) => {
    taken += chunk.length;
  });
  await once(socket, 'close');
  expect(taken).toBeLessThan(64 << 20);
});

it('sends a large answer whole to whoever takes it slowly but steadily', async () => {
  const { body } = await get('/probe/huge');
  let taken = 0;
  for await (const chunk of body ?? []) {
    taken += chunk.length;
    if (taken % (4 << 20) < chunk.length) await sleep(60);
  }
  expect(taken).toBe(64 << 20);
});

it('answers a client that sends its body byte by byte when its time is over', async () => {
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write('POST /probe/body HTTP/1.1\r\nHost: x\r\ncontent-length: 1000\r\n\r\n');
  const dripping = setInterval(() => socket.write('x'), 50);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  clearInterval(dripping);
  socket.destroy();
  expect(answer.toString('latin1')).toMatch(/^HTTP\/1\.1 (408|503|504) /);
});
