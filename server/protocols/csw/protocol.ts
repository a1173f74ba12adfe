/** Catalogue Service for the Web 2.0.2 (07-006r1) at `/csw`: KVP by GET, XML by POST; Transaction for staff. */
import { missingParameter } from '../../../core/errors.ts';
import type { Language } from '../../../core/feature/layer.ts';
import { findRecords } from '../../../core/metadata/find-records.ts';
import { type Markup, markup } from '../../../core/xml/writer.ts';
import { languageOf, parseWishes } from '../../http/negotiate.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { capabilities } from './capabilities.ts';
import { describeRecord } from './describe-record.ts';
import { explainAsCswReport } from './exceptions.ts';
import { getDomain } from './get-domain.ts';
import { parseKvpRequest } from './kvp-request.ts';
import { RECORD_NAMESPACES, recordMarkup, SCHEMA_LOCATION } from './records.ts';
import { type CswRequest, type GetRecords, VERSION } from './request.ts';
import { transact } from './transaction.ts';
import { parseXmlRequest } from './xml-request.ts';

export function csw(services: Services): Protocol {
  return {
    name: 'csw',
    prefix: '/csw',
    routes: [
      { method: 'GET', path: '/csw', handle: (ask) => answer(services, parseKvpRequest(ask.query), ask) },
      { method: 'POST', path: '/csw', handle: (ask) => answer(services, parsePosted(ask), ask) },
    ],
    explain: explainAsCswReport,
  };
}

function parsePosted({ body, headers }: Ask): CswRequest {
  if (body.length === 0) throw missingParameter('request', 'The body is empty; send a CSW request as XML');
  const text = new TextDecoder().decode(body);
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded')
    ? parseKvpRequest(new URLSearchParams(text))
    : parseXmlRequest(text);
}

async function answer(services: Services, request: CswRequest, ask: Ask): Promise<Reply> {
  const { view, signal } = ask;
  const language = languageOf(parseWishes(ask.headers['accept-language']).map(({ value }) => value));
  switch (request.operation) {
    case 'GetCapabilities': {
      const [layer] = await services.catalogue.layers(view);
      return xml(
        capabilities(
          `${ask.publicUrl}/csw`,
          request.sections,
          language,
          layer?.steward[language] ?? 'Blizniak',
        ),
      );
    }
    case 'DescribeRecord':
      return xml(describeRecord());
    case 'GetDomain':
      return xml(getDomain(request, await services.metadata.records(view, signal), language));
    case 'GetRecordById': {
      const all = await services.metadata.records(view, signal);
      const found = request.ids.flatMap((id) => all.find(({ record }) => record.id === id) ?? []);
      for (const { record } of found) if (record.upkeep) services.uses.add('csw', record.upkeep.layer, 1, 1);
      return xml(
        markup`<?xml version="1.0" encoding="UTF-8"?>
<csw:GetRecordByIdResponse${RECORD_NAMESPACES}${SCHEMA_LOCATION}>${found.map((one, index) => recordMarkup(one, request, language, index))}</csw:GetRecordByIdResponse>
`.text,
      );
    }
    case 'GetRecords':
      return xml((await getRecords(services, request, ask, language)).text);
    case 'Transaction':
      return xml(await transact(services, request, ask, language));
  }
}

async function getRecords(
  services: Services,
  request: GetRecords,
  ask: Ask,
  language: Language,
): Promise<Markup> {
  const { filter, sort, startPosition, maxRecords, resultType, elementSet, outputSchema } = request;
  const all = await services.metadata.records(ask.view, ask.signal);
  const limit = resultType === 'results' ? maxRecords : 0;
  const { records, matched } = await findRecords(
    all,
    { sort, offset: startPosition - 1, limit, ...(filter && { filter }) },
    language,
    ask.signal,
  );
  const next = startPosition + records.length;
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<csw:GetRecordsResponse${RECORD_NAMESPACES}${SCHEMA_LOCATION} version="${VERSION}"><csw:SearchStatus timestamp="${new Date().toISOString()}"/><csw:SearchResults numberOfRecordsMatched="${matched}" numberOfRecordsReturned="${records.length}" nextRecord="${next <= matched ? next : 0}" elementSet="${elementSet}" recordSchema="${outputSchema}">${records.map((one, index) => recordMarkup(one, request, language, index))}</csw:SearchResults></csw:GetRecordsResponse>
`;
}

const xml = (body: string): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/xml', vary: 'Accept-Language', 'cache-control': 'no-cache' },
  body,
});
