import { asTwinError } from '../../core/errors.ts';
import type { Identity } from '../../server/access/identity.ts';
import type { Ask, Protocol, Reply } from '../../server/http/protocol.ts';

export type AskProtocols = (
  method: string,
  address: string,
  body: unknown,
  who: Identity,
) => Promise<{ readonly status: number; readonly body: never }>;

/** Asks protocols of JSON and of pages without a socket: finds the route, and explains errors as the protocol does. */
export function askProtocols(protocols: readonly Protocol[]): AskProtocols {
  const routes = protocols.flatMap((protocol) =>
    protocol.routes.map((route) => ({ ...route, explain: protocol.explain })),
  );
  return async (method, address, body, who) => {
    const { pathname, searchParams } = new URL(address, 'http://twin');
    for (const route of routes) {
      const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
      const values = new RegExp(`^${route.path.replace(/:\w+/g, '([^/]+)')}$`).exec(pathname);
      if (route.method !== method || !values) continue;
      const ask: Ask = {
        method,
        path: pathname,
        route: Object.fromEntries(names.map((name, n) => [name, values[n + 1] ?? ''])),
        query: searchParams,
        headers: {},
        body: new TextEncoder().encode(JSON.stringify(body)),
        view: { who },
        signal: new AbortController().signal,
        requestId: 'test',
        publicUrl: 'http://twin',
      };
      let reply: Reply;
      try {
        reply = await route.handle(ask);
      } catch (error) {
        reply = route.explain(asTwinError(error), ask);
      }
      return { status: reply.status, body: readBody(reply) as never };
    }
    throw new Error(`no route ${method} ${address}`);
  };
}

/** A page is text, everything else JSON. */
function readBody({ body, headers }: Reply): unknown {
  if (body === undefined) return undefined;
  return headers?.['content-type']?.startsWith('text/html') ? String(body) : JSON.parse(String(body));
}
