import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { invalidParameter } from '../../core/errors.ts';
import { explainAsProblem } from './problem.ts';
import { openPushDoor, type PushDoor } from './web-socket.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function doorTo(follow: PushDoor['follow']): Promise<string> {
  const door = openPushDoor({ follow, explain: (error) => explainAsProblem(error, { requestId: 'r' }) });
  const server = createServer();
  server.on('upgrade', door.upgrade);
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
}

it('tells a reader every message in order, and closes after the last', async () => {
  const address = await doorTo(async function* ({ query }) {
    for (let n = 0; n < 100; n++) yield `${query.get('of')} ${n}`;
  });
  const client = new WebSocket(`${address}?of=number`);
  const heard: string[] = [];
  client.on('message', (data) => heard.push(String(data)));
  const [code] = await once(client, 'close');
  expect(code).toBe(1001);
  expect(heard).toEqual(Array.from({ length: 100 }, (_, n) => `number ${n}`));
});

it('goes no faster than the reader reads, and ends when it has gone', async () => {
  let given = 0;
  let leave = () => {};
  const gone = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const address = await doorTo(async function* ({ signal }) {
    signal.addEventListener('abort', leave);
    for (; !signal.aborted && given < 1_000; given++) yield 'x'.repeat(1_000_000);
  });
  const client = new WebSocket(address);
  await once(client, 'open');
  client.pause();
  await new Promise((resolve) => setTimeout(resolve, 300));
  // What the buffers of the two sockets hold, and no more.
  expect(given).toBeLessThan(50);
  client.terminate();
  await gone;
});

it('refuses in words before anything is opened', async () => {
  const address = await doorTo(() => {
    throw invalidParameter('since', 'since must be the id of an event');
  });
  const client = new WebSocket(address);
  client.on('error', () => {});
  const [, response] = await once(client, 'unexpected-response');
  let body = '';
  for await (const bytes of response) body += bytes;
  expect(response.statusCode).toBe(400);
  expect(JSON.parse(body)).toMatchObject({ parameter: 'since', detail: 'since must be the id of an event' });
});
