/** Protocols behind an address of their own, without the rest of the service. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AppOptions, serveProtocols } from '../app.ts';
import type { Protocol } from '../http/protocol.ts';
import type { Log } from '../log.ts';

export interface ServedAlone {
  readonly url: string;
  close(): Promise<void>;
}

export interface Address {
  readonly port: number;
  readonly host: string;
  readonly publicUrl?: string | undefined;
}

export async function serveAlone(
  protocols: readonly Protocol[],
  { port, host, publicUrl }: Address,
  log: Log,
  options: Pick<AppOptions, 'identify'> = {},
): Promise<ServedAlone> {
  const server = createServer(
    serveProtocols(protocols, async () => undefined, { ...options, publicUrl }, log),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
