import type { Account, ClientAccount, Entitlement, SavedAccount } from '../../core/wire/account.ts';
import type { Identity } from '../access/identity.ts';

/** What the office keeps of clients: for staff, but for one's own entitlements. */
export interface ClientAccounts {
  /** In order of their names. @throws TwinError unauthenticated, forbidden */
  list(who: Identity): Promise<readonly Account[]>;
  /**
   * Makes the account of a client, or says anew what it may.
   * @throws TwinError unauthenticated, forbidden; invalid-parameter for a name that cannot be one; conflict for an
   *   account of staff
   */
  save(name: string, client: ClientAccount, who: Identity): Promise<SavedAccount>;
  /** Profiles that an account holds today. */
  entitlementsOf(name: string): Promise<readonly Entitlement[]>;
}
