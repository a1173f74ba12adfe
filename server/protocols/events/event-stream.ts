/** What is told at `/events`, in the words of the wire; how it is written depends on the way out. */
import type { NoticeEvent, ObservationsEvent, ReasonEvent, StatusEvent } from '../../../core/wire/live.ts';
import type { LiveMessage } from '../../services/live-feed.ts';

export interface WireEvent {
  /** `status`, `observations`, `reset`, `end`, or a topic. */
  readonly event: string;
  /** Where a reader who got this far continues. */
  readonly id?: string;
  readonly data: StatusEvent | ObservationsEvent | ReasonEvent | NoticeEvent;
}

/** Writes one event. Many readers are told the same: it is written once for all that share the writer. */
export type WriteEvent = (event: WireEvent) => string;

/** A reader that lost its connection comes again after this time. */
const RETRY_MS = 2_000;
export const SSE_HEAD = `retry: ${RETRY_MS}\n\n`;

/** An event as text of an event stream (WHATWG HTML, 9.2). */
export const sseText: WriteEvent = ({ event, id, data }) =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** Messages as text, after a head; a status tells between them that the line lives. */
export async function* eventStream(
  messages: AsyncIterable<LiveMessage>,
  heartbeatMs: number,
  write: WriteEvent,
  head?: string,
): AsyncGenerator<string> {
  const iterator = messages[Symbol.asyncIterator]();
  let status: StatusMessage | undefined;
  // Begun before anything is given out: a generator that never began would not tidy up after itself.
  let next = iterator.next();
  next.catch(() => {});
  try {
    if (head !== undefined) yield head;
    for (;;) {
      const step = await within(next, heartbeatMs);
      if (step === undefined) {
        if (status !== undefined) yield write({ event: 'status', data: statusOf(status) });
        continue;
      }
      if (step.done) return;
      if (step.value.kind === 'status') status = step.value;
      yield textOf(step.value, write);
      next = iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}

type StatusMessage = Extract<LiveMessage, { kind: 'status' }>;

/** The value, or undefined when it does not come in time. */
function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms, undefined);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

const written = new WeakMap<WriteEvent, WeakMap<LiveMessage, string>>();

function textOf(message: LiveMessage, write: WriteEvent): string {
  if (message.kind === 'status') return write(eventOf(message));
  const texts = written.get(write) ?? new WeakMap<LiveMessage, string>();
  written.set(write, texts);
  const text = texts.get(message) ?? write(eventOf(message));
  texts.set(message, text);
  return text;
}

function eventOf(message: LiveMessage): WireEvent {
  switch (message.kind) {
    case 'status':
      return { event: 'status', id: message.position, data: statusOf(message) };
    case 'observations':
      return { event: 'observations', id: message.position, data: observationsOf(message) };
    case 'notice':
      return { event: message.topic, data: { ids: [...message.ids] } };
    case 'reset':
      return { event: 'reset', id: message.position, data: { reason: message.reason } };
    case 'end':
      return { event: 'end', data: { reason: message.reason } };
  }
}

const statusOf = ({ live, since }: StatusMessage): StatusEvent => ({
  live,
  since: since.toISOString(),
  now: new Date().toISOString(),
});

const observationsOf = ({
  observations,
}: Extract<LiveMessage, { kind: 'observations' }>): ObservationsEvent => ({
  observations: observations.map(({ datastreamId, phenomenonTime, result, receivedAt, flags }) => ({
    datastream: datastreamId,
    phenomenonTime,
    result,
    receivedAt,
    flags: [...flags],
  })),
});
