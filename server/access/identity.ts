import type { Role } from '../../core/feature/layer.ts';

/** Who asks. `staff` sees what `public` sees and more. */
export interface Identity {
  /** Stable name for logs and authorship; `anonymous` for the public. */
  readonly who: string;
  readonly roles: readonly Role[];
}

export const ANONYMOUS: Identity = { who: 'anonymous', roles: ['public'] };

export const isStaff = (identity: Identity): boolean => identity.roles.includes('staff');
