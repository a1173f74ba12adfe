import type { NoticeEvent, ObservationsEvent, ReasonEvent, StatusEvent } from '../../../core/wire/live.ts';
import type { LiveMessage } from '../../services.ts';

/** A reader that lost its connection comes again after this time. */
const RETRY_MS = 2_000;

/** Messages as text of an event stream; a status tells between them that the line lives. */
export async function* eventStream(
  messages: AsyncIterable<LiveMessage>,
  heartbeatMs: number,
): AsyncGenerator<string> {
  const iterator = messages[Symbol.asyncIterator]();
  let status: StatusMessage | undefined;
  // Begun before anything is given out: a generator that never began would not tidy up after itself.
  let next = iterator.next();
  next.catch(() => {});
  try {
    yield `retry: ${RETRY_MS}\n\n`;
    for (;;) {
      const step = await within(next, heartbeatMs);
      if (step === undefined) {
        yield status === undefined ? ': alive\n\n' : statusText(status, '');
        continue;
      }
      if (step.done) return;
      if (step.value.kind === 'status') status = step.value;
      yield textOf(step.value);
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

/** Many readers are told the same: it is written once. */
const written = new WeakMap<LiveMessage, string>();

function textOf(message: LiveMessage): string {
  if (message.kind === 'status') return statusText(message, `id: ${message.position}\n`);
  const known = written.get(message);
  if (known !== undefined) return known;
  const text = otherText(message);
  written.set(message, text);
  return text;
}

function otherText(message: Exclude<LiveMessage, StatusMessage>): string {
  if (message.kind === 'observations') return observationsText(message);
  return message.kind === 'notice' ? noticeText(message) : reasonText(message);
}

function noticeText({ topic, ids }: Extract<LiveMessage, { kind: 'notice' }>): string {
  const data: NoticeEvent = { ids: [...ids] };
  return `event: ${topic}\ndata: ${JSON.stringify(data)}\n\n`;
}

function statusText({ live, since }: StatusMessage, id: string): string {
  const data: StatusEvent = { live, since: since.toISOString(), now: new Date().toISOString() };
  return `${id}event: status\ndata: ${JSON.stringify(data)}\n\n`;
}

function observationsText({
  position,
  observations,
}: Extract<LiveMessage, { kind: 'observations' }>): string {
  const data: ObservationsEvent = {
    observations: observations.map(({ datastreamId, phenomenonTime, result, receivedAt, flags }) => ({
      datastream: datastreamId,
      phenomenonTime,
      result,
      receivedAt,
      flags: [...flags],
    })),
  };
  return `id: ${position}\nevent: observations\ndata: ${JSON.stringify(data)}\n\n`;
}

function reasonText(message: Extract<LiveMessage, { kind: 'reset' | 'end' }>): string {
  const data: ReasonEvent = { reason: message.reason };
  const id = message.kind === 'reset' ? `id: ${message.position}\n` : '';
  return `${id}event: ${message.kind}\ndata: ${JSON.stringify(data)}\n\n`;
}
