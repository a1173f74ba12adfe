/** The listening socket: open from the first moment, first with a waiting page behind it, then with the service. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { unavailable } from '../../core/errors.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Takes over a connection whose client asks for another protocol (RFC 9110, 7.8). */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface FrontDoor {
  /** Where this machine reaches the service. */
  readonly url: string;
  /** Puts another handler behind the door for all requests to come. */
  lead(handler: Handler): void;
  /** Leads those who ask at a path for another protocol; before the first, they are answered as everybody is. */
  leadUpgrades(path: string, upgrade: Upgrade): void;
  /** Takes no new connections, lets requests under way finish for `graceMs`, then cuts what is left; says how many. */
  close(graceMs: number): Promise<number>;
}

/** Longer than a proxy (nginx: 60 s) keeps a line that is quiet, so that none is cut while a request is on its way. */
const QUIET_LINE_MS = 75_000;

/** A client says what it wants within this long; then the connection is closed. */
const HEAD_MS = 20_000;
const CHECK_EACH_MS = 5_000;

export interface FrontDoorTimes {
  readonly headMs: number;
  readonly checkEachMs: number;
}

/** Listens. Throws TwinError `unavailable` when the port is taken or may not be used. */
export async function openFrontDoor(
  host: string,
  port: number,
  handler: Handler,
  { headMs, checkEachMs }: FrontDoorTimes = { headMs: HEAD_MS, checkEachMs: CHECK_EACH_MS },
): Promise<FrontDoor> {
  let current = handler;
  let underWay = 0;
  const times = {
    keepAliveTimeout: QUIET_LINE_MS,
    headersTimeout: headMs,
    connectionsCheckingInterval: checkEachMs,
    // A file may take hours; whoever reads a body sees to it that it goes on (`http/body`).
    requestTimeout: 0,
  };
  const server = createServer(times, (request, response) => {
    underWay++;
    response.once('close', () => {
      underWay--;
    });
    current(request, response);
  });
  const upgrades = new Map<string, Upgrade>();
  const byPath: Upgrade = (request, socket, head) => {
    const upgrade = upgrades.get((request.url ?? '').split('?')[0] ?? '');
    if (upgrade) upgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const shown = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shown}:${address.port}`,
    lead: (next) => {
      current = next;
    },
    leadUpgrades: (path, upgrade) => {
      if (upgrades.size === 0) server.on('upgrade', byPath);
      upgrades.set(path, upgrade);
    },
    close: async (graceMs) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const end = Date.now() + graceMs;
      while (underWay > 0 && Date.now() < end) {
        server.closeIdleConnections();
        await sleep(20);
      }
      const cut = underWay;
      server.closeAllConnections();
      await closed;
      return cut;
    },
  };
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return unavailable(
      `Port ${port} is taken by another program (perhaps Blizniak is already running). ` +
        `Stop that one, or choose another port: PORT=${port + 1} npm start`,
      error,
    );
  }
  if (error.code === 'EACCES') {
    return unavailable(
      `Port ${port} may be used by root alone. Choose one above 1023: PORT=8080 npm start`,
      error,
    );
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return unavailable(
      `This machine has no address ${host}. Set HOST to one that it has, e.g. 127.0.0.1`,
      error,
    );
  }
  return unavailable(`Cannot listen on ${host}:${port}: ${error.message}`, error);
}
