import { makeFirstAccount } from '../store/accounts.ts';
import type { Pool } from '../store/pool.ts';
import type { Progress } from './progress.ts';

const FIRST_ACCOUNT = 'staff';

/** Gives a new database its staff account and says the password, this once. */
export async function makeStaffAccount(pool: Pool, progress: Pick<Progress, 'note'>): Promise<void> {
  const password = await makeFirstAccount(pool, FIRST_ACCOUNT, ['public', 'staff']);
  if (password === undefined) return;
  progress.note(
    `Staff account "${FIRST_ACCOUNT}", password ${password} (shown only this once; it is stored as a hash)`,
  );
}
