/** Who follows which topics, and what they are sent: each message is made once for each topic, whoever follows it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { observationId } from '../../core/live/sensor-things.ts';
import { ANONYMOUS } from '../access/identity.ts';
import type { LiveFeed } from '../services/live-feed.ts';
import {
  type ChangedEntity,
  concerns,
  type ParsedTopic,
  parseTopic,
  type SensorThingsDoor,
} from './sensor-things-door.ts';

/** Where messages go. */
export type Send = (topic: string, payload: string) => Promise<void> | void;

export interface Followers {
  follow(topic: string): void;
  leave(topic: string): void;
  close(): Promise<void>;
}

/** Topics of notices in the words of SensorThings (migrations: `live.tell_change`). */
export const NOTICES: Readonly<Record<string, string>> = {
  things: 'Things',
  locations: 'Locations',
  'historical-locations': 'HistoricalLocations',
  datastreams: 'Datastreams',
  sensors: 'Sensors',
  'observed-properties': 'ObservedProperties',
  'features-of-interest': 'FeaturesOfInterest',
};
/** Topics of the hub that these messages are made of. */
export const SET_TOPICS: ReadonlySet<string> = new Set(['observations', ...Object.keys(NOTICES)]);
const RETRY_MS = 1_000;
/** Messages made at a time. */
const AT_ONCE = 8;

interface Followed {
  readonly parsed: ParsedTopic;
  times: number;
  /** What was last told of a single property: it is told again when it is another. */
  last: Promise<string | undefined> | undefined;
}

/** Tells followers of topics what the hub tells: on every server of a database alike. */
export function followers(live: LiveFeed, door: SensorThingsDoor, send: Send): Followers {
  const topics = new Map<string, Followed>();
  const closing = new AbortController();

  /** What is public is told: whoever may see more has the HTTP door. */
  const messagesOf = async (changed: ChangedEntity) => {
    const messages: { readonly topic: string; readonly payload: string }[] = [];
    for (const [topic, followed] of topics) {
      if (!concerns(followed.parsed, changed)) continue;
      const payload = await door.message(followed.parsed, changed, ANONYMOUS);
      if (payload === undefined || payload === (await followed.last)) continue;
      if (followed.parsed.property !== undefined) followed.last = Promise.resolve(payload);
      messages.push({ topic, payload });
    }
    return messages;
  };
  const tellAll = async (all: readonly ChangedEntity[]) => {
    if (topics.size === 0) return;
    for (let at = 0; at < all.length; at += AT_ONCE) {
      const made = await Promise.all(all.slice(at, at + AT_ONCE).map(messagesOf));
      for (const { topic, payload } of made.flat()) await send(topic, payload);
    }
  };
  const run = async () => {
    let since: string | undefined;
    while (!closing.signal.aborted) {
      try {
        for await (const message of live.subscribe({ topics: SET_TOPICS, since }, closing.signal)) {
          if (message.kind === 'observations') {
            await tellAll(
              message.observations.map((one) => ({ set: 'Observations', key: `'${observationId(one)}'` })),
            );
          } else if (message.kind === 'notice') {
            const set = NOTICES[message.topic];
            if (set !== undefined) await tellAll(message.ids.map((key) => ({ set, key })));
          }
          if ('position' in message) since = message.position;
        }
      } catch {
        // The hub takes nobody now, or the database is away: what was missed is asked for again.
      }
      await sleep(RETRY_MS, undefined, { signal: closing.signal }).catch(() => {});
    }
  };
  const running = run();

  return {
    follow(topic) {
      const known = topics.get(topic);
      if (known !== undefined) {
        known.times++;
        return;
      }
      const parsed = parseTopic(topic);
      const last =
        parsed.property === undefined ? undefined : door.property(parsed, ANONYMOUS).catch(() => undefined);
      topics.set(topic, { parsed, times: 1, last });
    },
    leave(topic) {
      const known = topics.get(topic);
      if (known !== undefined && --known.times === 0) topics.delete(topic);
    },
    close: () => {
      closing.abort();
      return running;
    },
  };
}
