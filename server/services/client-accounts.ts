import type {
  Account,
  AccountChange,
  AccountLock,
  ClientAccount,
  Entitlement,
  OfficeAccount,
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
  /**
   * Makes an account of the office, or says its roles anew.
   * @throws TwinError unauthenticated, forbidden; invalid-parameter for a name that cannot be one; conflict for the
   *   account of a client, and when nobody would be left who keeps accounts
   */
  saveOffice(name: string, account: OfficeAccount, who: Identity): Promise<SavedAccount>;
  /** Locks an account and ends its tokens, or opens it. @throws TwinError unauthenticated, forbidden, not-found, conflict */
  lock(name: string, lock: AccountLock, who: Identity): Promise<Account>;
  /** What was said of an account, the newest first. @throws TwinError unauthenticated, forbidden */
  changes(name: string, who: Identity): Promise<readonly AccountChange[]>;
  /** Profiles that an account holds today. */
  entitlementsOf(name: string): Promise<readonly Entitlement[]>;
}
