import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Misbehaviour = (reply: ServerResponse) => void;

/** A front that hands requests on to the server behind it, unless a test says otherwise. */
export interface OddFront {
  readonly url: string;
  /** Paths that it was asked for since it was reset. */
  readonly asked: string[];
  /** Address of the server behind it. */
  behind: string;
  /** What it does instead of handing on. */
  misbehaviour: Misbehaviour | undefined;
  /** What becomes of XML on the way. */
  changed: (xml: string) => string;
  /** As at the beginning: hands everything on as it is. */
  reset(): void;
  close(): void;
}

export async function openOddFront(): Promise<OddFront> {
  const server = createServer((request, reply) => {
    front.asked.push(request.url ?? '');
    if (front.misbehaviour) return front.misbehaviour(reply);
    void fetch(`${front.behind}${request.url}`).then(async (answer) => {
      const type = answer.headers.get('content-type') ?? '';
      const body = Buffer.from(await answer.arrayBuffer());
      reply.writeHead(answer.status, { 'content-type': type, 'cache-control': 'max-age=0' });
      reply.end(type.includes('xml') ? front.changed(String(body)) : body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const front: OddFront = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ asked: [], behind: '', misbehaviour: undefined, changed: (xml) => xml },
    reset() {
      front.asked.length = 0;
      front.misbehaviour = undefined;
      front.changed = (xml) => xml;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return front;
}
