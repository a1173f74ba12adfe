/** Requests as key-value pairs (07-006r1, 10). */
import { invalidParameter, missingParameter } from '../../../core/errors.ts';
import { type Kvp, parseWhole, readKvp } from '../../http/kvp.ts';
import {
  checkService,
  checkVersion,
  elementSetNamed,
  operationNamed,
  outputSchemaNamed,
  resultTypeNamed,
} from './checks.ts';
import { readConstraintText, readSortText } from './constraint.ts';
import { CswError } from './exceptions.ts';
import { CSW_NAMESPACE, type CswRequest, DEFAULT_RECORDS, MOST_RECORDS, type Shown } from './request.ts';

export function parseKvpRequest(query: URLSearchParams): CswRequest {
  const kvp = readKvp(query);
  const operation = operationNamed(kvp.require('request'));
  checkService(kvp.get('service'));
  if (operation !== 'GetCapabilities') checkVersion(kvp.get('version'));
  switch (operation) {
    case 'GetCapabilities': {
      const versions = kvp.list('acceptVersions');
      if (versions && !versions.includes('2.0.2')) {
        throw new CswError('VersionNegotiationFailed', 'Offered is version 2.0.2', 'acceptVersions');
      }
      return { operation, sections: kvp.list('sections') };
    }
    case 'DescribeRecord':
      return { operation };
    case 'GetRecords': {
      const constraint = kvp.get('constraint');
      const sortBy = kvp.get('sortBy');
      return {
        operation,
        ...shownBy(kvp, 'summary'),
        resultType: resultTypeNamed(kvp.get('resultType')),
        filter:
          constraint === undefined
            ? undefined
            : readConstraintText(constraint, kvp.get('constraintLanguage') ?? 'CQL_TEXT'),
        sort: sortBy === undefined ? [] : readSortText(sortBy),
        startPosition: parseWhole(kvp.get('startPosition') ?? '1', 'startPosition', 1, 1e9),
        maxRecords: parseWhole(
          kvp.get('maxRecords') ?? String(DEFAULT_RECORDS),
          'maxRecords',
          0,
          MOST_RECORDS,
        ),
      };
    }
    case 'GetRecordById': {
      const ids = kvp.list('id');
      if (!ids) throw missingParameter('id');
      return { operation, ids, ...shownBy(kvp, 'summary') };
    }
    case 'GetDomain': {
      const names = kvp.list('propertyName') ?? kvp.list('parameterName');
      if (!names) throw missingParameter('propertyName');
      return { operation, names, isParameter: !kvp.has('propertyName') };
    }
    case 'Transaction':
      throw invalidParameter('request', 'Transaction is sent as XML by POST');
  }
}

const shownBy = (kvp: Kvp, elementSet: Shown['elementSet']): Shown => ({
  elementSet: elementSetNamed(kvp.get('elementSetName') ?? elementSet),
  outputSchema: outputSchemaNamed(kvp.get('outputSchema') ?? CSW_NAMESPACE),
});
