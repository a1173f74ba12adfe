import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { prepareJobs } from '../jobs/prepare-jobs.ts';
import { cancelOrder, claimPackage, endPackage, failPackage, putOrder } from '../store/order-book.ts';
import { orderNoticeBook } from '../store/order-notices.ts';
import { sql } from '../store/sql.ts';
import { type OrderNoticeOptions, tellOrders } from './tell-orders.ts';

const SECRET = 'a-secret-of-the-orderer';
const ADDRESS = 'anna@example.test';
let database: TestDatabase;
let receiver: Server;
let mailServer: SMTPServer;
let webhook: string;
let smtpUrl: string;
/** Status of the answers to come; then 204. */
let answers: number[];
const posted: { headers: IncomingHttpHeaders; body: string }[] = [];
const mails: string[] = [];
const logged: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  await prepareJobs(database.url, database.pool);
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    posted.push({ headers: request.headers, body });
    response.writeHead(answers.shift() ?? 204).end();
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  webhook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/ready`;
  mailServer = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (part: Buffer) => {
        text += part.toString();
      });
      stream.on('end', () => {
        mails.push(text);
        done();
      });
    },
  });
  await new Promise<void>((done) => mailServer.listen(0, '127.0.0.1', done));
  smtpUrl = `smtp://127.0.0.1:${(mailServer.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((done) => receiver.close(done));
  await new Promise<void>((done) => mailServer.close(done));
  await database.drop();
});
beforeEach(async () => {
  for (const list of [posted, mails, logged]) list.length = 0;
  answers = [];
  await database.pool.read(sql`truncate twin.data_order, twin.order_package cascade`);
});

let digests = 0;
/** An order whose package is made as said. */
async function ordered(
  notify: object,
  end: 'ready' | 'failed' | 'waiting' = 'ready',
): Promise<{ id: string; finish: () => Promise<void> }> {
  const digest = (++digests).toString(16).padStart(32, '0');
  const id = await putOrder(
    database.pool,
    {
      ...{ who: 'anna', roles: ['public'], at: null, scenario: null },
      order: {
        ...({ srid: 2177, cut: 'whole', heights: 'PL-EVRF2007-NH', profile: 'public' } as const),
        ...{ area: { kind: 'city' }, layers: ['parcels'], formats: ['csv'] },
      },
    },
    { digest, fileName: 'city.zip', objects: 1, turn: 'anna', mostWaiting: 20, notify },
  );
  const finish = async () => {
    const claimed = await claimPackage(database.pool, digest);
    if (!claimed) return;
    if (end === 'ready') await endPackage(database.pool, claimed, 5);
    else await failPackage(database.pool, claimed, { kind: 'conflict', message: 'parcels changed' });
  };
  if (end !== 'waiting') await finish();
  return { id, finish };
}

/** Works until nothing that is due is left. */
async function tell(more: Partial<OrderNoticeOptions> = {}): Promise<void> {
  const book = orderNoticeBook(database.pool);
  const end = new AbortController();
  const options = {
    ...{
      smtpUrl,
      from: 'twin@example.test',
      publicUrl: 'https://twin.test',
      allowPrivate: true,
      onGivenUp: (...told: string[]) => logged.push(told.join(' ')),
    },
    ...more,
  };
  const working = tellOrders(book, options, end.signal);
  await expect.poll(() => book.due(1), { timeout: 10_000, interval: 20 }).toEqual([]);
  end.abort();
  await working;
}

const keptAddresses = async () =>
  (await database.pool.read(sql`select target from twin.order_notice`)).length;

it('a ready package is told by webhook and e-mail once, signed by the secret of the order, and the addresses go', async () => {
  const { id } = await ordered({ email: ADDRESS, webhook, secret: SECRET });
  await tell();
  await tell();
  const [{ headers, body }] = posted as [(typeof posted)[0]];
  expect([posted.length, mails.length, await keptAddresses()]).toEqual([1, 1, 0]);
  expect(JSON.parse(body)).toMatchObject({
    event: 'order.ready',
    order: { id, fileName: 'city.zip', bytes: 5 },
    link: `https://twin.test/api/orders/${id}/file`,
  });
  const signature = createHmac('sha256', SECRET)
    .update(`${headers['x-blizniak-timestamp']}.${body}`)
    .digest('hex');
  expect(headers['x-blizniak-signature']).toBe(`sha256=${signature}`);
  const [mail = ''] = mails;
  expect(mail).toContain(`To: ${ADDRESS}`);
  expect(mail.replaceAll('=\r\n', '')).toContain(`api/orders/${id}/file`);
  const stored = await database.pool.read<{ all: string }>(
    sql`select data_order::text || order_package::text as all from twin.data_order join twin.order_package using (digest)`,
  );
  expect(stored[0]?.all).not.toContain('example.test');
});

it('one that failed is told with its reason, one that waits is not told, one that was cancelled never', async () => {
  const [, waiting, cancelled] = [
    await ordered({ webhook }, 'failed'),
    await ordered({ webhook }, 'waiting'),
    await ordered({ webhook }, 'waiting'),
  ];
  await cancelOrder(database.pool, cancelled.id);
  await tell();
  expect(posted.map(({ body }) => JSON.parse(body))).toMatchObject([
    { event: 'order.failed', order: { problem: { message: 'parcels changed' } } },
  ]);
  await waiting.finish();
  await cancelled.finish();
  await tell();
  expect(posted).toHaveLength(2);
});

it('is tried again later when nobody takes it, and given up in the end without the address being told', async () => {
  answers = [503];
  await ordered({ webhook });
  await tell();
  const [again] = await database.pool.read<{ attempts: number; in_s: number }>(
    sql`select attempts, extract(epoch from next_at - clock_timestamp())::float8 as in_s from twin.order_notice`,
  );
  expect(again?.attempts).toBe(1);
  expect(again?.in_s).toBeGreaterThan(5);
  await database.pool.read(sql`update twin.order_notice set next_at = clock_timestamp()`);
  await tell();
  expect([posted.length, await keptAddresses()]).toEqual([2, 0]);

  const { id } = await ordered({ email: ADDRESS });
  await database.pool.read(sql`update twin.order_notice set attempts = 31`);
  await tell({ smtpUrl: 'smtp://127.0.0.1:1' });
  expect(await keptAddresses()).toBe(0);
  expect(logged).toEqual([`${id} email`]);
});

it('is never posted into a private network', async () => {
  await ordered({ webhook });
  await tell({ allowPrivate: false });
  expect([posted.length, await keptAddresses()]).toEqual([0, 1]);
});
