/** Requests as XML (09-025r2). */
import { invalidParameter, missingParameter } from '../../../core/errors.ts';
import { parseWithCommonPrefixes } from '../../../core/filter/common-prefixes.ts';
import { childOf, childrenOf, textOf, type XmlElement } from '../../../core/xml/element.ts';
import {
  checkLockRequest,
  checkOldPresentation,
  checkService,
  checkVersion,
  lockTermsOf,
  operationNamed,
  presentationOf,
  presentationWithLock,
} from './checks.ts';
import { WfsError } from './exceptions.ts';
import { VERSION, WFS_NAMESPACE, type WfsRequest } from './request.ts';
import { readDefinition } from './stored-query-definition.ts';
import { readTransaction } from './transaction-request.ts';
import { type OldVersion, oldVersionOf } from './versions.ts';
import { localName, queriesOf } from './xml-query.ts';

/**
 * @throws TwinError as the code of the standard asks; XmlError for text that is not sound XML
 */
export function parseXmlRequest(body: Uint8Array): WfsRequest {
  const root = parseWithCommonPrefixes(decodeXml(body));
  const old = oldVersionOf(root);
  if (old !== undefined) {
    checkService(root.attributes['service']);
    if (root.local === 'Transaction') return readTransaction(root, old);
    const request = readOldRequest(root, old);
    if (request) return request;
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
        version: undefined,
        sections: textsIn(root, 'Sections', 'Section'),
        updateSequence: attributes['updateSequence'],
        languages: textsIn(root, 'AcceptLanguages', 'Language'),
      };
    case 'DescribeFeatureType': {
      const names = childrenOf(root, 'TypeName').map((each) => localName(textOf(each) ?? ''));
      return {
        operation,
        version: VERSION,
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
    case 'CreateStoredQuery': {
      const definitions = childrenOf(root, 'StoredQueryDefinition');
      if (definitions.length === 0) {
        throw missingParameter('StoredQueryDefinition', 'The request has no wfs:StoredQueryDefinition');
      }
      return { operation, definitions: definitions.map(readDefinition) };
    }
    case 'DropStoredQuery': {
      const { id } = attributes;
      if (!id) throw missingParameter('id', 'wfs:DropStoredQuery needs the attribute id');
      return { operation, id };
    }
    case 'GetFeature': {
      const queries = queriesOf(root);
      return {
        ...{ operation, version: VERSION, queries },
        presentation: presentationOf((name) => attributes[name]),
      };
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
      return {
        operation,
        presentation: presentationOf((name) => attributes[name]),
        queries: [query],
        valueReference,
      };
    }
  }
}

/** Requests to read of WFS 1.1 (04-094) and 1.0 (02-058); undefined for others. */
function readOldRequest(root: XmlElement, version: OldVersion): WfsRequest | undefined {
  const { attributes, local } = root;
  switch (local) {
    case 'GetCapabilities':
      return {
        operation: local,
        acceptVersions: textsIn(root, 'AcceptVersions', 'Version'),
        version: attributes['version'] ?? version,
        sections: textsIn(root, 'Sections', 'Section'),
        updateSequence: attributes['updateSequence'],
        languages: undefined,
      };
    case 'DescribeFeatureType': {
      const names = childrenOf(root, 'TypeName').map((each) => localName(textOf(each) ?? ''));
      const typeNames = names.length > 0 ? names : undefined;
      return { operation: local, version, typeNames, outputFormat: attributes['outputFormat'] };
    }
    case 'GetFeature': {
      const presentation = presentationOf((name) => attributes[name]);
      checkOldPresentation(version, presentation);
      return { operation: local, version, queries: queriesOf(root), presentation };
    }
    default:
      return undefined;
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

function textsIn(root: XmlElement, list: string, item: string): readonly string[] | undefined {
  const element = childOf(root, list);
  return element && childrenOf(element, item).map((each) => textOf(each) ?? '');
}
