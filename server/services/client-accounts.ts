import type {
  Account,
  AccountChange,
  ClientAccount,
  Entitlement,
  SavedAccount,
} from '../../core/wire/account.ts';
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
  /** What was said of an account, the newest first. @throws TwinError unauthenticated, forbidden */
  changes(name: string, who: Identity): Promise<readonly AccountChange[]>;
  /** Profiles that an account holds today. */
  entitlementsOf(name: string): Promise<readonly Entitlement[]>;
}
