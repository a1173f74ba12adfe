/** Values that both ways of writing a request share. */
import { invalidParameter, missingParameter } from '../../../core/errors.ts';
import { CswError } from './exceptions.ts';
import {
  ELEMENT_SETS,
  type ElementSet,
  OPERATIONS,
  type OperationName,
  OUTPUT_SCHEMAS,
  type OutputSchema,
  RESULT_TYPES,
  VERSION,
} from './request.ts';

export function checkService(service: string | undefined): void {
  if (service === undefined)
    throw missingParameter('service', 'Parameter service is missing; send service=CSW');
  if (service.toUpperCase() !== 'CSW') {
    throw invalidParameter('service', `This is a CSW, not "${service.slice(0, 20)}"`);
  }
}

export function checkVersion(version: string | undefined): void {
  if (version === undefined)
    throw missingParameter('version', `Parameter version is missing; send version=${VERSION}`);
  if (version !== VERSION) {
    throw invalidParameter(
      'version',
      `Version "${version.slice(0, 20)}" is not offered; offered: ${VERSION}`,
    );
  }
}

export function operationNamed(name: string): OperationName {
  const known = OPERATIONS.find((each) => each.toLowerCase() === name.toLowerCase());
  if (known) return known;
  throw new CswError(
    'OperationNotSupported',
    `There is no operation "${name.slice(0, 60)}"; use ${OPERATIONS.join(', ')}`,
    'request',
  );
}

export const elementSetNamed = (name: string): ElementSet => oneOf(ELEMENT_SETS, name, 'elementSetName');
export const outputSchemaNamed = (name: string): OutputSchema => oneOf(OUTPUT_SCHEMAS, name, 'outputSchema');
export const resultTypeNamed = (name = 'hits') => oneOf(RESULT_TYPES, name, 'resultType');

function oneOf<T extends string>(known: readonly T[], name: string, parameter: string): T {
  const found = known.find((each) => each === name);
  if (found !== undefined) return found;
  throw invalidParameter(
    parameter,
    `${parameter} is one of ${known.join(', ')}, got "${name.slice(0, 100)}"`,
  );
}
