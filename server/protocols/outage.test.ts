import { afterAll, beforeAll, expect, it } from 'vitest';
import { unavailable } from '../../core/errors.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import { type RunningApp, runApp } from '../../test/support/running-app.ts';
import { sampleServices } from '../../test/support/sample-city.ts';
import { PUBLIC_VIEW } from '../access/view.ts';

const DOWN = unavailable('The database does not answer; it is tried again by itself');
const services = sampleServices(30);
const inMemory = services.featuresFor(PUBLIC_VIEW);
const state = { rows: 'down' as 'down' | 'up' };

/** Fails as the store does when its database is gone. */
const failing: FeatureSource = {
  layers: () => inMemory.layers(),
  async *query(query, signal) {
    if (state.rows === 'up') yield* inMemory.query(query, signal);
    else throw DOWN;
  },
  count: () => Promise.reject(DOWN),
  byId: () => Promise.reject(DOWN),
};

let app: RunningApp;
beforeAll(async () => {
  app = await runApp({
    ...services,
    featuresFor: () => failing,
    health: { ready: async () => ({ ready: false, detail: 'since 10:00' }) },
  });
});
afterAll(() => app.close());

it.each([
  ['/ogc/collections/parcels/items', 'application/problem+json'],
  ['/ogc/collections/parcels/items/1', 'application/problem+json'],
  ['/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=parcels', 'application/xml'],
  ['/ready', 'application/json'],
])('%s says that it is unavailable now and when to come again', async (path, type) => {
  state.rows = 'down';
  const reply = await fetch(`${app.url}${path}`);
  expect([reply.status, reply.headers.get('retry-after'), reply.headers.get('content-type')]).toEqual([
    503,
    '5',
    type,
  ]);
  expect(await reply.text()).not.toMatch(/stack|node_modules/);
});

it('leaves the count out of a page whose rows are there', async () => {
  state.rows = 'up';
  const reply = await fetch(`${app.url}/ogc/collections/parcels/items?limit=5`);
  const body = (await reply.json()) as { features: unknown[]; numberReturned: number };
  expect(body.features).toHaveLength(5);
  expect(body).toMatchObject({ numberReturned: 5 });
  expect(body).not.toHaveProperty('numberMatched');
});

it('is healthy as a process meanwhile', async () => {
  expect((await fetch(`${app.url}/health`)).status).toBe(200);
});
