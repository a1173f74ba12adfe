import { addressIn } from '../api/city-api.ts';

const AGAIN_MS = 5_000;
/** Events that come together are answered by one reading. */
const GATHER_MS = 200;

/**
 * Calls each reader once at the start and again when the service tells that its topic changed, or after a break.
 * @returns a function that stops following
 */
export function followTopics(readers: Readonly<Record<string, () => Promise<void>>>): () => void {
  const topics = Object.keys(readers);
  const waiting = new Set<string>();
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  const readWaiting = () => {
    gathering = undefined;
    for (const topic of waiting) void readers[topic]?.();
    waiting.clear();
  };
  const changed = (...which: readonly string[]) => {
    for (const topic of which) waiting.add(topic);
    gathering ??= setTimeout(readWaiting, GATHER_MS);
  };
  const connect = () => {
    const stream = new EventSource(addressIn('', `events?topics=${topics.join(',')}`));
    source = stream;
    stream.addEventListener('open', () => changed(...topics));
    stream.addEventListener('reset', () => changed(...topics));
    for (const topic of topics) stream.addEventListener(topic, () => changed(topic));
    stream.addEventListener('error', () => {
      stream.close();
      if (source === stream) timer = setTimeout(connect, AGAIN_MS);
    });
  };
  changed(...topics);
  connect();
  return () => {
    source?.close();
    source = undefined;
    clearTimeout(timer);
    clearTimeout(gathering);
  };
}
