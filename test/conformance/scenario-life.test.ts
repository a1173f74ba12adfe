/** A scenario from its draft to the registers, over HTTP, seen through the doors. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';
import { scenarioReplySchema } from '../../core/wire/scenario.ts';
import {
  applicationReplySchema,
  applicationTrialReplySchema,
  logReplySchema,
  replayReplySchema,
  replayTrialReplySchema,
} from '../../core/wire/scenario-life.ts';
import { fill } from '../support/filled-database.ts';
import { sampleFeatures } from '../support/sample-city.ts';
import { type StoredCity, storedCity } from './stored-city.ts';

const BUILDING = '306401_1.0021.1.1_BUD';
const REMOVAL = { kind: 'remove-building', building: BUILDING };

let city: StoredCity;
beforeAll(async () => {
  city = await storedCity(12);
});
afterAll(async () => {
  await city.close();
  expect(city.log.filter(({ level }) => level === 'error')).toEqual([]);
});

async function ask<T>(
  schema: z.ZodType<T>,
  method: string,
  path: string,
  { body, revision, who = 'anna' }: { body?: unknown; revision?: number; who?: string } = {},
): Promise<T> {
  const reply = await send(method, path, { body, revision, who });
  expect(reply.status, await reply.clone().text()).toBeLessThan(300);
  return schema.parse(await reply.json());
}

const send = (
  method: string,
  path: string,
  { body, revision, who = 'anna' }: { body?: unknown; revision?: number | undefined; who?: string } = {},
) =>
  fetch(`${city.url}/api/scenarios${path}`, {
    method,
    headers: {
      ...(who !== '' && { authorization: who }),
      ...(revision !== undefined && { 'if-match': `"${revision}"` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

const idsIn = async (scenario: string) => {
  const reply = await fetch(`${city.url}${scenario}/ogc/collections/buildings/items?limit=100&f=json`);
  const { features } = (await reply.json()) as { features: { id: string }[] };
  return features.map(({ id }) => id);
};

it('leads from a draft by a newer city to the registers, and every door follows', async () => {
  const begun = await ask(scenarioReplySchema, 'POST', '', {
    body: { title: 'Plac', assumptions: ['Bez zmian w ruchu'], lawDate: '2026-01-01' },
  });
  expect(begun).toMatchObject({ state: 'draft', lawDate: '2026-01-01', assumptions: ['Bez zmian w ruchu'] });
  await send('POST', `/${begun.id}/edits`, { body: REMOVAL, revision: 1 });
  const branched = await send('POST', `/${begun.id}/branches`, { body: { title: 'Wariant' } });
  expect(branched.status).toBe(201);
  const branch = scenarioReplySchema.parse(await branched.json());
  expect(branched.headers.get('location')).toBe(`${city.url}/api/scenarios/${branch.id}`);
  const { id } = branch;
  expect(await idsIn(`/s/${id}`)).not.toContain(BUILDING);

  const changed = sampleFeatures(1).filter(({ layer }) => layer === 'buildings');
  await fill(
    city.pool,
    changed.map((feature) => ({ ...feature, properties: { ...feature.properties, storeys_above: 9 } })),
  );
  const trial = await ask(replayTrialReplySchema, 'POST', `/${id}/rebase?dryRun=true`, { body: {} });
  const [conflict] = trial.report.conflicts;
  expect(conflict).toMatchObject({
    kind: 'changed',
    objects: [{ id: BUILDING, attributes: [{ name: 'storeys_above', was: 1, becomes: 9 }] }],
  });
  const refused = await send('POST', `/${id}/rebase`, { body: {}, revision: 1 });
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('Ask with dryRun=true') });
  const resolutions = [{ edit: conflict?.edit, choice: 'theirs' }];
  const rebased = await ask(replayReplySchema, 'POST', `/${id}/rebase`, {
    body: { resolutions },
    revision: 1,
  });
  expect(rebased.report.conflicts).toMatchObject([{ choice: 'theirs' }]);
  expect(await idsIn(`/s/${id}`)).not.toContain(BUILDING);

  const { revision } = rebased.scenario;
  const step = (state: string, from: number, who: string) =>
    send('POST', `/${id}/state`, { body: { state }, revision: from, who });
  expect((await step('review', revision, 'anna')).status).toBe(200);
  expect((await step('adopted', revision + 1, 'anna')).status).toBe(403);
  expect((await step('adopted', revision + 1, 'bartek')).status).toBe(200);
  const frozen = await send('POST', `/${id}/edits`, { body: REMOVAL, revision: revision + 2 });
  expect([frozen.status, await frozen.json()]).toMatchObject([
    409,
    { detail: expect.stringContaining('adopted') },
  ]);

  expect((await send('PUT', `/${id}/publication`, { revision: revision + 2 })).status).toBe(200);
  const dry = await ask(applicationTrialReplySchema, 'POST', `/${id}/application?dryRun=true`);
  expect(await idsIn('')).toContain(BUILDING);
  const applied = await ask(applicationReplySchema, 'POST', `/${id}/application`, { revision: revision + 3 });
  expect(applied.report.layers).toEqual(dry.report.layers);
  expect(await idsIn('')).not.toContain(BUILDING);
  const moment = branch.createdAt;
  expect(await idsIn(`/at/${moment}`)).toContain(BUILDING);

  const { entries } = await ask(logReplySchema, 'GET', `/${id}/log`);
  expect(entries.map(({ action, who }) => `${action} ${who}`)).toEqual([
    'applied anna',
    'published anna',
    'state bartek',
    'state anna',
    'rebased anna',
    'branched anna',
  ]);
});

it('refuses in its own words whoever may not, and what cannot be read', async () => {
  const { id } = await ask(scenarioReplySchema, 'POST', '', { body: { title: 'T' } });
  const statusOf = async (...request: Parameters<typeof send>) => (await send(...request)).status;
  for (const path of ['branches', 'rebase', 'merge', 'state', 'application']) {
    expect(await statusOf('POST', `/${id}/${path}`, { body: {}, who: '' })).toBe(401);
    expect(await statusOf('POST', `/${id}/${path}`, { body: {}, who: 'guest' })).toBe(403);
  }
  expect(await statusOf('GET', `/${id}/log`, { who: 'guest' })).toBe(403);
  expect(await statusOf('GET', `/${id}/log?before=x`)).toBe(400);
  expect(
    await statusOf('POST', `/${id}/rebase`, { body: { resolutions: [{ edit: 'e', choice: 'maybe' }] } }),
  ).toBe(400);
  expect(await statusOf('POST', `/${id}/merge`, { body: {}, revision: 1 })).toBe(400);
  expect(await statusOf('POST', `/${id}/state`, { body: { state: 'gone' }, revision: 1 })).toBe(400);
  expect(await statusOf('POST', `/${id}/branches`, { body: { title: 'a\0b' } })).toBe(400);
  expect(await statusOf('POST', `/${id}/branches`, { body: { parent: id } })).toBe(400);
  expect(await statusOf('POST', '', { body: { title: 'T', lawDate: '2026-02-30' } })).toBe(400);
  expect(await statusOf('POST', `/${'a'.repeat(20)}/rebase?dryRun=true`, { body: {} })).toBe(404);
  const late = await send('POST', `/${id}/state`, { body: { state: 'review' }, revision: 7 });
  expect([late.status, await late.json()]).toMatchObject([
    409,
    { detail: expect.stringContaining('revision 1') },
  ]);
});

it('tells a rebase line by line to whoever wants it, and refuses it by its status before the first line', async () => {
  const { id } = await ask(scenarioReplySchema, 'POST', '', { body: { title: 'Wiersze' } });
  await send('POST', `/${id}/edits`, {
    body: { ...REMOVAL, building: '306401_1.0021.4.1_BUD' },
    revision: 1,
  });
  const lines = (path: string) =>
    fetch(`${city.url}/api/scenarios/${id}/rebase${path}`, {
      method: 'POST',
      headers: { authorization: 'anna', accept: 'application/x-ndjson', 'if-match': '"2"' },
      body: '{}',
    });
  const refused = await lines('');
  expect([refused.status, refused.headers.get('content-type')]).toEqual([409, 'application/problem+json']);
  await fill(city.pool, sampleFeatures(1));
  const done = await lines('');
  expect([done.status, done.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
  const last = (await done.text()).trim().split('\n').at(-1) ?? '';
  const { result } = JSON.parse(last) as { result: unknown };
  expect(replayReplySchema.parse(result).report.edits).toEqual({ all: 1, kept: 1, dropped: 0 });
});
