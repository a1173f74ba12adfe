import { READING_RIGHTS, type Right, rightsOf } from '../../core/access/rights.ts';
import type { Role } from '../../core/feature/layer.ts';

/** Who asks. Everybody sees what `public` sees; what other roles may is told by `may`. */
export interface Identity {
  /** Stable name for logs and authorship; `anonymous` for the public. */
  readonly who: string;
  readonly roles: readonly Role[];
  /** Names of the layers that a steward edits. */
  readonly stewardOf?: readonly string[];
  /** Set when a key asks in place of the person: it has no more rights, and perhaps only those to read. */
  readonly key?: { readonly isReadOnly: boolean } | undefined;
}

export const ANONYMOUS: Identity = { who: 'anonymous', roles: ['public'] };

/** Whether this person is told the critical detail of networks. */
export const seesNetworkDetail = (identity: Identity): boolean =>
  isStaff(identity) || identity.roles.includes('networks');

/** The same person, told the critical detail of networks. */
export const withNetworkDetail = (identity: Identity): Identity =>
  seesNetworkDetail(identity) ? identity : { ...identity, roles: [...identity.roles, 'networks'] };

/**
 * The one answer to who may do what.
 * @param layer of which it is asked; without one whether it is so of any
 */
export function may({ roles, stewardOf = [], key }: Identity, right: Right, layer?: string): boolean {
  if (key?.isReadOnly && !READING_RIGHTS.has(right)) return false;
  if (!rightsOf(roles).includes(right)) return false;
  if (right !== 'edit' || rightsOf(roles.filter((role) => role !== 'steward')).includes(right)) return true;
  return layer === undefined ? stewardOf.length > 0 : stewardOf.includes(layer);
}

/** Whether this person is told what is kept for staff. */
export const isStaff = (identity: Identity): boolean => may(identity, 'see');
