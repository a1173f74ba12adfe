/**
 * Every address that the API documents describe, asked with values that nobody should send: by anybody and by staff,
 * over the whole product. Each refusal is problem details; nothing fails inside, hangs, or tells of the inside.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomOf } from '../../core/demo-city/random.ts';
import { startWholeService, type WholeService } from '../support/whole-service.ts';

const EACH = 6;
const LONGEST_MS = 20_000;
const ODD: readonly string[] = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1e309',
    'NaN',
    '9'.repeat(400),
    '1,2,3,4',
    '4,3,2,1',
    '0,0,0,0',
    '-180,-90,180,90',
  ],
  ...[
    "'",
    '"',
    '\\',
    '%',
    '%00',
    ';--',
    '\u0000',
    '\ufffe',
    '🏠',
    'ł',
    '<',
    ']]>',
    '{{7*7}}',
    '../..',
    '__proto__',
  ],
  ...[
    'parcels',
    'nobody',
    'constructor',
    'id',
    'EPSG:0',
    'CRS:84',
    '2024-02-31',
    '2024-01-01/2023-01-01',
    '275760-09-13',
  ],
  ...[
    'true',
    'pl',
    'x'.repeat(3000),
    '[1,2',
    '{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,1],[1,0],[0,0]]]}',
  ],
  ...['00000000-0000-4000-8000-000000000000', '306401_1.0021.AR_10.1/4', '$select=*', "land_use = 'B' OR"],
];
const INSIDE = /node_modules|\bat .*\.[tj]s:\d+|SQLSTATE|syntax error|relation "|column "/i;

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly $ref?: string;
}
interface Api {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>
  >;
  readonly components?: { readonly parameters?: Readonly<Record<string, Parameter>> };
}

let service: WholeService;
beforeAll(async () => {
  service = await startWholeService();
}, 120_000);
afterAll(() => service.close());

/** Requests to every address of a document, each with some values out of order. */
async function requestsOf(document: string, prefix: string): Promise<readonly string[]> {
  const api = (await (await fetch(`${service.url}${document}`)).json()) as Api;
  const { next: random } = randomOf(`odd values ${document}`, 2177);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  return Object.entries(api.paths).flatMap(([address, item]) => {
    if (!item['get']) return [];
    const given = [item, item['get']].flatMap(({ parameters }) => (parameters ?? []) as readonly Parameter[]);
    const named = given
      .map((each) => (each.$ref ? api.components?.parameters?.[each.$ref.split('/').at(-1) ?? ''] : each))
      .filter((each) => each?.in === 'query')
      .map((each) => each?.name ?? '');
    return Array.from({ length: EACH }, () => {
      const path = address.replace(/\{[^}]+\}/g, () => encodeURIComponent(pick(ODD)));
      const query = new URLSearchParams();
      for (let n = Math.floor(random() * 3); n > 0 && named.length > 0; n--)
        query.set(pick(named), pick(ODD));
      if (random() < 0.2) query.set('nobody-knows', pick(ODD));
      return `${prefix}${path}?${query}`;
    });
  });
}

describe.each([
  ['/ogc/api', '/ogc'],
  ['/api', ''],
])('%s', (document, prefix) => {
  it('names addresses that stand odd values from anybody and from staff', async () => {
    const seen = new Map<number, number>();
    const paths = await requestsOf(document, prefix);
    expect(paths.length).toBeGreaterThan(10 * EACH);
    for (const [index, path] of paths.entries()) {
      const headers = index % 2 === 0 ? {} : service.staff;
      const reply = await fetch(`${service.url}${path}`, {
        headers,
        signal: AbortSignal.timeout(LONGEST_MS),
      });
      seen.set(reply.status, (seen.get(reply.status) ?? 0) + 1);
      const type = reply.headers.get('content-type') ?? '';
      expect([path, reply.status < 500 || reply.status === 501]).toEqual([path, true]);
      if (type.startsWith('text/event-stream')) {
        await reply.body?.cancel();
        continue;
      }
      const body = Buffer.from(await reply.arrayBuffer()).toString('latin1');
      if (!reply.ok && reply.status >= 400) expect([path, type]).toEqual([path, 'application/problem+json']);
      if (!reply.ok) expect([path, INSIDE.exec(body)?.[0]]).toEqual([path, undefined]);
    }
    // Some were answered and some refused, or nothing was tried.
    expect([seen.has(200), seen.has(400), seen.has(404)]).toEqual([true, true, true]);
  }, 240_000);
});
