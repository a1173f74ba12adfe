/** Keys: what tools and services bring in place of a password, at the doors. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heldTokensSchema, tokenReplySchema } from '../../core/wire/token.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';

type Headers = Readonly<Record<string, string>>;
let service: WholeService;
beforeAll(async () => {
  service = await startWholeService();
  await send('/api/accounts/ewa/office', service.staff, 'PUT', {
    roles: ['steward', 'planner'],
    stewardOf: ['trees'],
  });
}, 120_000);
afterAll(() => service.close());

const send = (path: string, headers: Headers, method = 'GET', body?: object) =>
  fetch(service.url + path, {
    ...{ method, headers: { ...headers, 'content-type': 'application/json' } },
    ...(body && { body: JSON.stringify(body) }),
  });
const basic = (name: string, password: string): Headers => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
});
const bearer = (key: string): Headers => ({ authorization: `Bearer ${key}` });
const keyOf = async (account: string, more: object = {}) => {
  const reply = await send(`/api/accounts/${account}/tokens`, service.staff, 'POST', {
    label: 'QGIS',
    ...more,
  });
  expect(reply.status).toBe(201);
  return tokenReplySchema.parse(await reply.json()).token;
};
const listOf = async (path: string, headers: Headers) =>
  heldTokensSchema.parse(await (await send(path, headers)).json()).tokens;
const whoIs = async (headers: Headers) => {
  const reply = await send('/api/whoami', headers);
  return reply.ok ? ((await reply.json()) as { who: string; rights: string[] }) : reply.status;
};

describe('a key', () => {
  it('stands for its account as a bearer token and as the password beside its name, with no more rights', async () => {
    const key = await keyOf('ewa');
    const expected = { who: 'ewa', rights: ['see', 'plan', 'edit', 'describe'] };
    expect(await whoIs(bearer(key))).toMatchObject(expected);
    expect(await whoIs(basic('ewa', key))).toMatchObject(expected);
    expect(await whoIs(basic('staff', key))).toBe(401);
    expect(await whoIs(bearer(`${key.slice(0, -1)}!`))).toBe(401);
    const [held] = await listOf('/api/tokens', basic('ewa', key));
    expect(held).toMatchObject({ label: 'QGIS', isReadOnly: false, isCurrent: true, idleMinutes: null });
    expect(JSON.stringify(held)).not.toContain(key);
  });

  it('that only reads is told what its account is told, and changes nothing', async () => {
    const key = await keyOf('ewa', { readOnly: true });
    expect(await whoIs(bearer(key))).toMatchObject({ who: 'ewa', rights: ['see'] });
    const refused = await send('/api/scenarios', bearer(key), 'POST', { title: 'Plac' });
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('only read')]);
    const wfs = await send('/wfs?service=WFS&request=GetCapabilities', basic('ewa', key));
    expect(wfs.status).toBe(200);
    const session = await send('/api/accounts/ewa/tokens', service.staff, 'POST', {
      ...{ label: 'x', idleMinutes: 60, readOnly: true },
    });
    expect(session.status).toBe(400);
  });

  it('makes and ends no keys but itself', async () => {
    const [key, other] = [await keyOf('staff'), await keyOf('ewa')];
    expect((await send('/api/tokens', bearer(key), 'POST', { label: 'more' })).status).toBe(403);
    expect((await send('/api/accounts/ewa/tokens', bearer(key), 'POST', { label: 'more' })).status).toBe(403);
    const [held] = await listOf('/api/accounts/ewa/tokens', service.staff);
    expect((await send(`/api/accounts/ewa/tokens/${held?.id}`, bearer(key), 'DELETE')).status).toBe(403);
    expect((await send('/api/tokens/current', bearer(key), 'DELETE')).status).toBe(204);
    expect(await whoIs(bearer(other))).toMatchObject({ who: 'ewa' });
  });

  it('is made and ended by who keeps accounts, which the audit tells', async () => {
    await keyOf('ewa', { label: 'traffic lights' });
    expect((await send('/api/accounts/nobody/tokens', service.staff, 'POST', { label: 'x' })).status).toBe(
      404,
    );
    const lights = (await listOf('/api/accounts/ewa/tokens', service.staff)).find(
      ({ label }) => label === 'traffic lights',
    );
    const path = `/api/accounts/ewa/tokens/${lights?.id}`;
    const stranger = await keyOf('ewa');
    expect((await send(path, bearer(stranger), 'DELETE')).status).toBe(403);
    expect((await send(path, service.staff, 'DELETE')).status).toBe(204);
    expect((await send(path, service.staff, 'DELETE')).status).toBe(404);
    const { rows } = (await (await send('/api/audit?subject=token&text=traffic', service.staff)).json()) as {
      rows: { who: string; what: string; detail: string }[];
    };
    expect(rows.map(({ who, what, detail }) => [who, what, JSON.parse(detail).account])).toEqual([
      ['staff', 'token.ended', 'ewa'],
      ['staff', 'token.made', 'ewa'],
    ]);
  });
});
