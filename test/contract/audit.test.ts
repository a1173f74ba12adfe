/** What the audit tells of requests at the doors, to those who may read it. */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AuditPage, auditPageSchema } from '../../core/wire/audit.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';

let service: WholeService;
beforeAll(async () => {
  service = await startWholeService();
}, 120_000);
afterAll(() => service.close());

const basic = (name: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
});
const send = (path: string, headers: Readonly<Record<string, string>>, method = 'GET', body?: object) =>
  fetch(service.url + path, {
    ...{ method, headers: { ...headers, 'content-type': 'application/json' } },
    ...(body && { body: JSON.stringify(body) }),
  });
const audit = async (query = '', headers: Readonly<Record<string, string>> = service.staff) =>
  auditPageSchema.parse(await (await send(`/api/audit?${query}`, headers)).json());
const told = ({ rows }: AuditPage) => rows.map(({ who, what, about }) => [who, what, about]);

async function officer(name: string, role: string) {
  const said = { roles: [role], stewardOf: [], lastDay: null, newPassword: true };
  const made = await send(`/api/accounts/${name}/office`, service.staff, 'PUT', said);
  const { password } = (await made.json()) as { password: string };
  return basic(name, password);
}

it('who signed in, who was refused, what was changed and read, and no secret', async () => {
  const [auditor, planner] = [await officer('ola', 'auditor'), await officer('ewa', 'planner')];
  expect((await send('/api/audit', {})).status).toBe(401);
  expect((await send('/api/audit', planner)).status).toBe(403);
  expect((await send('/api/audit', auditor)).status).toBe(200);
  expect((await send('/api/whoami', basic('ola', 'my-old-secret'))).status).toBe(401);
  expect((await send('/api/whoami', basic('no-such-account', 'my-old-secret'))).status).toBe(401);
  expect((await send('/api/accounts/ola/lock', planner, 'PUT', { locked: true, why: 'spite' })).status).toBe(
    403,
  );
  const made = await send('/api/scenarios', planner, 'POST', { title: 'Plac' });
  expect(made.status).toBe(201);
  const scenario = (await made.json()) as { id: string };
  expect(
    (await send(`/api/scenarios/${scenario.id}`, { ...planner, 'if-match': '"1"' }, 'DELETE')).status,
  ).toBe(204);
  await expect
    .poll(async () => told(await audit('', auditor)))
    .toEqual(
      expect.arrayContaining([
        ['staff', 'account.changed', 'ewa'],
        ['ewa', 'right.refused', 'GET /api/audit'],
        ['ewa', 'right.refused', 'PUT /api/accounts/ola/lock'],
        ['ola', 'sign-in.done', 'password'],
        ['ola', 'sign-in.refused', ''],
        ['unknown', 'sign-in.refused', ''],
        ['ewa', 'scenario.removed', scenario.id],
      ]),
    );
  const all = JSON.stringify(await audit('limit=1000', auditor));
  for (const secret of ['my-old-secret', 'no-such-account', planner.authorization.slice(6)]) {
    expect(all.includes(secret)).toBe(false);
  }
  const csv = await (await send('/api/audit?f=csv&who=ewa', auditor)).text();
  expect(csv.split('\r\n')[0]).toBe('place,at,who,what,about,why,detail,digest');
  await expect
    .poll(async () => told(await audit('subject=audit', auditor)))
    .toEqual([['ola', 'audit.exported', 'f=csv&who=ewa']]);
});

it('an export holds to the check that its how-to prints, in another language', async () => {
  const { rows } = await audit('limit=1000');
  const check = `import hashlib, json, sys
before = bytes(32)
for row in json.load(sys.stdin):
    told = [str(row["place"])] + [row[k] for k in ("at", "who", "what", "about", "why", "detail")]
    frame = b"".join(b"%d:%s," % (len(t.encode()), t.encode()) for t in told)
    before = hashlib.sha256(before + frame).digest()
    assert before.hex() == row["digest"], row["place"]
print(row["place"])`;
  const last = execFileSync('python3', ['-c', check], {
    input: JSON.stringify(rows.toReversed()),
    encoding: 'utf8',
  });
  expect(Number(last)).toBe(rows[0]?.place);
  expect(rows.length).toBeGreaterThan(5);
});
