/** GetFeature (09-025r2, 11). */
import { invalidParameter, missingParameter, notFound } from '../../../core/errors.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { batchesOf, type FeatureStream } from '../../../core/feature/source.ts';
import { ByteWriter } from '../../../core/formats/byte-writer.ts';
import { coordinateStyle } from '../../../core/formats/coordinate-text.ts';
import { crsMember, featureText, writeFeatureCollection } from '../../../core/formats/geojson.ts';
import { writeFeatureGml } from '../../../core/formats/gml.ts';
import type { CrsReference } from '../../../core/geo/crs.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import {
  FEATURE_SCHEMA,
  matchedIn,
  memberForm,
  rootDeclarations,
  writeCollections,
} from './collection-gml.ts';
import { checkLockFormat, lockSelections } from './lock-feature.ts';
import { oldCollection } from './old-collection.ts';
import { GML_TYPE, JSON_TYPE, outputFormatOf } from './output-formats.ts';
import { NO_LINKS, type PageLinks, pageLinks } from './page-links.ts';
import { pagedSource } from './paged-source.ts';
import { openPage, type Page } from './pages.ts';
import type { Repeat } from './repeated-request.ts';
import { type AdHocQuery, type StoredQuery, VERSION, type WfsRequest } from './request.ts';
import { answerCrs, resourceOf, type Selection, selectionsOf } from './selection.ts';
import { tableReply } from './table-reply.ts';
import type { WfsServices } from './wfs-services.ts';

type GetFeatureRequest = Extract<WfsRequest, { operation: 'GetFeature' | 'GetFeatureWithLock' }>;

/** Each costs a count, however small its answer is. */
const MOST_QUERIES = 100;

export async function getFeature(
  services: WfsServices,
  request: GetFeatureRequest,
  ask: Ask,
  repeat: Repeat,
): Promise<Reply> {
  const layers = await services.catalogue.layers(ask.view);
  const version = request.operation === 'GetFeature' ? request.version : VERSION;
  const format = outputFormatOf(request.presentation.outputFormat, version);
  const terms = request.operation === 'GetFeatureWithLock' ? request.terms : undefined;
  if (terms) checkLockFormat(format);
  const [first] = request.queries;
  if (first?.kind === 'stored' && request.queries.length === 1 && !terms) {
    return getFeatureById(services, first, format, layers, ask);
  }
  if (request.queries.length > MOST_QUERIES) {
    throw invalidParameter('typeNames', `At most ${MOST_QUERIES} queries are answered at once`);
  }
  const asked = request.queries.map((query) => selectionsOf(adHoc(query), layers, version));
  const { presentation } = request;
  if (asked.length > 1 && (presentation.startIndex > 0 || presentation.after !== undefined)) {
    throw invalidParameter('startIndex', 'startIndex pages through one query, not through several');
  }
  const { lockId, selections } = terms
    ? await lockSelections(services, asked, terms, ask)
    : { lockId: undefined, selections: asked };
  const { source, at } = await pagedSource(services, selections, ask);
  const pages: Page[] = [];
  let left = presentation.count;
  for (const selection of selections) {
    const wanted = { ...presentation, count: left };
    const form = format === 'gml' && version === VERSION ? memberForm : undefined;
    const page = await openPage(selection, wanted, source, ask.signal, form);
    left -= page.numberReturned;
    pages.push(page);
  }
  const [onlyPage] = pages;
  const links =
    onlyPage && pages.length === 1 && !terms ? pageLinks(repeat, presentation, onlyPage, at) : NO_LINKS;
  if (format === 'json') return jsonCollection(pages, selections.flat(), request, links);
  if (format !== 'gml') {
    if (presentation.resultType === 'hits') {
      throw invalidParameter('resultType', 'Counts come in GML or GeoJSON; leave outputFormat out');
    }
    return tableReply(services.geoPackages, format, selections.flat(), () => featuresOf(pages), links);
  }
  if (version !== VERSION) return oldCollection(pages, selections.flat(), { presentation, version }, ask);
  const frame = {
    links,
    withMembers: presentation.resultType === 'results',
    timeStamp: new Date().toISOString(),
    lockId,
  };
  const declarations = rootDeclarations(
    selections.flat().map(({ layer }) => layer),
    ask,
  );
  return {
    status: 200,
    headers: { 'content-type': GML_TYPE },
    body: writeCollections(pages, frame, declarations),
  };
}

function adHoc(query: GetFeatureRequest['queries'][number]): AdHocQuery {
  if (query.kind === 'ad-hoc') return query;
  throw invalidParameter('StoredQuery', 'GetFeatureById cannot be mixed with other queries');
}

/** The bare feature, not a collection (09-025r2, 7.9.3.6). */
async function getFeatureById(
  services: WfsServices,
  query: StoredQuery,
  format: ReturnType<typeof outputFormatOf>,
  layers: readonly Layer[],
  ask: Ask,
): Promise<Reply> {
  if (format !== 'gml' && format !== 'json') {
    throw invalidParameter('outputFormat', `GetFeatureById answers in GML or GeoJSON, not in ${format}`);
  }
  const rid = query.parameters.get('id');
  if (!rid) throw missingParameter('id', 'The stored query GetFeatureById needs the parameter id');
  const { layer, id } = resourceOf(rid, layers);
  const crs = answerCrs(query.parameters.get('srsname'), layer);
  const feature = await services.featuresFor(ask.view).byId(layer.name, id, crs.srid, ask.signal);
  if (!feature) throw notFound(`There is no feature with the resource id "${rid.slice(0, 200)}"`, 'id');
  if (format === 'json') {
    const body = `${featureText(feature, jsonStyle(crs), { crs: crsMember(crs.srid) })}\n`;
    return { status: 200, headers: { 'content-type': JSON_TYPE }, body };
  }
  const style = { ...coordinateStyle(crs), srsName: crs.text };
  const declarations = rootDeclarations([layer], ask, FEATURE_SCHEMA);
  const out = new ByteWriter();
  out.text('<?xml version="1.0" encoding="UTF-8"?>\n');
  writeFeatureGml(out, feature, layer, style, declarations);
  out.text('\n');
  return { status: 200, headers: { 'content-type': GML_TYPE }, body: out.take() };
}

/** All members in one GeoJSON collection, easting (longitude) first whatever the spelling of srsName. */
function jsonCollection(
  pages: readonly Page[],
  selections: readonly Selection[],
  { presentation }: GetFeatureRequest,
  { next, previous }: PageLinks,
): Reply {
  const [first] = selections;
  const crs = first?.crs;
  if (!crs || selections.some((each) => each.crs.srid !== crs.srid)) {
    throw invalidParameter('srsName', 'These types are stored in different CRS; name one by srsName');
  }
  const links = [
    ...(next === undefined ? [] : [{ href: next, rel: 'next', type: JSON_TYPE }]),
    ...(previous === undefined ? [] : [{ href: previous, rel: 'prev', type: JSON_TYPE }]),
  ];
  const body = writeFeatureCollection(presentation.resultType === 'hits' ? nothing() : featuresOf(pages), {
    style: jsonStyle(crs),
    head: { crs: crsMember(crs.srid), numberMatched: matchedIn(pages) },
    tail: (numberReturned) => ({
      numberReturned,
      timeStamp: new Date().toISOString(),
      ...(links.length > 0 ? { links } : {}),
    }),
  });
  return { status: 200, headers: { 'content-type': JSON_TYPE }, body };
}

function featuresOf(pages: readonly Page[]): FeatureStream {
  async function* batches() {
    for (const page of pages) for (const part of page.parts) yield* batchesOf(part.read());
  }
  async function* oneByOne() {
    for await (const batch of batches()) yield* batch;
  }
  return { batches, [Symbol.asyncIterator]: oneByOne };
}

async function* nothing(): AsyncGenerator<Feature> {}

const jsonStyle = (crs: CrsReference) => coordinateStyle({ srid: crs.srid, order: 'easting-northing' });
