/** `/api/versions` and `/api/changes`: what each load made of a dataset, and what changed between two of them. */
import { invalidParameter } from '../../../core/errors.ts';
import { changesQuerySchema } from '../../../core/wire/versions.ts';
import { jsonReply } from '../../http/json.ts';
import { parseWhole, readKvp } from '../../http/kvp.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

const WGS84 = 4326;
const MOST_VERSIONS = 500;
const UNKEPT = { 'cache-control': 'no-cache' };

type Offered = Pick<Services, 'versions'>;

export function versions({ versions: offered }: Offered): Protocol {
  const prefix = '/api/versions';
  return {
    name: 'versions',
    prefix,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: prefix,
        handle: async ({ query }) => {
          const kvp = readKvp(query);
          const whole = (name: string, most: number) => {
            const text = kvp.get(name);
            return text === undefined ? undefined : parseWhole(text, name, 1, most);
          };
          const [before, limit = 100] = [whole('before', 2 ** 31), whole('limit', MOST_VERSIONS)];
          return jsonReply(await offered.list({ dataset: kvp.get('dataset'), before, limit }), UNKEPT);
        },
      },
      {
        method: 'GET',
        path: `${prefix}/:version`,
        handle: async ({ route }) =>
          jsonReply(await offered.read(parseWhole(route['version'] ?? '', 'version', 1, 2 ** 31)), UNKEPT),
      },
    ],
  };
}

export function changes(services: Offered): Protocol {
  const path = '/api/changes';
  return {
    name: 'changes',
    prefix: path,
    explain: explainAsProblem,
    routes: [{ method: 'GET', path, handle: (ask) => changesReply(services, ask) }],
  };
}

async function changesReply({ versions: offered }: Offered, ask: Ask): Promise<Reply> {
  const kvp = readKvp(ask.query);
  const form = kvp.get('f') ?? 'json';
  if (form !== 'json' && form !== 'geojson') throw invalidParameter('f', 'f must be json or geojson');
  const names = Object.keys(changesQuerySchema.shape);
  const given = names.flatMap((name) => {
    const value = kvp.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const read = changesQuerySchema.safeParse(Object.fromEntries(given));
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = String(issue?.path[0] ?? 'from');
    throw invalidParameter(where, `${where} cannot be used: ${issue?.message}`);
  }
  const srid = form === 'geojson' ? WGS84 : undefined;
  const page = await offered.changes(read.data, ask.view, srid, ask.signal);
  const headers = { ...UNKEPT, ...(page.next !== null && { link: nextLink(ask, page.next) }) };
  if (form === 'json') return jsonReply(page, headers);
  const { changes: told, ...head } = page;
  const features = told.map(({ layer, id, change, versionBefore, versionAfter, properties, geometry }) => ({
    ...{ type: 'Feature', id, geometry },
    properties: {
      ...properties,
      ...{ layer, change, version_before: versionBefore, version_after: versionAfter },
    },
  }));
  return jsonReply({ type: 'FeatureCollection', ...head, features }, headers, 'application/geo+json');
}

function nextLink({ publicUrl, query }: Ask, next: string): string {
  const more = new URLSearchParams(query);
  more.set('after', next);
  return `<${publicUrl}/api/changes?${more}>; rel="next"`;
}
