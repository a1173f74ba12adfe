/** OGC API – Records Part 1 (20-004r1): the datasets of the catalogue as records, beside the collections of features. */
import { invalidParameter, notFound } from '../../../core/errors.ts';
import { CRS84_URI } from '../../../core/geo/crs.ts';
import { findRecords } from '../../../core/metadata/find-records.ts';
import { jsonReply } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import { hrefWith } from '../../http/links.ts';
import { chooseLanguage } from '../../http/negotiate.ts';
import { explainAsProblem } from '../../http/problem.ts';
import { SCHEMA_TYPE } from '../../http/property-schema.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { CATALOGUE_PATH, catalogueDocument, GEOJSON_TYPE, QUERYABLES_PATH } from './part.ts';
import { type RecordFrame, recordDocument } from './record-document.ts';
import { queryablesDocument } from './record-members.ts';
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
          const language = languageOf(ask);
          return jsonReply(catalogueDocument(ask.publicUrl, language), headersOf(language));
        },
      },
      {
        method: 'GET',
        path: QUERYABLES_PATH,
        handle: async (ask) => {
          const language = languageOf(ask);
          return jsonReply(queryablesDocument(ask.publicUrl, language), headersOf(language), SCHEMA_TYPE);
        },
      },
      { method: 'GET', path: `${CATALOGUE_PATH}/items`, handle: (ask) => getRecords(services, ask) },
      { method: 'GET', path: `${CATALOGUE_PATH}/items/:id`, handle: (ask) => getRecord(services, ask) },
    ],
  };
}

async function getRecords(services: Needed, ask: Ask): Promise<Reply> {
  const frame = await frameOf(services, ask);
  const query = readRecordQuery(readKvp(ask.query), ask.query.keys());
  const all = await services.metadata.records(ask.view, ask.signal);
  const { records: found, matched } = await findRecords(all, query, frame.language, ask.signal);
  const { limit, offset } = query;
  const page = (rel: string, to: number) => ({
    href: hrefWith(ask, { offset: to === 0 ? undefined : to }),
    ...{ rel, type: GEOJSON_TYPE },
  });
  const document = {
    type: 'FeatureCollection',
    timeStamp: new Date().toISOString(),
    numberMatched: matched,
    numberReturned: found.length,
    features: found.map((one) => recordDocument(one, frame)),
    links: [
      page('self', offset),
      ...(offset + found.length < matched && found.length > 0 ? [page('next', offset + limit)] : []),
      ...(offset > 0 ? [page('prev', Math.max(0, offset - limit))] : []),
    ],
  };
  return jsonReply(document, headersOfRecords(frame.language), GEOJSON_TYPE);
}

async function getRecord(services: Needed, ask: Ask): Promise<Reply> {
  const frame = await frameOf(services, ask);
  refuseOtherCrs(readKvp(ask.query), 'crs');
  const id = ask.route['id'] ?? '';
  const all = await services.metadata.records(ask.view, ask.signal);
  const one = all.find(({ record }) => record.id === id);
  if (!one)
    throw notFound(`There is no record "${id.slice(0, 200)}"; ${CATALOGUE_PATH}/items lists them`, 'id');
  if (one.record.upkeep) services.uses.add('records', one.record.upkeep.layer, 1, 1);
  return jsonReply(recordDocument(one, frame), headersOfRecords(frame.language), GEOJSON_TYPE);
}

async function frameOf({ orders, uses }: Needed, ask: Ask): Promise<RecordFrame> {
  const language = languageOf(ask);
  const taken = new Map<string, number>();
  for (const { layer, orders: count } of (await orders.statistics()).rows) {
    taken.set(layer, (taken.get(layer) ?? 0) + count);
  }
  return { publicUrl: ask.publicUrl, language, orders: taken, uses: await uses.totals() };
}

/** @throws TwinError invalid-parameter for a form of answer that there is not */
function languageOf(ask: Ask) {
  const format = ask.query.get('f') ?? 'json';
  if (!['json', 'geojson', 'application/json', GEOJSON_TYPE, SCHEMA_TYPE].includes(format)) {
    throw invalidParameter('f', `Records come as json, not as "${format.slice(0, 50)}"`);
  }
  return chooseLanguage(ask);
}

const headersOf = (language: string) => ({ 'content-language': language, vary: 'Accept-Language' });
const headersOfRecords = (language: string) => ({ ...headersOf(language), 'content-crs': `<${CRS84_URI}>` });
