/** wfs:Transaction as XML, of WFS 2.0 (09-025r2, 15), 1.1 (04-094, 12) and 1.0 (02-058, 7.5); key-value pairs are not taken. */
import { invalidParameter, missingParameter } from '../../../core/errors.ts';
import { childOf, childrenOf, childText, textOf, type XmlElement } from '../../../core/xml/element.ts';
import type { UsedLock } from '../../services/feature-edits.ts';
import { WfsError } from './exceptions.ts';
import type { WfsVersion } from './versions.ts';

interface Named {
  /** What the caller calls the action; errors and results bear it. */
  readonly handle: string | undefined;
}

interface Placed {
  /** CRS of geometries that name none. */
  readonly srsName: string | undefined;
}

export interface PropertyChange {
  readonly reference: string;
  /** The element wfs:Value; undefined takes the value away. */
  readonly value: XmlElement | undefined;
}

export type TransactionAction =
  | ({
      readonly kind: 'insert';
      readonly features: readonly XmlElement[];
      /** WFS 1.1: the gml:id of each object becomes its identifier. */
      readonly usesGivenId: boolean;
    } & Named &
      Placed)
  | ({
      readonly kind: 'update';
      readonly typeName: string;
      readonly properties: readonly PropertyChange[];
      readonly filter: XmlElement | undefined;
    } & Named &
      Placed)
  | ({ readonly kind: 'replace'; readonly feature: XmlElement; readonly filter: XmlElement } & Named & Placed)
  | ({ readonly kind: 'delete'; readonly typeName: string; readonly filter: XmlElement } & Named)
  | ({ readonly kind: 'native'; readonly vendorId: string; readonly safeToIgnore: boolean } & Named);

export interface TransactionRequest {
  readonly operation: 'Transaction';
  readonly version: WfsVersion;
  readonly actions: readonly TransactionAction[];
  /** The lock under which its objects are changed. */
  readonly lock: UsedLock | undefined;
}

const INPUT_FORMAT =
  /^(application\/gml\+xml(;\s*version=3\.2(\.1)?)?|(text\/xml|x-application\/gml)(;\s*subtype="?gml\/(3\.2(\.1)?|3\.1\.1|2\.1\.2)"?|:3)?)$/i;

/** @throws TwinError as the code of the standard asks */
export function readTransaction(root: XmlElement, version: WfsVersion): TransactionRequest {
  const srsName = root.attributes['srsName'];
  const actions = root.children
    .filter(({ local }) => local !== 'LockId')
    .map((element) => readAction(element, srsName));
  return { operation: 'Transaction', version, actions, lock: lockOf(root) };
}

/** An attribute, or in WFS 1.1 and 1.0 an element; all of the lock is released when nothing else is said. */
function lockOf(root: XmlElement): UsedLock | undefined {
  const id = root.attributes['lockId'] ?? childText(root, 'LockId');
  const release = root.attributes['releaseAction'] ?? 'ALL';
  if (release !== 'ALL' && release !== 'SOME') {
    throw invalidParameter(
      'releaseAction',
      `releaseAction must be ALL or SOME, got "${release.slice(0, 50)}"`,
    );
  }
  return id === undefined ? undefined : { id, release: release === 'ALL' ? 'all' : 'changed' };
}

function readAction(element: XmlElement, inherited: string | undefined): TransactionAction {
  const { attributes, local } = element;
  const handle = attributes['handle'];
  const srsName = attributes['srsName'] ?? inherited;
  checkInputFormat(attributes['inputFormat']);
  switch (local) {
    case 'Insert':
      return {
        ...{ kind: 'insert', handle, srsName },
        features: featuresIn(element),
        usesGivenId: usesGivenId(attributes['idgen']),
      };
    case 'Update':
      return {
        kind: 'update',
        ...{ handle, srsName, typeName: typeNameOf(element) },
        properties: childrenOf(element, 'Property').map(readProperty),
        filter: childOf(element, 'Filter'),
      };
    case 'Replace': {
      const [feature, ...more] = featuresIn(element);
      if (!feature || more.length > 0) {
        throw faulty(element, 'needs one object and a fes:Filter');
      }
      return { kind: 'replace', handle, srsName, feature, filter: filterIn(element) };
    }
    case 'Delete':
      return { kind: 'delete', handle, typeName: typeNameOf(element), filter: filterIn(element) };
    case 'Native': {
      const { vendorId = '', safeToIgnore } = attributes;
      return { kind: 'native', handle, vendorId, safeToIgnore: safeToIgnore?.trim() === 'true' };
    }
    default:
      throw faulty(
        element,
        'is no action of a transaction; there are Insert, Update, Replace, Delete and Native',
      );
  }
}

function usesGivenId(idgen = 'GenerateNew'): boolean {
  if (idgen === 'UseExisting') return true;
  if (idgen === 'GenerateNew') return false;
  throw invalidParameter(
    'idgen',
    `idgen is GenerateNew or UseExisting, not "${idgen.slice(0, 50)}"; replace objects by Update`,
  );
}

function featuresIn(element: XmlElement): readonly XmlElement[] {
  const features = element.children
    .filter(({ local }) => local !== 'Filter')
    // GML writes members of a collection between.
    .flatMap((child) =>
      /^(FeatureCollection|featureMembers?|member)$/.test(child.local) ? membersOf(child) : child,
    );
  if (features.length === 0) throw faulty(element, 'holds no object');
  return features;
}

const membersOf = (element: XmlElement): readonly XmlElement[] =>
  /^(featureMembers?|member)$/.test(element.local)
    ? element.children
    : element.children.filter(({ local }) => local !== 'boundedBy').flatMap(membersOf);

function readProperty(element: XmlElement): PropertyChange {
  const named = childOf(element, 'ValueReference') ?? childOf(element, 'Name');
  const reference = textOf(named);
  if (!reference)
    throw missingParameter('ValueReference', `Line ${element.line}: wfs:Property names no property`);
  const action = named?.attributes['action'] ?? 'replace';
  if (action !== 'replace' && action !== 'remove') {
    throw invalidParameter(
      'action',
      `Line ${element.line}: every property has one value; use action replace or remove, not ${action.slice(0, 50)}`,
    );
  }
  return { reference, value: action === 'remove' ? undefined : childOf(element, 'Value') };
}

function typeNameOf({ attributes, local, line }: XmlElement): string {
  const name = attributes['typeName']?.trim();
  if (!name) throw missingParameter('typeName', `Line ${line}: wfs:${local} needs the attribute typeName`);
  return name.slice(name.indexOf(':') + 1);
}

/** Whoever means all objects of a type says so by a filter that holds for all. */
function filterIn(element: XmlElement): XmlElement {
  const filter = childOf(element, 'Filter');
  if (filter) return filter;
  throw missingParameter(
    'Filter',
    `Line ${element.line}: wfs:${element.local} needs a filter that says which objects are meant`,
  );
}

function checkInputFormat(format: string | undefined): void {
  if (format === undefined || INPUT_FORMAT.test(format.trim())) return;
  throw invalidParameter(
    'inputFormat',
    `inputFormat "${format.slice(0, 100)}" is not read; send application/gml+xml; version=3.2`,
  );
}

const faulty = ({ line, local }: XmlElement, message: string): WfsError =>
  new WfsError(
    'OperationParsingFailed',
    `Line ${line}: ${local.slice(0, 100)} ${message}`,
    local.slice(0, 100),
  );
