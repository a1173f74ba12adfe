/** Which requests are of WFS 1.1 or 1.0: their answers and errors have forms of their own. */
import type { XmlElement } from '../../../core/xml/element.ts';
import type { Ask } from '../../http/protocol.ts';

export const OLD_WFS_NAMESPACE = 'http://www.opengis.net/wfs';
export type WfsVersion = '2.0.0' | OldVersion;
export type OldVersion = '1.1.0' | '1.0.0';
/** The newest first. */
export const VERSIONS = ['2.0.0', '1.1.0', '1.0.0'] as const satisfies readonly WfsVersion[];

/** Undefined for a request of 2.0. */
export function oldVersionOf({ namespace, attributes }: XmlElement): OldVersion | undefined {
  if (namespace !== OLD_WFS_NAMESPACE) return undefined;
  return attributes['version']?.startsWith('1.0') ? '1.0.0' : '1.1.0';
}

const SAYS_VERSION = /\bversion=["']?(1\.[01])\b/i;

/** The version of a request that perhaps could not be read: for the form of its error. */
export function versionSaid({ query, body }: Pick<Ask, 'query' | 'body'>): WfsVersion {
  const named = [...query].find(([name]) => name.toLowerCase() === 'version')?.[1];
  const head = new TextDecoder('latin1').decode(body.subarray(0, 4_096));
  const said =
    named === undefined ? SAYS_VERSION.exec(head.replace(/^<\?xml[^>]*>/, ''))?.[1] : named.slice(0, 3);
  return said === '1.1' ? '1.1.0' : said === '1.0' ? '1.0.0' : '2.0.0';
}
