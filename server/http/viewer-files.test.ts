import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as openRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningApp, runApp } from '../../test/support/running-app.ts';
import { sampleServices } from '../../test/support/sample-city.ts';

let app: RunningApp;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blizniak-viewer-'));
  const viewer = join(folder, 'viewer');
  await mkdir(join(viewer, 'assets', 'cesium-24.0.0'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(viewer, '.env'), 'secret');
  for (const page of ['index', 'widget', 'embed'])
    await writeFile(join(viewer, `${page}.html`), '<!doctype html>viewer');
  await writeFile(join(viewer, 'assets', 'index-B3f9a1Qz.js'), `export {};${' '.repeat(4000)}`);
  await writeFile(join(viewer, 'assets', 'cesium-24.0.0', 'worker.js'), 'export {};');
  app = await runApp(sampleServices(1), { viewerDir: viewer });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${app.url}${path}`, { headers });

it('opens at the root, asked for again each time, under the strict policy of every page', async () => {
  const reply = await get('/?view=plan');
  expect(await reply.text()).toContain('viewer');
  expect(reply.headers.get('cache-control')).toBe('no-cache');
  expect(reply.headers.get('content-security-policy')).toContain("style-src 'self';");
  // fetch adds Cache-Control: no-cache to conditional requests, a browser does not.
  const status = await new Promise((resolve) => {
    const headers = { 'if-none-match': reply.headers.get('etag') ?? '' };
    openRequest(`${app.url}/`, { headers }, (response) => resolve(response.statusCode)).end();
  });
  expect(status).toBe(304);
});

it('keeps files named by their content or version for good, and compresses them', async () => {
  const hashed = await get('/assets/index-B3f9a1Qz.js');
  expect(hashed.headers.get('cache-control')).toContain('immutable');
  expect(hashed.headers.get('content-encoding')).toBe('gzip');
  expect((await get('/assets/cesium-24.0.0/worker.js')).headers.get('cache-control')).toContain('immutable');
});

it.each(['/secret.txt', '/.env', '/assets', '/assets/missing-B3f9a1Qz.js', '/..%2fsecret.txt'])(
  'does not give out %s',
  async (path) => {
    const reply = await get(path);
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(await reply.text()).not.toMatch(/^secret/);
  },
);

it('opens with a state of the city in front of it, its files at the root as ever', async () => {
  for (const path of ['/s/abc/', '/at/2026-06-30/?view=plan', '/s/abc', '/s/abc?view=plan']) {
    expect(await (await get(path)).text()).toContain('viewer');
  }
  expect((await get('/assets/index-B3f9a1Qz.js')).status).toBe(200);
});

it('lets other sites frame the widget and a published scenario, and nothing else', async () => {
  const policyOf = async (path: string) => (await get(path)).headers.get('content-security-policy');
  for (const path of ['/widget.html?show=air', '/embed.html?scenario=abc']) {
    expect(await policyOf(path)).toContain('frame-ancestors *');
  }
  for (const path of ['/', '/index.html', '/health', '/s/abc/']) {
    expect(await policyOf(path)).toContain("frame-ancestors 'self'");
  }
});
