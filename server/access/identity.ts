import type { Role } from '../../core/feature/layer.ts';

/** Who asks. `staff` and `networks` see what `public` sees and more. */
export interface Identity {
  /** Stable name for logs and authorship; `anonymous` for the public. */
  readonly who: string;
  readonly roles: readonly Role[];
}

export const ANONYMOUS: Identity = { who: 'anonymous', roles: ['public'] };

/** Whether this person is told the critical detail of networks. */
export const seesNetworkDetail = ({ roles }: Identity): boolean =>
  roles.includes('staff') || roles.includes('networks');

/** The same person, told the critical detail of networks. */
export const withNetworkDetail = (identity: Identity): Identity =>
  seesNetworkDetail(identity) ? identity : { ...identity, roles: [...identity.roles, 'networks'] };

export const isStaff = (identity: Identity): boolean => identity.roles.includes('staff');
