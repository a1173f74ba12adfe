/** `/api/sites`: parcels found by attributes and surroundings, ranked with reasons. */
import { invalidParameter } from '../../../core/errors.ts';
import type { SitesReply } from '../../../core/wire/sites.ts';
import { siteQuerySchema } from '../../../core/wire/sites.ts';
import { parseBody } from '../../http/changing.ts';
import { jsonReply } from '../../http/json.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { sitesCsv, sitesGeoJson } from './site-files.ts';
import { siteQueryOf } from './site-query.ts';

const PREFIX = '/api/sites';
const UNKEPT = { 'cache-control': 'no-cache' };

export function sites({ sites: finder }: Pick<Services, 'sites'>): Protocol {
  return {
    name: 'sites',
    prefix: PREFIX,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: PREFIX,
        handle: async (ask) => written(ask, await finder.find(siteQueryOf(ask.query), ask.view, ask.signal)),
      },
      {
        method: 'POST',
        path: PREFIX,
        handle: async (ask) =>
          written(ask, await finder.find(parseBody(ask, siteQuerySchema), ask.view, ask.signal)),
      },
      {
        method: 'GET',
        path: `${PREFIX}/measures`,
        handle: async (ask) => jsonReply(await finder.measures(ask.view, ask.signal), UNKEPT),
      },
    ],
  };
}

function written({ query }: Ask, found: SitesReply): Reply {
  const format = query.get('f') ?? 'json';
  switch (format) {
    case 'json':
      return jsonReply(found, UNKEPT);
    case 'geojson':
      return jsonReply(sitesGeoJson(found), { ...UNKEPT, ...named('geojson') }, 'application/geo+json');
    case 'csv':
      return {
        status: 200,
        headers: { 'content-type': 'text/csv; charset=utf-8; header=present', ...UNKEPT, ...named('csv') },
        body: sitesCsv(found),
      };
    default:
      throw invalidParameter('f', `f must be json, geojson or csv, got "${format.slice(0, 50)}"`);
  }
}

const named = (extension: string) => ({ 'content-disposition': `attachment; filename="sites.${extension}"` });
