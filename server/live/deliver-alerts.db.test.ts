import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { deliveryBook } from '../store/deliveries.ts';
import { sql } from '../store/sql.ts';
import { type DeliveryTargets, deliverAlerts } from './deliver-alerts.ts';

let database: TestDatabase;
let receiver: Server;
let mailServer: SMTPServer;
let got: { headers: IncomingHttpHeaders; body: string }[] = [];
let mails: string[] = [];
let answers: number[] = [];
let targets: DeliveryTargets;

beforeAll(async () => {
  database = await testDatabase();
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    got.push({ headers: request.headers, body });
    response.writeHead(answers.shift() ?? 204).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  mailServer = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (part: Buffer) => {
        text += part;
      });
      stream.on('end', () => {
        mails.push(text);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => mailServer.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  receiver.close();
  await new Promise<void>((resolve) => mailServer.close(resolve));
  await database.drop();
});

let stopping: AbortController;
let working: Promise<void> = Promise.resolve();
beforeEach(async () => {
  stopping = new AbortController();
  [got, mails, answers] = [[], [], []];
  targets = {
    webhooks: [`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alerts`],
    emails: [],
    secret: 'a secret of some length',
    allowPrivate: true,
    smtpUrl: `smtp://127.0.0.1:${(mailServer.server.address() as AddressInfo).port}`,
    from: 'twin@example.org',
    publicUrl: 'https://twin.example.org',
    leastSeverity: 'warning',
  };
  await database.pool.read(sql`truncate alerting.alert cascade`);
});
afterEach(async () => {
  stopping.abort();
  await working;
});

const start = () => {
  working = deliverAlerts(deliveryBook(database.pool), targets, stopping.signal);
};
const raise = (severity = 'warning') =>
  database.pool.read(sql`insert into alerting.alert (key, severity, title, message, began_at)
    values (${Math.random().toString()}::text, ${severity}::text, '{"pl": "Zła jakość", "en": "Bad air"}',
      '{"pl": "Rynek: 120", "en": "Market: 120"}', now())`);
const deliveries = () =>
  database.pool.read<{ state: string; attempts: number; problem: string | null }>(
    sql`select state, attempts, problem from alerting.delivery order by id`,
  );
const WAIT = { timeout: 10_000 };

describe('alerts told outside', () => {
  it('are posted once, signed, and their end after their beginning', async () => {
    await raise();
    await raise('info');
    start();
    await expect.poll(deliveries, WAIT).toEqual([{ state: 'delivered', attempts: 1, problem: null }]);
    const [first] = got;
    const said = JSON.parse(first?.body ?? '') as { event: string; alert: { title: unknown } };
    expect(said).toMatchObject({ event: 'alert.raised', alert: { title: { pl: 'Zła jakość' } } });
    const signed = `${first?.headers['x-blizniak-timestamp']}.${first?.body}`;
    const signature = createHmac('sha256', 'a secret of some length').update(signed).digest('hex');
    expect(first?.headers['x-blizniak-signature']).toBe(`sha256=${signature}`);
    await database.pool.read(sql`update alerting.alert set over_at = now()`);
    await expect.poll(() => got.length, WAIT).toBe(2);
    expect(JSON.parse(got[1]?.body ?? '')).toMatchObject({ event: 'alert.over' });
  });

  it('are tried again when nobody takes them, also by a server that was started anew', async () => {
    answers = [500];
    await raise();
    start();
    await expect
      .poll(deliveries, WAIT)
      .toEqual([{ state: 'waiting', attempts: 1, problem: 'it answered with status 500' }]);
    stopping.abort();
    await working;
    await database.pool.read(sql`update alerting.delivery set next_at = now()`);
    stopping = new AbortController();
    start();
    await expect.poll(deliveries, WAIT).toEqual([{ state: 'delivered', attempts: 2, problem: null }]);
    expect(new Set(got.map(({ body }) => JSON.parse(body).delivery)).size).toBe(1);
  });

  it('are not posted into private networks, by number or by name, nor after a redirect', async () => {
    const port = (receiver.address() as AddressInfo).port;
    targets = {
      ...targets,
      allowPrivate: false,
      webhooks: [
        `http://127.0.0.1:${port}/`,
        `http://localhost:${port}/`,
        `http://[::ffff:127.0.0.1]:${port}/`,
      ],
    };
    await raise();
    start();
    await expect
      .poll(async () => (await deliveries()).filter(({ attempts }) => attempts > 0).length, WAIT)
      .toBe(3);
    for (const { state, problem } of await deliveries()) {
      expect([state, problem]).toEqual(['waiting', expect.stringContaining('private network')]);
    }
    expect(got).toEqual([]);
    stopping.abort();
    await working;
    answers = [302];
    targets = { ...targets, allowPrivate: true, webhooks: [`http://127.0.0.1:${port}/moved`] };
    stopping = new AbortController();
    start();
    await expect
      .poll(async () => (await deliveries()).at(-1)?.problem, WAIT)
      .toBe('it answered with status 302');
  });

  it('are mailed in both languages', async () => {
    targets = { ...targets, webhooks: [], emails: ['dyzurny@example.org'] };
    await raise('critical');
    start();
    await expect.poll(deliveries, WAIT).toEqual([{ state: 'delivered', attempts: 1, problem: null }]);
    const [mail = ''] = mails;
    expect(mail).toContain('To: dyzurny@example.org');
    expect(mail).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(mail).toContain('Rynek: 120');
    expect(mail).toContain('Market: 120');
  });
});
