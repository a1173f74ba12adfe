/** Requests as XML (09-025r2). */
import { invalidParameter, missingParameter, notSupported } from '../../../core/errors.ts';
import { childOf, childrenOf, childText, textOf, type XmlElement } from '../../../core/xml/element.ts';
import { parseXml } from '../../../core/xml/reader.ts';
import {
  checkLockRequest,
  checkService,
  checkVersion,
  lockTermsOf,
  operationNamed,
  presentationOf,
  presentationWithLock,
} from './checks.ts';
import { WfsError } from './exceptions.ts';
import {
  type AdHocQuery,
  type Query,
  type StoredQuery,
  VERSION,
  WFS_NAMESPACE,
  type WfsRequest,
} from './request.ts';
import { readTransaction } from './transaction-request.ts';
import { oldVersionOf } from './versions.ts';

/**
 * @throws TwinError as the code of the standard asks; XmlError for text that is not sound XML
 */
export function parseXmlRequest(body: Uint8Array): WfsRequest {
  const root = parseXml(decodeXml(body));
  const old = oldVersionOf(root);
  if (old !== undefined && root.local === 'Transaction') {
    checkService(root.attributes['service']);
    return readTransaction(root, old);
  }
  if (root.namespace !== WFS_NAMESPACE) {
    throw new WfsError(
      'OperationParsingFailed',
      `The request is in the namespace "${root.namespace.slice(0, 100)}" instead of ${WFS_NAMESPACE}`,
      root.local,
    );
  }
  const { attributes } = root;
  checkService(attributes['service']);
  const operation = operationNamed(root.local);
  if (operation !== 'GetCapabilities') checkVersion(attributes['version']);
  switch (operation) {
    case 'GetCapabilities':
      return {
        operation,
        acceptVersions: textsIn(root, 'AcceptVersions', 'Version'),
        sections: textsIn(root, 'Sections', 'Section'),
        languages: textsIn(root, 'AcceptLanguages', 'Language'),
      };
    case 'DescribeFeatureType': {
      const names = childrenOf(root, 'TypeName').map((each) => localName(textOf(each) ?? ''));
      return {
        operation,
        typeNames: names.length > 0 ? names : undefined,
        outputFormat: attributes['outputFormat'],
      };
    }
    case 'ListStoredQueries':
      return { operation };
    case 'DescribeStoredQueries': {
      const ids = childrenOf(root, 'StoredQueryId').map((each) => textOf(each) ?? '');
      return { operation, ids: ids.length > 0 ? ids : undefined };
    }
    case 'GetFeature': {
      const queries = queriesOf(root);
      return { operation, presentation: presentationOf((name) => attributes[name]), queries };
    }
    case 'Transaction':
      return readTransaction(root, VERSION);
    case 'GetFeatureWithLock': {
      const get = (name: string) => attributes[name];
      const queries = queriesOf(root);
      return { operation, presentation: presentationWithLock(get), queries, terms: lockTermsOf(get) };
    }
    case 'LockFeature': {
      const { lockId } = attributes;
      const queries = lockId !== undefined && root.children.length === 0 ? [] : queriesOf(root);
      checkLockRequest(lockId, queries.length);
      return { operation, lockId, queries, terms: lockTermsOf((name) => attributes[name]) };
    }
    case 'GetPropertyValue': {
      const [query, ...more] = queriesOf(root);
      if (!query || more.length > 0) throw invalidParameter('Query', 'GetPropertyValue takes one query');
      const valueReference = attributes['valueReference'];
      if (valueReference === undefined) throw missingParameter('valueReference');
      if (valueReference.trim() === '') {
        throw invalidParameter('valueReference', 'valueReference is empty; name a property');
      }
      return { operation, presentation: presentationOf((name) => attributes[name]), query, valueReference };
    }
  }
}

/** Text by the byte order mark, else by the encoding that the XML declaration names, else UTF-8. */
function decodeXml(body: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(body.subarray(0, 200));
  const marked = head.startsWith('\u00ff\u00fe')
    ? 'utf-16le'
    : head.startsWith('\u00fe\u00ff')
      ? 'utf-16be'
      : undefined;
  const declared = /^<\?xml[^>]*encoding=["']([\w.:-]+)["']/.exec(head)?.[1];
  try {
    return new TextDecoder(marked ?? declared ?? 'utf-8', { fatal: true }).decode(body);
  } catch {
    throw new WfsError(
      'OperationParsingFailed',
      `The body is not text in ${marked ?? declared ?? 'UTF-8'}`,
      'encoding',
    );
  }
}

function queriesOf(root: XmlElement): readonly Query[] {
  const queries = root.children.flatMap((child): readonly Query[] => {
    if (child.local === 'Query') return [adHocQuery(child)];
    return child.local === 'StoredQuery' ? [storedQuery(child)] : [];
  });
  if (queries.length === 0)
    throw missingParameter('Query', 'The request has no wfs:Query and no wfs:StoredQuery');
  return queries;
}

function adHocQuery(element: XmlElement): AdHocQuery {
  const names = (element.attributes['typeNames'] ?? '').split(/\s+/).filter((name) => name !== '');
  if (names.length === 0) throw missingParameter('typeNames', 'wfs:Query needs the attribute typeNames');
  if (names.length > 1)
    throw notSupported('Joins are not offered; use one wfs:Query for each type', 'typeNames');
  const propertyNames = childrenOf(element, 'PropertyName').map((each) => textOf(each) ?? '');
  const sortBy = childOf(element, 'SortBy');
  return {
    kind: 'ad-hoc',
    typeName: localName(names[0] ?? ''),
    resourceIds: [],
    bbox: undefined,
    filter: childOf(element, 'Filter'),
    cql: undefined,
    srsName: element.attributes['srsName'],
    propertyNames: propertyNames.length > 0 ? propertyNames : undefined,
    sortBy: (sortBy ? childrenOf(sortBy, 'SortProperty') : []).map((key) => ({
      reference: childText(key, 'ValueReference') ?? '',
      descending: childText(key, 'SortOrder')?.toUpperCase() === 'DESC',
    })),
  };
}

function storedQuery(element: XmlElement): StoredQuery {
  const id = element.attributes['id'];
  if (!id) throw missingParameter('id', 'wfs:StoredQuery needs the attribute id');
  const parameters = childrenOf(element, 'Parameter').map(
    (each) => [(each.attributes['name'] ?? '').toLowerCase(), each.text.trim()] as const,
  );
  return { kind: 'stored', id, parameters: new Map(parameters) };
}

/** Prefixes are declared by the caller; names alone are unique here. */
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function textsIn(root: XmlElement, list: string, item: string): readonly string[] | undefined {
  const element = childOf(root, list);
  return element && childrenOf(element, item).map((each) => textOf(each) ?? '');
}
