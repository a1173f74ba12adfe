/** A broker elsewhere (Mosquitto, EMQX …): the service is a client that takes measurements in and tells what is new. */
import { connect, type IPublishPacket, type MqttClient } from 'mqtt';
import { observationId } from '../../core/live/sensor-things.ts';
import { ANONYMOUS, type Identity } from '../access/identity.ts';
import type { Log } from '../http/log.ts';
import type { LiveFeed } from '../services/live-feed.ts';
import { NOTICES, SET_TOPICS } from './followers.ts';
import type { Inbox } from './inbox.ts';
import { parseTopic, type SensorThingsDoor } from './sensor-things-door.ts';

export interface OutsideBrokerOptions {
  readonly url: string;
  /** One name for all servers of a database: whoever leads takes over the session of the one before. */
  readonly clientId: string;
  readonly inbox: Inbox;
  readonly door: SensorThingsDoor;
  readonly live: LiveFeed;
  readonly log: Log;
}

/** Whoever may publish at that broker is trusted as staff are: its own accounts say who that is. */
const BROKER: Identity = { who: 'mqtt-broker', roles: ['public', 'staff'] };
const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** The broker keeps what came while nobody of us was there. */
const SESSION_S = 7 * 86_400;
const MOST_UNACKNOWLEDGED = 100;

/** Follows the broker until the signal. Messages are acknowledged when they are kept, in the order in which they came. */
export async function followOutsideBroker(options: OutsideBrokerOptions, signal: AbortSignal): Promise<void> {
  const { url, clientId, inbox, log } = options;
  const client = connect(url, {
    clientId,
    protocolVersion: 5,
    clean: false,
    properties: { sessionExpiryInterval: SESSION_S, receiveMaximum: MOST_UNACKNOWLEDGED },
    reconnectPeriod: SHORTEST_PAUSE_MS,
    resubscribe: false,
    queueQoSZero: false,
  });
  let isTold = false;
  client.on('connect', () => {
    log.info({ clientId }, 'mqtt broker reached');
    isTold = false;
    client.options.reconnectPeriod = SHORTEST_PAUSE_MS;
    // Own messages do not come back.
    const topics = Object.fromEntries(inbox.topics.map((topic) => [topic, { qos: 1 as const, nl: true }]));
    client.subscribe(topics, (error) => {
      if (error) log.warn({ reason: error.message }, 'mqtt broker refuses subscriptions');
    });
  });
  client.on('close', () => {
    if (!isTold && !signal.aborted) log.warn({ clientId }, 'mqtt broker lost, tried again');
    isTold = true;
    client.options.reconnectPeriod = Math.min(2 * (client.options.reconnectPeriod ?? 0), LONGEST_PAUSE_MS);
  });
  client.on('error', (error) => log.warn({ reason: error.message }, 'mqtt broker'));
  // Whatever this settles is acknowledged then; a message that was not comes again, and is kept once.
  client.handleMessage = (packet, done) => {
    const { topic, payload } = packet as IPublishPacket;
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
    inbox.take({ topic, payload: bytes, who: BROKER }, signal).then(
      () => done(),
      (error: unknown) => done(error instanceof Error ? error : new Error('not taken')),
    );
  };
  await publishAll(client, options, signal);
  await client.endAsync(true).catch(() => {});
}

/** Tells the broker what the hub tells, as far as topics can be known without asking who follows them. */
async function publishAll(
  client: MqttClient,
  { live, door, log }: OutsideBrokerOptions,
  signal: AbortSignal,
): Promise<void> {
  const publish = async (topic: string, payload: string | undefined) => {
    if (payload !== undefined) await client.publishAsync(topic, payload, { qos: 1 });
  };
  let since: string | undefined;
  while (!signal.aborted) {
    try {
      for await (const message of live.subscribe({ topics: SET_TOPICS, since }, signal)) {
        if (message.kind === 'observations') {
          for (const one of message.observations) {
            const topic = `v1.1/Datastreams(${one.datastreamId})/Observations`;
            const changed = { set: 'Observations', key: `'${observationId(one)}'` };
            await publish(topic, await door.message(parseTopic(topic), changed, ANONYMOUS));
          }
        } else if (message.kind === 'notice') {
          const set = NOTICES[message.topic] ?? '';
          for (const key of message.ids) {
            const topic = `v1.1/${set}(${key})`;
            const payload = await door.message(parseTopic(topic), { set, key }, ANONYMOUS);
            await publish(topic, payload);
            await publish(`v1.1/${set}`, payload);
          }
        }
        if ('position' in message) since = message.position;
      }
    } catch (error) {
      if (!signal.aborted)
        log.warn({ reason: error instanceof Error ? error.message : '' }, 'mqtt broker was not told');
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, SHORTEST_PAUSE_MS));
  }
}
