/** Reads `/events` as a client of another make would: bytes, lines, events. */
export interface ReadEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
  /** `performance.now()` when it came. */
  readonly atMs: number;
}

export interface EventReader {
  readonly events: readonly ReadEvent[];
  /** Settles when the stream is over, however it ends. */
  readonly ended: Promise<void>;
  /** Results of all observations told so far. */
  results(): number[];
  close(): void;
}

/** @throws when the stream is not offered */
export async function readEvents(
  address: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventReader> {
  const leaving = new AbortController();
  const reply = await fetch(address, { signal: leaving.signal, headers });
  if (!reply.ok || !reply.body) throw new Error(`${reply.status} ${await reply.text()}`);
  const events: ReadEvent[] = [];
  const read = async (body: ReadableStream<Uint8Array>) => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const bytes of body) {
      text += decoder.decode(bytes, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = new Map(
          block.split('\n').map((line) => line.split(/: ?(.*)/s, 2) as [string, string]),
        );
        const data = fields.get('data');
        if (data === undefined) continue;
        events.push({
          event: fields.get('event') ?? 'message',
          id: fields.get('id'),
          data,
          atMs: performance.now(),
        });
      }
    }
  };
  return {
    events,
    ended: read(reply.body).catch(() => {}),
    results: () =>
      events
        .filter(({ event }) => event === 'observations')
        .flatMap(({ data }) => (JSON.parse(data) as { observations: { result: number }[] }).observations)
        .map(({ result }) => result),
    close: () => leaving.abort(),
  };
}
