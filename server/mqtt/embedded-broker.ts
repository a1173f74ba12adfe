/** The broker within the service (MQTT 3.1 and 3.1.1): it takes measurements in and tells subscribers what is new. */
import { setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Aedes, type AuthenticateError, type Client, type Connection } from 'aedes';
import { asTwinError } from '../../core/errors.ts';
import type { Identity } from '../access/identity.ts';
import type { Log } from '../http/log.ts';
import type { LiveFeed } from '../services/live-feed.ts';
import { followers } from './followers.ts';
import type { Inbox } from './inbox.ts';
import { Pace } from './pace.ts';
import type { SensorThingsDoor } from './sensor-things-door.ts';
import { SizedStream } from './sized-stream.ts';

export interface EmbeddedBrokerOptions {
  readonly inbox: Inbox;
  readonly door: SensorThingsDoor;
  readonly live: LiveFeed;
  readonly identify: (headers: Readonly<Record<string, string | undefined>>) => Identity | Promise<Identity>;
  readonly log: Log;
  readonly host: string;
  /** undefined = no port of its own; 0 = a free one. */
  readonly port: number | undefined;
  readonly mostClients: number;
  readonly mostBytes: number;
  /** Messages of one client in a second, in the long run. */
  readonly messagesPerS: number;
}

export interface EmbeddedBroker {
  /** Where it listens now; undefined while it does not. */
  port(): number | undefined;
  /** Takes over a connection that came another way. */
  handle(connection: Duplex): void;
  close(): Promise<void>;
}

const MOST_TOPICS_EACH = 200;
/** Bytes that may wait for one subscriber, beyond which it is cut off. */
const MOST_WAITING_BYTES = 4 * 1024 * 1024;
/** Credentials are looked at again after this time, so that a withdrawn token ends. */
const TRUST_MS = 60_000;
const LISTEN_AGAIN_MS = 15_000;
/** What was kept goes to nobody under its own name: subscribers get what the hub tells. */
const TAKEN = '$taken';

interface Person {
  readonly authorization: string | undefined;
  readonly pace: Pace;
  readonly gone: AbortController;
  readonly topics: Set<string>;
  identity: Identity;
  checkedAt: number;
}

export async function openEmbeddedBroker(options: EmbeddedBrokerOptions): Promise<EmbeddedBroker> {
  const { inbox, door, live, log } = options;
  const people = new WeakMap<Client, Person>();
  const subscribers = new Map<string, Set<Client>>();
  const closing = new AbortController();

  const following = followers(live, door, (topic, payload) => {
    for (const client of subscribers.get(topic) ?? []) {
      if (client.conn.writableLength > MOST_WAITING_BYTES) {
        log.warn({ client: client.id, topic }, 'mqtt subscriber too slow, cut off');
        client.conn.destroy();
        continue;
      }
      client.publish({ cmd: 'publish', topic, payload, qos: 1, retain: false, dup: false }, () => {});
    }
  });
  const leave = (client: Client, topic: string) => {
    const person = people.get(client);
    if (!person?.topics.delete(topic)) return;
    subscribers.get(topic)?.delete(client);
    if (subscribers.get(topic)?.size === 0) subscribers.delete(topic);
    following.leave(topic);
  };
  const personOf = async (client: Client): Promise<Person> => {
    const person = people.get(client);
    if (person === undefined) throw new Error('a client that never signed in');
    if (Date.now() - person.checkedAt > TRUST_MS) {
      person.identity = await options.identify({ authorization: person.authorization });
      person.checkedAt = Date.now();
    }
    return person;
  };

  const broker = new Aedes({
    drainTimeout: 30_000,
    maxTopicLevels: 20,
    preConnect(_client, packet, done) {
      // Sessions are not kept: they would fill the memory, and a second server would not know them (docs/mqtt.md).
      packet.clean = true;
      const isFull = broker.connectedClients >= options.mostClients;
      done(isFull ? new Error(`${options.mostClients} clients are connected already`) : null, !isFull);
    },
    authenticate(client, username, password, done) {
      const authorization = authorizationOf(username, password);
      const identified = async () => options.identify({ authorization });
      identified().then(
        (identity) => {
          const pace = new Pace(options.messagesPerS);
          const gone = new AbortController();
          // As many as its messages that wait.
          setMaxListeners(0, gone.signal);
          people.set(client, {
            authorization,
            pace,
            gone,
            topics: new Set(),
            identity,
            checkedAt: Date.now(),
          });
          done(null, true);
        },
        (error: unknown) => {
          const { kind, message } = asTwinError(error);
          const returnCode = kind === 'unauthenticated' ? 4 : 3;
          done(Object.assign(new Error(message), { returnCode }) as AuthenticateError, false);
        },
      );
    },
    authorizePublish(client, packet, done) {
      // Wills bring nothing that is kept.
      if (client === null || client.closed) return done(new Error('not taken'));
      const take = async () => {
        const { pace, gone } = await personOf(client);
        const waitMs = pace.next();
        if (waitMs > 0) await sleep(waitMs, undefined, { signal: gone.signal });
        const { identity: who } = await personOf(client);
        const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
        await inbox.take({ topic: packet.topic, payload, who }, gone.signal);
      };
      take().then(
        () => {
          packet.topic = TAKEN;
          packet.payload = '';
          packet.retain = false;
          done();
        },
        (error: unknown) => done(error instanceof Error ? error : new Error('not taken')),
      );
      return undefined;
    },
    authorizeSubscribe(client, subscription, done) {
      const { topic } = subscription;
      const check = async () => {
        const { identity, topics } = await personOf(client);
        if (topics.size >= MOST_TOPICS_EACH && !topics.has(topic)) throw new Error('too many topics');
        await door.check(topic, identity);
        if (client.closed || topics.has(topic)) return;
        topics.add(topic);
        subscribers.set(topic, (subscribers.get(topic) ?? new Set()).add(client));
        following.follow(topic);
      };
      check().then(
        () => done(null, subscription),
        (error: unknown) => {
          log.info(
            { client: client.id, topic, reason: asTwinError(error).message },
            'mqtt subscription refused',
          );
          done(null, null);
        },
      );
    },
  });
  broker.on('unsubscribe', (topics, client) => {
    for (const topic of topics) leave(client, topic);
  });
  broker.on('clientDisconnect', (client) => {
    for (const topic of people.get(client)?.topics ?? []) leave(client, topic);
    people.get(client)?.gone.abort(new Error('the client has left'));
  });
  for (const event of ['clientError', 'connectionError'] as const) {
    broker.on(event, (client: Client, error: Error) => {
      people.get(client)?.gone.abort(error);
      log.info({ client: client.id, reason: asText(error) }, 'mqtt client cut off');
    });
  }
  await broker.listen();

  const handle = (connection: Duplex) => {
    broker.handle(new SizedStream(connection, options.mostBytes) as Connection);
  };
  const listening =
    options.port === undefined ? undefined : keepListening(options.port, options, handle, closing.signal);
  await listening?.tried;

  return {
    port: () => listening?.port(),
    handle,
    async close() {
      closing.abort();
      await listening?.closed;
      await following.close();
      await new Promise<void>((resolve) => broker.close(resolve));
    },
  };
}

const asText = (error: Error): string => error.message.slice(0, 200);

/** A token is known by how it begins, and stands where the password does. */
function authorizationOf(username: string | undefined, password: Buffer | undefined): string | undefined {
  if (username === undefined && password === undefined) return undefined;
  const word = password?.toString() ?? '';
  if (word.startsWith('blz_')) return `Bearer ${word}`;
  return `Basic ${Buffer.from(`${username ?? ''}:${word}`).toString('base64')}`;
}

/** Listens; where the port is taken it says so and asks again until it is free, while all else goes on. */
function keepListening(
  port: number,
  { host, log }: Pick<EmbeddedBrokerOptions, 'host' | 'log'>,
  handle: (connection: Duplex) => void,
  signal: AbortSignal,
) {
  let server: Server | undefined;
  let isTold = false;
  const tryOnce = (): Promise<boolean> =>
    new Promise((resolve) => {
      const next = createServer(handle);
      next.once('error', (error: NodeJS.ErrnoException) => {
        if (!isTold) {
          const reason = error.code === 'EADDRINUSE' ? 'the port is taken by another program' : error.message;
          const todo = `MQTT goes on over WebSocket at /mqtt; set MQTT_PORT to another port or to off. Tried again every ${LISTEN_AGAIN_MS / 1000} s`;
          log.warn({ host, port, reason, todo }, 'mqtt does not listen');
        }
        isTold = true;
        resolve(false);
      });
      next.listen(port, host, () => {
        server = next;
        log.info({ host, port: portOf(next) }, 'mqtt listens');
        resolve(true);
      });
    });
  const tried = tryOnce();
  const run = async () => {
    for (let listens = await tried; !listens && !signal.aborted; listens = await tryOnce()) {
      await sleep(LISTEN_AGAIN_MS, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
    }
    if (!signal.aborted)
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    server?.close();
  };
  return { tried, port: () => (server === undefined ? undefined : portOf(server)), closed: run() };
}

function portOf(server: Server): number | undefined {
  const address = server.address();
  return typeof address === 'object' ? address?.port : undefined;
}
