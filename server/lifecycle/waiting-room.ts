/** What the service answers before it is ready: that it lives, what it is doing, and to come back. */
import type { Handler } from './front-door.ts';

const RETRY_AFTER_S = 2;

/** Answers `/health` with 200, pages with a page that looks again by itself, and everything else with 503. */
export function waitingRoom(doing: () => string): Handler {
  return (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    request.resume();
    response.setHeader('cache-control', 'no-store');
    if (path === '/health') {
      send(response, 200, 'application/json', JSON.stringify({ status: 'starting', detail: doing() }));
      return;
    }
    response.setHeader('retry-after', String(RETRY_AFTER_S));
    if (path === '/' && request.headers.accept?.includes('text/html')) {
      send(response, 503, 'text/html; charset=utf-8', page(doing()));
      return;
    }
    const problem = {
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      detail: `Starting: ${doing()}`,
    };
    const body = path === '/ready' ? { ready: false, detail: doing() } : problem;
    send(
      response,
      503,
      path === '/ready' ? 'application/json' : 'application/problem+json',
      JSON.stringify(body),
    );
  };
}

function send(response: Parameters<Handler>[1], status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'content-security-policy': "default-src 'none'" });
  response.end(body);
}

const page = (doing: string) => `<!doctype html>
<html lang="pl"><meta charset="utf-8"><meta http-equiv="refresh" content="${RETRY_AFTER_S}">
<meta name="viewport" content="width=device-width"><title>Blizniak</title>
<h1>Blizniak</h1>
<p>Miasto się wczytuje. Ta strona odświeży się sama.</p>
<p lang="en">The city is being made ready. This page looks again by itself.</p>
<p lang="en"><small>${doing.replace(/[<>&]/g, ' ')}</small></p></html>
`;
