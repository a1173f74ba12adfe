/** Checks that both encodings share. */
import { invalidParameter, notSupported } from '../../../core/errors.ts';
import { readCursor } from '../../http/cursor.ts';
import { parseWhole } from '../../http/kvp.ts';
import type { LockTerms } from '../../services/feature-locks.ts';
import { WfsError } from './exceptions.ts';
import { COUNT_DEFAULT, OPERATIONS, type Presentation, VERSION, type WfsRequest } from './request.ts';
import type { WfsVersion } from './versions.ts';

const HIGHEST_INDEX = 1e12;

/** @throws WfsError OperationNotSupported */
export function operationNamed(name: string): WfsRequest['operation'] {
  const known = OPERATIONS.find((operation) => operation === name);
  if (!known) {
    throw new WfsError(
      'OperationNotSupported',
      `The operation "${name.slice(0, 100)}" is not offered; offered: ${OPERATIONS.join(', ')}`,
      name.slice(0, 100),
    );
  }
  return known;
}

/** @throws TwinError invalid-parameter */
export function checkService(service: string | undefined): void {
  if (service !== undefined && service !== 'WFS') {
    throw invalidParameter('service', `service must be WFS, got "${service.slice(0, 100)}"`);
  }
}

/** The version of a request to read. @throws TwinError invalid-parameter for a version that is not offered */
export function readVersion(version: string | undefined): WfsVersion {
  if (version !== undefined && /^1\.1\.\d+$/.test(version)) return '1.1.0';
  if (version !== undefined && /^1\.0\.\d+$/.test(version)) return '1.0.0';
  checkVersion(version);
  return VERSION;
}

/** @throws TwinError invalid-parameter for a version other than 2.0.x */
export function checkVersion(version: string | undefined): void {
  if (version !== undefined && !/^2\.0\.\d+$/.test(version)) {
    throw invalidParameter('version', `Version "${version.slice(0, 50)}" is not offered; use ${VERSION}`);
  }
}

export function presentationOf(get: (name: string) => string | undefined): Presentation {
  const resultType = get('resultType') ?? 'results';
  if (resultType !== 'results' && resultType !== 'hits') {
    throw invalidParameter(
      'resultType',
      `resultType must be results or hits, got "${resultType.slice(0, 50)}"`,
    );
  }
  const resolve = get('resolve') ?? 'none';
  if (resolve !== 'none' && resolve !== 'local') {
    throw notSupported(
      `resolve=${resolve.slice(0, 50)} is not offered: there are no references to resolve`,
      'resolve',
    );
  }
  const count = get('count') ?? get('maxFeatures');
  return {
    resultType,
    outputFormat: get('outputFormat'),
    ...placeOf(get('startIndex'), get('cursor')),
    count: count === undefined ? COUNT_DEFAULT : parseWhole(count, 'count', 0, HIGHEST_INDEX),
  };
}

/** WFS 1.0 has no place to write a count into. @throws TwinError invalid-parameter */
export function checkOldPresentation(version: WfsVersion, { resultType }: Presentation): void {
  if (version !== '1.0.0' || resultType === 'results') return;
  throw invalidParameter(
    'resultType',
    'WFS 1.0 has no counts; ask for resultType=hits by version 1.1.0 or 2.0.0',
  );
}

/** A lock holds for at most a day. */
const LONGEST_LOCK_S = 86_400;
const STANDARD_LOCK_S = '300';

/** `expiry` and `lockAction` (09-025r2, 12.2.4, 13.2.4). */
export function lockTermsOf(get: (name: string) => string | undefined): LockTerms {
  const action = get('lockAction') ?? 'ALL';
  if (action !== 'ALL' && action !== 'SOME') {
    throw invalidParameter('lockAction', `lockAction must be ALL or SOME, got "${action.slice(0, 50)}"`);
  }
  const seconds = parseWhole(get('expiry') ?? STANDARD_LOCK_S, 'expiry', 1, LONGEST_LOCK_S);
  return { seconds, action: action === 'ALL' ? 'all' : 'some' };
}

/** Features that are locked are told one by one (13.2.4.3). */
export function presentationWithLock(get: (name: string) => string | undefined): Presentation {
  const presentation = presentationOf(get);
  if (presentation.resultType === 'results') return presentation;
  throw invalidParameter('resultType', 'GetFeatureWithLock answers with objects; resultType must be results');
}

/** A lock is made of queries or renewed by its name, not both. @throws WfsError */
export function checkLockRequest(lockId: string | undefined, queries: number): void {
  if (lockId !== undefined && queries > 0) {
    throw new WfsError(
      'OperationParsingFailed',
      'lockId renews a lock and takes no query beside it',
      'lockId',
    );
  }
}

/** `cursor` is ours: it stands in links to the next page. */
function placeOf(startIndex: string | undefined, cursor: string | undefined) {
  if (cursor === undefined) {
    const index = startIndex === undefined ? 0 : parseWhole(startIndex, 'startIndex', 0, HIGHEST_INDEX);
    return { startIndex: index, after: undefined };
  }
  if (startIndex !== undefined) {
    throw invalidParameter('startIndex', 'startIndex and cursor cannot be given together');
  }
  const { after, before, matched } = readCursor(cursor);
  return { startIndex: before, after, matched };
}
