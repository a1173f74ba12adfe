/** Text pushed over WebSocket (RFC 6455): one way, at the pace of the reader. */
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { asTwinError, type TwinError } from '../../core/errors.ts';
import type { Reply } from './protocol.ts';

/** What a reader asks for when it opens the connection. */
export interface PushAsk {
  readonly query: URLSearchParams;
  /** Aborted when the reader has gone. */
  readonly signal: AbortSignal;
}

export interface PushDoor {
  /** Messages for one reader; the connection is closed after the last. Throws TwinError for what is refused. */
  readonly follow: (ask: PushAsk) => AsyncIterable<string>;
  readonly explain: (error: TwinError) => Reply;
}

export interface OpenPushDoor {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** A reader that takes nothing for this long is cut off. */
const LONGEST_SEND_MS = 30_000;
/** Readers have nothing to say. */
const MOST_HEARD_BYTES = 1_024;
const GOING_AWAY = 1001;

export function openPushDoor({ follow, explain }: PushDoor): OpenPushDoor {
  const server = new WebSocketServer({ noServer: true, maxPayload: MOST_HEARD_BYTES });
  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      const leaving = new AbortController();
      socket.once('close', () => leaving.abort());
      let messages: AsyncIterable<string>;
      try {
        const query = new URL(request.url ?? '', 'http://localhost').searchParams;
        messages = follow({ query, signal: leaving.signal });
      } catch (error) {
        refuse(socket, explain(asTwinError(error)));
        return;
      }
      // Whoever is refused by `ws` itself gets its answer there, and its socket is closed.
      server.handleUpgrade(request, socket, head, (client) => void push(client, messages));
    },
    close: () => server.close(),
  };
}

async function push(client: WebSocket, messages: AsyncIterable<string>): Promise<void> {
  client.on('error', () => client.terminate());
  try {
    for await (const text of messages) await sent(client, text);
    client.close(GOING_AWAY);
  } catch {
    // It does not read, or it is gone.
    client.terminate();
  }
}

/** Settles when the text has left for the reader, and so no faster than it reads. */
function sent(client: WebSocket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('It does not read')), LONGEST_SEND_MS);
    client.send(text, (error) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve();
    });
  });
}

function refuse(socket: Duplex, { status, headers, body }: Reply): void {
  const text = typeof body === 'string' ? body : '';
  const head = Object.entries({
    ...headers,
    connection: 'close',
    'content-length': String(Buffer.byteLength(text)),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head.join('')}\r\n${text}`);
}
