import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningApp, runApp } from '../../../test/support/running-app.ts';
import { sampleServices } from '../../../test/support/sample-city.ts';

let app: RunningApp;
const asked: unknown[] = [];
const unanswered = async (question: unknown) => {
  asked.push(question);
  throw new Error('only the question counts here');
};
beforeAll(async () => {
  app = await runApp({
    ...sampleServices(4),
    siting: {
      ...{ answer: unanswered, preview: unanswered, isochrones: unanswered },
      enough: (ticket) => ticket === 'under-way',
      searching: (ticket) =>
        ticket === 'under-way'
          ? { seconds: 2, best: { objective: 300, bound: 306, gap: 0.02 }, isChosen: false }
          : undefined,
    },
  });
});
afterAll(() => app.close());

const post = (path: string, body: unknown) =>
  fetch(`${app.url}/api/siting${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

it('takes an empty question as the usual one', async () => {
  await post('', {});
  expect(asked.at(-1)).toMatchObject({
    kind: 'nursery',
    objective: 'coverage',
    newSites: 1,
    existing: 'fixed',
  });
});

it.each([
  ['', { newSites: 11 }, 'newSites'],
  ['', { newSites: 0 }, 'newSites'],
  ['', { kind: 'prison' }, 'kind'],
  ['', { capacityPerSite: 0 }, 'capacityPerSite'],
  ['', { budgetPln: -1 }, 'budgetPln'],
  ['', { candidates: [] }, 'candidates'],
  ['', { demandFactor: -1 }, 'demandFactor'],
  ['/preview', { sites: [{ e: 1 }] }, 'sites.0.n'],
  ['/preview', {}, 'sites'],
  ['/isochrones', { e: 1, n: 2, minutes: [] }, 'minutes'],
])('refuses %s %o and names the member', async (path, body, parameter) => {
  const reply = await post(path, body);
  expect(reply.status).toBe(400);
  expect(await reply.json()).toMatchObject({ parameter });
});

it('tells how far a search is by its ticket, and when there is none', async () => {
  const read = (ticket: string) => fetch(`${app.url}/api/siting/searches/${ticket}`);
  expect(await (await read('under-way')).json()).toMatchObject({ best: { objective: 300, bound: 306 } });
  expect((await read('long-over')).status).toBe(204);
});

it('ends a search by its ticket, and says when there is none', async () => {
  const end = (ticket: string) => fetch(`${app.url}/api/siting/searches/${ticket}`, { method: 'DELETE' });
  expect((await end('under-way')).status).toBe(204);
  expect((await end('long-over')).status).toBe(404);
});
