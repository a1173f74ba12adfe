import { Command } from 'commander';
import { makeAccount } from '../../server/store/accounts.ts';
import { reportFailure } from '../exit.ts';
import { withDatabase } from '../with-database.ts';

/** `account`: a staff account for one more person; decisions that need four eyes need two. */
export function accountCommand(): Command {
  return new Command('account')
    .description('make a staff account, or give it a new password; the password is shown once')
    .argument('<name>', 'small letters, digits, dots and dashes')
    .action(async (name: string) => {
      try {
        const { password, isNew } = await withDatabase(({ pool }) =>
          makeAccount(pool, name, ['public', 'staff']),
        );
        process.stdout.write(
          `${isNew ? 'Staff account' : 'New password of the staff account'} "${name}", password ${password}\n`,
        );
      } catch (error) {
        process.exitCode = reportFailure(error);
      }
    });
}
