/** What comes in over MQTT, whichever broker brought it: kept before it is acknowledged, or kept aside with the reason. */
import { setTimeout as sleep } from 'node:timers/promises';
import { asTwinError, type ErrorKind, invalidParameter } from '../../core/errors.ts';
import type { Identity } from '../access/identity.ts';
import { requireRight } from '../access/require-right.ts';
import type { SensorThings } from '../services/sensor-things.ts';
import { isSensorThingsTopic, type SensorThingsDoor } from './sensor-things-door.ts';

export interface IncomingMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly who: Identity;
}

/** A source of measurements that speaks in its own words (`server/sources`). */
export interface TopicReader {
  /** Topics in the form of subscriptions, with `+` and `#`. */
  readonly topics: readonly string[];
  /** Keeps what the message says, or keeps it aside. @throws TwinError unavailable when neither can be done now */
  take(topic: string, payload: Uint8Array): Promise<void>;
}

export interface Inbox {
  /** Filters of all that is read, for a broker elsewhere. */
  readonly topics: readonly string[];
  /**
   * Settles when the message is kept. While the database is away it is tried again until the signal.
   * @throws TwinError unauthenticated or forbidden when this person may not publish; the reason of the signal
   */
  take(message: IncomingMessage, signal: AbortSignal): Promise<void>;
}

/** Sooner or later these pass. */
const PASSING: readonly ErrorKind[] = ['unavailable', 'timeout', 'internal', 'too-many-requests'];
/** A message at which the service itself stumbles so often must not hold up those behind it for ever. */
const MOST_FAULTS = 4;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

export function openInbox(
  door: SensorThingsDoor,
  readers: readonly TopicReader[],
  setAside: SensorThings['setAside'],
): Inbox {
  const keepAside = (topic: string, payload: Uint8Array, why: string): Promise<void> => {
    const detail = `${topic.slice(0, 300)}: ${why}`;
    return setAside([{ reason: 'rejected', detail, sent: Buffer.from(payload).toString(), source: 'mqtt' }]);
  };
  const takeOnce = async ({ topic, payload, who }: IncomingMessage): Promise<void> => {
    requireRight(who, 'operate');
    const reader = readers.find(({ topics }) => topics.some((filter) => topicMatches(filter, topic)));
    try {
      if (reader !== undefined) await reader.take(topic, payload);
      else if (isSensorThingsTopic(topic)) await door.create(topic, payload, who);
      else
        throw invalidParameter('topic', 'no source reads this topic, and it is not of SensorThings (v1.1/…)');
    } catch (error) {
      const { kind, message } = asTwinError(error);
      if (PASSING.includes(kind)) throw error;
      // The store keeps another result of the same time aside by itself.
      if (kind === 'conflict' && topic.endsWith('Observations')) return;
      await keepAside(topic, payload, message);
    }
  };
  return {
    topics: [...CREATABLE, ...readers.flatMap(({ topics }) => topics)],
    async take(message, signal) {
      let faults = 0;
      for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
        try {
          if (faults < MOST_FAULTS) return await takeOnce(message);
          return await keepAside(
            message.topic,
            message.payload,
            'it could not be kept: a fault of the service',
          );
        } catch (error) {
          const { kind } = asTwinError(error);
          if (!PASSING.includes(kind)) throw error;
          if (kind === 'internal') faults++;
          await sleep(pauseMs, undefined, { signal });
        }
      }
    },
  };
}

/** Levels of topics hold whole words only, so `v1.1/Datastreams(1)/Observations` is found by its number of levels. */
const CREATABLE = ['v1.1/+', 'v1.1/+/+'];

/** Whether a topic is one of a subscription's (MQTT 3.1.1, 4.7). */
export function topicMatches(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const given = topic.split('/');
  for (const [at, level] of wanted.entries()) {
    if (level === '#') return given.length >= at;
    if (given[at] === undefined || (level !== '+' && level !== given[at])) return false;
  }
  return wanted.length === given.length;
}
