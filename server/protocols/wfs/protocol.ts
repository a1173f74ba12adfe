/** Web Feature Service 2.0.0 (09-025r2), 1.1.0 (04-094) and 1.0.0 (02-058) at `/wfs`: KVP by GET and POST, XML by POST. */
import { missingParameter } from '../../../core/errors.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import { getCapabilities } from './capabilities.ts';
import { describeFeatureType } from './describe-feature-type.ts';
import { explainAsExceptionReport } from './exceptions.ts';
import { featureType } from './feature-types.ts';
import { getFeature } from './get-feature.ts';
import { getPropertyValue } from './get-property-value.ts';
import { type KeptRequests, keptRequests } from './kept-requests.ts';
import { parseKvpRequest } from './kvp-request.ts';
import { lockFeature } from './lock-feature.ts';
import { checkSchemaFormat } from './output-formats.ts';
import { repeatOf } from './repeated-request.ts';
import type { WfsRequest } from './request.ts';
import {
  createStoredQueries,
  describeStoredQueries,
  dropStoredQuery,
  listStoredQueries,
  withStoredQueries,
} from './stored-queries.ts';
import { transact } from './transaction.ts';
import type { WfsServices } from './wfs-services.ts';
import { parseXmlRequest } from './xml-request.ts';

/** @param contactEmail with it the capabilities have what INSPIRE asks for */
export function wfs(services: WfsServices, contactEmail?: string): Protocol {
  const respond = (request: WfsRequest, ask: Ask) =>
    request.operation === 'GetCapabilities'
      ? getCapabilities(services, request, ask, contactEmail)
      : answer(services, request, ask, kept);
  const kept = keptRequests();
  return {
    name: 'wfs',
    prefix: '/wfs',
    routes: [
      {
        method: 'GET',
        path: '/wfs',
        handle: (ask) => respond(parseKvpRequest(kept.restore(ask.query)), ask),
      },
      { method: 'POST', path: '/wfs', handle: (ask) => respond(parsePosted(ask), ask) },
    ],
    explain: explainAsExceptionReport,
  };
}

function parsePosted(ask: Ask): WfsRequest {
  if (ask.body.length === 0)
    throw missingParameter('request', 'The body is empty; send a WFS request as XML');
  if (ask.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return parseKvpRequest(new URLSearchParams(new TextDecoder().decode(ask.body)));
  }
  return parseXmlRequest(ask.body);
}

async function answer(
  services: WfsServices,
  request: Exclude<WfsRequest, { operation: 'GetCapabilities' }>,
  ask: Ask,
  kept: KeptRequests,
): Promise<Reply> {
  switch (request.operation) {
    case 'LockFeature':
      return lockFeature(services, await withStoredQueries(request, services), ask);
    case 'GetFeature':
    case 'GetFeatureWithLock': {
      const repeat = repeatOf(request, ask, kept);
      return getFeature(services, await withStoredQueries(request, services), ask, repeat);
    }
    case 'GetPropertyValue': {
      const repeat = repeatOf(request, ask, kept);
      return getPropertyValue(services, await withStoredQueries(request, services), ask, repeat);
    }
    case 'Transaction':
      return transact(services, request, ask);
    case 'DescribeFeatureType': {
      const layers = await services.catalogue.layers(ask.view);
      checkSchemaFormat(request.outputFormat, request.version);
      const asked = request.typeNames?.map((name) => featureType(layers, name));
      return describeFeatureType(asked ? [...new Set(asked)] : layers, request.version);
    }
    case 'ListStoredQueries':
      return listStoredQueries(services, await services.catalogue.layers(ask.view));
    case 'DescribeStoredQueries':
      return describeStoredQueries(services, await services.catalogue.layers(ask.view), request.ids);
    case 'CreateStoredQuery':
      return createStoredQueries(services, request.definitions, ask);
    case 'DropStoredQuery':
      return dropStoredQuery(services, request.id, ask);
  }
}
