/** `/events`: what happens in the city, as Server-Sent Events (WHATWG HTML, 9.2) and over WebSocket. */
import { randomUUID } from 'node:crypto';
import { invalidParameter } from '../../../core/errors.ts';
import { readKvp } from '../../http/kvp.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { PushDoor } from '../../http/web-socket.ts';
import type { Services } from '../../services.ts';
import { eventStream, SSE_HEAD, sseText, type WriteEvent } from './event-stream.ts';

export const EVENTS_PATH = '/events';
const MOST_DATASTREAMS = 1_000;
const MOST_TOPICS = 50;

/** @param heartbeatMs silence between events is broken this often, so that nothing on the way takes it for death */
export function events({ live }: Services, heartbeatMs: number): Protocol {
  return {
    name: 'events',
    prefix: EVENTS_PATH,
    routes: [{ method: 'GET', path: EVENTS_PATH, handle: (ask) => followLive(live, heartbeatMs, ask) }],
    explain: explainAsProblem,
  };
}

function followLive(live: Services['live'], heartbeatMs: number, ask: Ask): Reply {
  // A browser that connects again says where it got to, whatever the address said at first.
  const wanted = wantedBy(ask.query, ask.headers['last-event-id'] || undefined);
  return {
    status: 200,
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // Compressed, an event would wait in a buffer for the next.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
    body: eventStream(live.subscribe(wanted, ask.signal), heartbeatMs, sseText, SSE_HEAD),
  };
}

/** The same events over WebSocket, each a JSON text `{"event", "id", "data"}`. */
export function eventsPush({ live }: Services, heartbeatMs: number): PushDoor {
  return {
    follow: ({ query, signal }) =>
      eventStream(live.subscribe(wantedBy(query), signal), heartbeatMs, jsonText),
    explain: (error) => explainAsProblem(error, { requestId: randomUUID() }),
  };
}

const jsonText: WriteEvent = (event) => JSON.stringify(event);

function wantedBy(
  query: URLSearchParams,
  lastEventId?: string,
): Parameters<Services['live']['subscribe']>[0] {
  const parameters = readKvp(query);
  return {
    datastreams: datastreamsOf(parameters.list('datastream')),
    topics: topicsOf(parameters.list('topics')),
    since: lastEventId ?? parameters.get('since'),
  };
}

function datastreamsOf(ids: readonly string[] | undefined): ReadonlySet<number> | undefined {
  if (ids === undefined) return undefined;
  if (ids.length > MOST_DATASTREAMS || ids.some((id) => !/^\d{1,15}$/.test(id))) {
    throw invalidParameter(
      'datastream',
      `datastream must be up to ${MOST_DATASTREAMS} ids of Datastreams, separated by commas`,
    );
  }
  return new Set(ids.map(Number));
}

function topicsOf(topics: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (topics === undefined) return undefined;
  if (topics.length > MOST_TOPICS || topics.some((topic) => !/^[a-z][a-z-]{0,39}$/.test(topic))) {
    throw invalidParameter(
      'topics',
      `topics must be up to ${MOST_TOPICS} words such as observations, alerts or quality, separated by commas`,
    );
  }
  return new Set(topics);
}
