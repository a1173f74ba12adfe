/** Requests as XML by POST (07-006r1, 10). */
import { invalidParameter, missingParameter } from '../../../core/errors.ts';
import { GMD_NAMESPACE, readIsoMetadata } from '../../../core/metadata/read-iso-metadata.ts';
import { childOf, childrenOf, childText, textOf, type XmlElement } from '../../../core/xml/element.ts';
import { parseXml } from '../../../core/xml/reader.ts';
import { serialiseXml } from '../../../core/xml/serialise.ts';
import { parseWhole } from '../../http/kvp.ts';
import {
  checkService,
  checkVersion,
  elementSetNamed,
  operationNamed,
  outputSchemaNamed,
  resultTypeNamed,
} from './checks.ts';
import { readConstraint, readSort } from './constraint.ts';
import { CSW_NAMESPACE, type CswRequest, DEFAULT_RECORDS, MOST_RECORDS } from './request.ts';

type Action = Extract<CswRequest, { operation: 'Transaction' }>['actions'][number];

/** Usual prefixes of documents of metadata. */
const PREFIXES: Readonly<Record<string, string>> = {
  [GMD_NAMESPACE]: 'gmd',
  'http://www.isotc211.org/2005/gco': 'gco',
  'http://www.isotc211.org/2005/gmx': 'gmx',
  'http://www.isotc211.org/2005/gts': 'gts',
  'http://www.isotc211.org/2005/srv': 'srv',
  'http://www.opengis.net/gml': 'gml',
  'http://www.opengis.net/gml/3.2': 'gml',
  'http://www.w3.org/1999/xlink': 'xlink',
  'http://www.w3.org/2001/XMLSchema-instance': 'xsi',
  'http://www.w3.org/XML/1998/namespace': 'xml',
};

/** @throws TwinError as the code of the standard asks; XmlError for text that is not sound XML */
export function parseXmlRequest(text: string): CswRequest {
  const root = parseXml(text);
  if (root.namespace !== CSW_NAMESPACE) {
    throw invalidParameter(
      root.local,
      `The request is in the namespace "${root.namespace.slice(0, 100)}" instead of ${CSW_NAMESPACE}`,
    );
  }
  const { attributes } = root;
  const operation = operationNamed(root.local);
  checkService(attributes['service']);
  if (operation !== 'GetCapabilities') checkVersion(attributes['version']);
  switch (operation) {
    case 'GetCapabilities': {
      const sections = childOf(root, 'Sections');
      return {
        operation,
        sections: sections && childrenOf(sections, 'Section').map((each) => textOf(each) ?? ''),
      };
    }
    case 'DescribeRecord':
      return { operation };
    case 'GetRecords': {
      const query = childOf(root, 'Query');
      if (!query) throw missingParameter('Query', 'GetRecords needs a csw:Query');
      return {
        operation,
        elementSet: elementSetNamed(childText(query, 'ElementSetName') ?? 'summary'),
        outputSchema: outputSchemaNamed(attributes['outputSchema'] ?? CSW_NAMESPACE),
        resultType: resultTypeNamed(attributes['resultType']),
        filter: readConstraint(childOf(query, 'Constraint')),
        sort: readSort(childOf(query, 'SortBy')),
        startPosition: parseWhole(attributes['startPosition'] ?? '1', 'startPosition', 1, 1e9),
        maxRecords: parseWhole(
          attributes['maxRecords'] ?? String(DEFAULT_RECORDS),
          'maxRecords',
          0,
          MOST_RECORDS,
        ),
      };
    }
    case 'GetRecordById': {
      const ids = childrenOf(root, 'Id').flatMap((each) => textOf(each) ?? []);
      if (ids.length === 0) throw missingParameter('Id', 'GetRecordById needs a csw:Id');
      return {
        ...{ operation, ids, elementSet: elementSetNamed(childText(root, 'ElementSetName') ?? 'summary') },
        outputSchema: outputSchemaNamed(attributes['outputSchema'] ?? CSW_NAMESPACE),
      };
    }
    case 'GetDomain': {
      const property = childText(root, 'PropertyName');
      const names = (property ?? childText(root, 'ParameterName'))?.split(',');
      if (!names) throw missingParameter('PropertyName');
      return { operation, names, isParameter: property === undefined };
    }
    case 'Transaction':
      return { operation, actions: root.children.flatMap(actionsOf) };
  }
}

function actionsOf(element: XmlElement): readonly Action[] {
  switch (element.local) {
    case 'Insert':
      return element.children.map((record) => change('insert', record));
    case 'Update':
      if (childOf(element, 'RecordProperty')) {
        throw invalidParameter(
          'RecordProperty',
          `Line ${element.line}: records are replaced whole; send the record within Update`,
        );
      }
      return element.children.map((record) => change('update', record));
    case 'Delete': {
      const filter = readConstraint(childOf(element, 'Constraint'));
      if (!filter) throw missingParameter('Constraint', `Line ${element.line}: Delete needs a Constraint`);
      return [{ op: 'delete-where', filter }];
    }
    default:
      throw invalidParameter(
        element.local,
        `Line ${element.line}: a Transaction takes Insert, Update and Delete`,
      );
  }
}

const change = (op: 'insert' | 'update', record: XmlElement): Action => ({
  op,
  record: readIsoMetadata(record),
  xml: serialiseXml(record, PREFIXES),
});
