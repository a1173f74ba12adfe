import { invalidParameter, missingParameter } from '../../../core/errors.ts';
import type { Kvp } from '../../http/kvp.ts';

export type Version = '1.3.0' | '1.1.1';

/**
 * The version of the capabilities for what was asked: the same, else the highest below it, else the lowest there
 * is (WMS 1.3.0, 6.2.4).
 */
export function negotiateVersion(asked: string | undefined): Version {
  if (asked === undefined) return '1.3.0';
  return isAtLeast130(asked) ? '1.3.0' : '1.1.1';
}

/**
 * The version of any other request. 1.1.0 asks for pictures as 1.1.1 does.
 * @throws TwinError missing-parameter or invalid-parameter
 */
export function requireVersion(kvp: Kvp): Version {
  const asked = kvp.get('version');
  if (asked === undefined)
    throw missingParameter('version', 'Parameter version is missing; use 1.3.0 or 1.1.1');
  if (asked === '1.3.0') return '1.3.0';
  if (asked === '1.1.1' || asked === '1.1.0') return '1.1.1';
  throw invalidParameter('version', `Version "${asked.slice(0, 20)}" is not offered; use 1.3.0 or 1.1.1`);
}

/** In which form an error is told, even of a request that cannot be read. */
export function versionGuess(query: URLSearchParams): Version {
  for (const [name, value] of query) {
    if (name.toLowerCase() === 'version' && value !== '') return negotiateVersion(value);
  }
  return '1.3.0';
}

function isAtLeast130(text: string): boolean {
  const [major = 0, minor = 0] = text.split('.').map((part) => Number.parseInt(part, 10) || 0);
  return major > 1 || (major === 1 && minor >= 3);
}
