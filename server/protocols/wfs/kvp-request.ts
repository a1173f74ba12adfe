/** Requests as key-value pairs (09-025r2, the KVP tables of each operation). */
import { CITE_FEATURE_NAMES } from '../../../core/cite/cite-features.ts';
import { invalidParameter, missingParameter, notSupported } from '../../../core/errors.ts';
import { fesElement } from '../../../core/filter/fes-text.ts';
import { TWIN_NAMESPACE } from '../../../core/formats/gml.ts';
import { MAPSERVER_NAMES } from '../../../core/profile/mapserver-names.ts';
import { type Kvp, readKvp } from '../../http/kvp.ts';
import {
  checkLockRequest,
  checkOldPresentation,
  checkService,
  checkVersion,
  lockTermsOf,
  operationNamed,
  presentationOf,
  presentationWithLock,
  readVersion,
} from './checks.ts';
import { namespacesOf, referencesIn } from './kvp-namespaces.ts';
import { type AdHocQuery, type Query, type StoredQuery, VERSION, type WfsRequest } from './request.ts';

const MAX_RESOURCE_IDS = 10_000;

/** @throws TwinError as the code of the standard asks */
export function parseKvpRequest(query: URLSearchParams): WfsRequest {
  const kvp = readKvp(query);
  checkService(kvp.require('service'));
  const operation = operationNamed(kvp.require('request'));
  if (READS.has(operation)) {
    const version = readVersion(kvp.require('version'));
    if (version !== VERSION && operation === 'GetFeature') {
      const presentation = presentationOf(kvp.get);
      checkOldPresentation(version, presentation);
      return { operation, version, presentation, queries: oldQueriesOf(kvp) };
    }
  } else if (operation !== 'GetCapabilities') checkVersion(kvp.require('version'));
  switch (operation) {
    case 'GetCapabilities':
      return {
        operation,
        acceptVersions: kvp.list('acceptVersions'),
        version: kvp.get('version'),
        sections: kvp.list('sections'),
        updateSequence: kvp.get('updateSequence'),
        languages: kvp.list('acceptLanguages') ?? kvp.list('language') ?? kvp.list('lang'),
      };
    case 'DescribeFeatureType':
      return {
        operation,
        version: readVersion(kvp.get('version')),
        typeNames: typeNamesOf(kvp)?.flat(),
        outputFormat: kvp.get('outputFormat'),
      };
    case 'ListStoredQueries':
      return { operation };
    case 'DescribeStoredQueries':
      return { operation, ids: kvp.list('storedQuery_Id') };
    case 'CreateStoredQuery':
      throw notSupported(
        'The standard has no key-value pairs for CreateStoredQuery; post it as XML',
        'request',
      );
    case 'DropStoredQuery':
      return { operation, id: kvp.require('storedQuery_Id') };
    case 'GetFeature':
      return {
        operation,
        version: VERSION,
        presentation: presentationOf(kvp.get),
        queries: queriesOf(kvp, query),
      };
    case 'Transaction':
      throw notSupported('The standard has no key-value pairs for Transaction; post it as XML', 'request');
    case 'GetFeatureWithLock':
      return {
        operation,
        presentation: presentationWithLock(kvp.get),
        queries: queriesOf(kvp, query),
        terms: lockTermsOf(kvp.get),
      };
    case 'LockFeature': {
      const lockId = kvp.get('lockId');
      const asks = lockId === undefined || kvp.has('typeNames') || kvp.has('resourceId');
      const queries = asks ? queriesOf(kvp, query) : [];
      checkLockRequest(lockId, queries.length);
      return { operation, lockId, queries, terms: lockTermsOf(kvp.get) };
    }
    case 'GetPropertyValue':
      return {
        operation,
        presentation: presentationOf(kvp.get),
        queries: [onlyOne(queriesOf(kvp, query))],
        valueReference: valueReferenceOf(kvp),
      };
  }
}

/** The operations that there are in older versions, too. */
const READS: ReadonlySet<WfsRequest['operation']> = new Set(['DescribeFeatureType', 'GetFeature']);

/** WFS 1.1 (04-094, 14.7) and 1.0 (02-058, 13.3.3): types beside each other are queries of their own, and identifiers are `featureId`. */
function oldQueriesOf(kvp: Kvp): readonly Query[] {
  const names = typeNamesOf(kvp)?.flat();
  const list =
    names === undefined || names.length === 1 ? undefined : names.map((name) => `(${name})`).join('');
  const renamed: Kvp = {
    ...kvp,
    get(name) {
      if (name === 'typeNames') return list ?? kvp.get('typeName') ?? kvp.get('typeNames');
      return kvp.get(name);
    },
    list: (name) => kvp.list(name === 'resourceId' ? 'featureId' : name),
  };
  return queriesOf(renamed, new URLSearchParams());
}

function valueReferenceOf(kvp: Kvp): string {
  const reference = referencesIn(kvp, 'valueReference');
  if (reference !== undefined) return reference;
  throw kvp.has('valueReference')
    ? invalidParameter('valueReference', 'valueReference is empty; name a property')
    : missingParameter('valueReference');
}

function onlyOne(queries: readonly Query[]): Query {
  const [only, ...more] = queries;
  if (!only || more.length > 0) throw invalidParameter('typeNames', 'GetPropertyValue takes one query');
  return only;
}

function queriesOf(kvp: Kvp, query: URLSearchParams): readonly Query[] {
  const stored = kvp.get('storedQuery_Id');
  if (stored !== undefined) return [storedQuery(stored, query)];
  const lists = typeNamesOf(kvp);
  const resourceIds = kvp.list('resourceId') ?? [];
  if (resourceIds.length > MAX_RESOURCE_IDS) {
    throw invalidParameter('resourceId', `At most ${MAX_RESOURCE_IDS} resource ids can be asked for at once`);
  }
  if (!lists && resourceIds.length === 0) {
    throw missingParameter('typeNames', 'Parameter typeNames is missing (or resourceId, or storedQuery_Id)');
  }
  const filters = parallel(kvp.get('filter'), lists?.length ?? 1, 'filter');
  const bbox = kvp.get('bbox');
  const given = [resourceIds.length > 0, bbox !== undefined, filters.length > 0].filter(Boolean);
  if (given.length > 1) {
    throw invalidParameter(
      bbox === undefined ? 'resourceId' : 'bbox',
      'resourceId, bbox and filter exclude each other; say it all in filter',
    );
  }
  const cql = kvp.get('cql_filter');
  if (cql !== undefined && lists?.length !== 1) {
    throw invalidParameter('cql_filter', 'cql_filter is for one query; name one feature type');
  }
  const sortBy = parallel(referencesIn(kvp, 'sortBy'), lists?.length ?? 1, 'sortBy');
  const propertyNames = parallel(referencesIn(kvp, 'propertyName'), lists?.length ?? 1, 'propertyName');
  return (lists ?? [[undefined]]).map((names, index): AdHocQuery => {
    if (names.length > 1)
      throw notSupported('Joins are not offered; ask (type1)(type2) for two answers', 'typeNames');
    const filter = filters[index];
    return {
      kind: 'ad-hoc',
      typeName: names[0],
      resourceIds,
      bbox,
      filter: filter === undefined ? undefined : fesElement(filter),
      cql,
      srsName: kvp.get('srsName'),
      propertyNames: namesIn(propertyNames[index]),
      sortBy: (sortBy[index]?.split(',') ?? []).map(sortKey),
    };
  });
}

/** `*` is all of them. */
function namesIn(text: string | undefined): readonly string[] | undefined {
  const names = text
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names?.includes('*') ? undefined : names;
}

function storedQuery(id: string, query: URLSearchParams): StoredQuery {
  return {
    kind: 'stored',
    id,
    parameters: new Map([...query].map(([name, value]) => [name.toLowerCase(), value])),
  };
}

/** `a` or `(a)(b)`: one value for each query (09-025r2, 6.2.5.3). */
function parallel(text: string | undefined, queries: number, parameter: string): readonly string[] {
  if (text === undefined) return [];
  const parts = text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1).split(')(') : [text];
  if (parts.length !== queries) {
    throw invalidParameter(parameter, `${parameter} has ${parts.length} value(s) for ${queries} query(ies)`);
  }
  return parts;
}

/** Lists of type names, one list for each query. Prefixes are taken away once they are known to be ours. */
function typeNamesOf(kvp: Kvp): readonly (readonly string[])[] | undefined {
  const text = kvp.get('typeNames') ?? kvp.get('typeName');
  if (text === undefined) return undefined;
  const lists = text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1).split(')(') : [text];
  const prefixes = namespacesOf(kvp);
  return lists.map((list) => list.split(',').map((name) => localName(name.trim(), prefixes)));
}

/** Of the twin's own types and of those of its profiles. */
const NAMESPACES = new Set([TWIN_NAMESPACE, MAPSERVER_NAMES.namespace, CITE_FEATURE_NAMES.namespace]);

function localName(name: string, prefixes: ReadonlyMap<string, string>): string {
  const colon = name.indexOf(':');
  if (colon < 0) return name;
  const namespace = prefixes.get(name.slice(0, colon));
  if (namespace !== undefined && !NAMESPACES.has(namespace)) {
    throw invalidParameter(
      'typeNames',
      `There is no feature type ${name.slice(0, 200)} in the namespace ${namespace.slice(0, 200)}`,
    );
  }
  return name.slice(colon + 1);
}

function sortKey(text: string): { reference: string; descending: boolean } {
  const match = /^([^\s]+?)(?:\s+(ASC|DESC|A|D))?$/i.exec(text.trim());
  if (!match?.[1])
    throw invalidParameter('sortBy', `"${text.slice(0, 100)}" is no sort key; use name ASC or name DESC`);
  return { reference: match[1], descending: /^D/i.test(match[2] ?? '') };
}
