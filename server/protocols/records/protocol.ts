/** OGC API – Records Part 1 (20-004r1): the datasets of the catalogue as records, beside the collections of features. */
import { notFound } from '../../../core/errors.ts';
import { CRS84_URI } from '../../../core/geo/crs.ts';
import { findRecords } from '../../../core/metadata/find-records.ts';
import { jsonReply } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import { hrefWith } from '../../http/links.ts';
import { chooseFormat, chooseLanguage } from '../../http/negotiate.ts';
import { GEOJSON_TYPE, json, type View, viewHeaders } from '../../http/ogc-view.ts';
import { explainAsProblem } from '../../http/problem.ts';
import { SCHEMA_TYPE } from '../../http/property-schema.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { CATALOGUE_PATH, catalogueDocument, QUERYABLES_PATH } from './part.ts';
import { type RecordFrame, recordDocument } from './record-document.ts';
import { queryablesDocument } from './record-members.ts';
import { cataloguePage, queryablesPage, recordPage, recordsPage } from './record-page.ts';
import { readRecordQuery, refuseOtherCrs } from './record-query.ts';

type Needed = Pick<Services, 'metadata' | 'orders' | 'uses'>;

export function records(services: Needed): Protocol {
  return {
    name: 'records',
    prefix: CATALOGUE_PATH,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: CATALOGUE_PATH,
        handle: async (ask) => {
          const view = viewOf(ask);
          if (view.face === 'html') return cataloguePage(ask, view);
          return json(view, catalogueDocument(ask.publicUrl, view.language));
        },
      },
      {
        method: 'GET',
        path: QUERYABLES_PATH,
        handle: async (ask) => {
          const view = viewOf(ask);
          if (view.face === 'html') return queryablesPage(ask, view);
          return json(view, queryablesDocument(ask.publicUrl, view.language), SCHEMA_TYPE);
        },
      },
      { method: 'GET', path: `${CATALOGUE_PATH}/items`, handle: (ask) => getRecords(services, ask) },
      { method: 'GET', path: `${CATALOGUE_PATH}/items/:id`, handle: (ask) => getRecord(services, ask) },
    ],
  };
}

async function getRecords(services: Needed, ask: Ask): Promise<Reply> {
  const view = viewOf(ask);
  const query = readRecordQuery(readKvp(ask.query), ask.query.keys());
  const all = await services.metadata.records(ask.view, ask.signal);
  const { records: found, matched } = await findRecords(all, query, view.language, ask.signal);
  const { limit, offset } = query;
  const to = (first: number) => hrefWith(ask, { offset: first === 0 ? undefined : first });
  const next = offset + found.length < matched && found.length > 0 ? to(offset + limit) : undefined;
  const previous = offset > 0 ? to(Math.max(0, offset - limit)) : undefined;
  if (view.face === 'html') return recordsPage({ found, matched, previous, next }, ask, view);
  const frame = await frameOf(services, ask, view);
  const page = (rel: string, address: string) => ({ href: address, rel, type: GEOJSON_TYPE });
  const document = {
    type: 'FeatureCollection',
    timeStamp: new Date().toISOString(),
    numberMatched: matched,
    numberReturned: found.length,
    features: found.map((one) => recordDocument(one, frame)),
    links: [
      page('self', to(offset)),
      { href: hrefWith(ask, { f: 'html' }), rel: 'alternate', type: 'text/html' },
      ...(next ? [page('next', next)] : []),
      ...(previous ? [page('prev', previous)] : []),
    ],
  };
  return jsonReply(document, headersOfRecords(view), GEOJSON_TYPE);
}

async function getRecord(services: Needed, ask: Ask): Promise<Reply> {
  const view = viewOf(ask);
  const frame = await frameOf(services, ask, view);
  refuseOtherCrs(readKvp(ask.query), 'crs');
  const id = ask.route['id'] ?? '';
  const all = await services.metadata.records(ask.view, ask.signal);
  const one = all.find(({ record }) => record.id === id);
  if (!one)
    throw notFound(`There is no record "${id.slice(0, 200)}"; ${CATALOGUE_PATH}/items lists them`, 'id');
  if (one.record.upkeep) services.uses.add('records', one.record.upkeep.layer, 1, 1);
  if (view.face === 'html') return recordPage(one, frame, ask, view);
  return jsonReply(recordDocument(one, frame), headersOfRecords(view), GEOJSON_TYPE);
}

async function frameOf({ orders, uses }: Needed, ask: Ask, { language }: View): Promise<RecordFrame> {
  const taken = new Map<string, number>();
  for (const { layer, orders: count } of (await orders.statistics()).rows) {
    taken.set(layer, (taken.get(layer) ?? 0) + count);
  }
  return { publicUrl: ask.publicUrl, language, orders: taken, uses: await uses.totals() };
}

const OFFERS = {
  json: [GEOJSON_TYPE, 'application/json', SCHEMA_TYPE, 'geojson'],
  html: ['text/html', 'application/xhtml+xml'],
} as const;

/** @throws TwinError invalid-parameter for a form of answer that there is not; not-acceptable */
const viewOf = (ask: Ask): View => ({ face: chooseFormat(ask, OFFERS), language: chooseLanguage(ask) });

const headersOfRecords = (view: View) => ({ ...viewHeaders(view), 'content-crs': `<${CRS84_URI}>` });
