import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type FrontDoor, openFrontDoor } from './front-door.ts';
import { waitingRoom } from './waiting-room.ts';

const doors: FrontDoor[] = [];
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close(0);
});

async function open(...args: Parameters<typeof openFrontDoor>): Promise<FrontDoor> {
  const door = await openFrontDoor(...args);
  doors.push(door);
  return door;
}

describe('the front door', () => {
  it('leads to the waiting room first and to the service later, on one socket', async () => {
    const door = await open(
      '127.0.0.1',
      0,
      waitingRoom(() => 'Making <the> city'),
    );
    const ready = await fetch(`${door.url}/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false, detail: 'Making <the> city' }]);
    expect((await fetch(`${door.url}/health`)).status).toBe(200);
    const page = await fetch(door.url, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('Making  the  city');
    const other = await fetch(`${door.url}/wfs?service=WFS`, { method: 'POST', body: 'x'.repeat(100_000) });
    expect([other.status, other.headers.get('retry-after')]).toEqual([503, '2']);

    door.lead((_, response) => response.end('the city'));
    expect(await (await fetch(door.url)).text()).toBe('the city');
  });

  it('shuts out whoever does not say what they want, and leads others in meanwhile', async () => {
    const times = { headMs: 300, checkEachMs: 100 };
    const door = await open('127.0.0.1', 0, (_, response) => response.end('the city'), times);
    const port = Number(new URL(door.url).port);
    const left = Array.from({ length: 400 }, (_, index) => {
      const socket = connect(port, '127.0.0.1', () => {
        if (index % 2 === 0) socket.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
      });
      socket.on('error', () => {});
      socket.resume();
      return once(socket, 'close');
    });
    expect(await (await fetch(door.url)).text()).toBe('the city');
    await Promise.all(left);
    expect(await (await fetch(door.url)).text()).toBe('the city');
  });

  it('names the port that is taken and the way out', async () => {
    const door = await open('127.0.0.1', 0, (_, response) => response.end());
    const port = Number(new URL(door.url).port);
    await expect(openFrontDoor('127.0.0.1', port, () => {})).rejects.toThrow(
      `Port ${port} is taken by another program (perhaps Blizniak is already running). Stop that one, or choose another port: PORT=${port + 1} npm start`,
    );
  });

  it('says that this machine has no such address', async () => {
    await expect(openFrontDoor('203.0.113.7', 0, () => {})).rejects.toThrow(
      'This machine has no address 203.0.113.7',
    );
  });

  it('lets a request finish, then closes though the client would keep the connection', async () => {
    const door = await open(
      '127.0.0.1',
      0,
      (_, response) => void setTimeout(() => response.end('done'), 200),
    );
    const reply = fetch(door.url);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closing = door.close(5_000);
    expect(await (await reply).text()).toBe('done');
    expect(await closing).toBe(0);
  });

  it('cuts what is not finished in time and counts it', async () => {
    const door = await open('127.0.0.1', 0, (_, response) => void response.write('never ends'));
    const reply = await fetch(door.url);
    expect(await door.close(50)).toBe(1);
    await expect(reply.text()).rejects.toThrow('terminated');
  });
});
