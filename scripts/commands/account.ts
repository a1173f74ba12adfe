import { Command, InvalidArgumentError } from 'commander';
import { OFFICE_ROLES, type OfficeRole } from '../../core/access/rights.ts';
import {
  type ClientAccount,
  clientAccountSchema,
  type Entitlement,
  entitlementSchema,
} from '../../core/wire/account.ts';
import { makeStaff } from '../../server/store/accounts.ts';
import { saveClient } from '../../server/store/client-accounts.ts';
import { reportFailure } from '../exit.ts';
import { withDatabase } from '../with-database.ts';

interface AccountOptions {
  readonly role: readonly OfficeRole[];
  readonly client?: true;
  readonly organisation?: string;
  readonly until?: string;
  readonly profile: readonly Entitlement[];
  readonly networkDetail?: true;
  readonly newPassword?: true;
  readonly json?: true;
}

/** `account`: one of staff, or of a client with the profiles in which it may order. */
export function accountCommand(): Command {
  return new Command('account')
    .description(
      'make an account of the office (staff, with every right, without --role), or that of a client; the password is shown once',
    )
    .argument('<name>', 'small letters, digits, dots and dashes')
    .option('--role <name>', `a role in the office (again for more): ${OFFICE_ROLES.join(', ')}`, roleOf, [])
    .option('--client', 'of a client: what is not said of it is taken away')
    .option('--organisation <name>', 'whose client it is')
    .option('--until <day>', 'the last day on which the client may sign in, as 2027-12-31')
    .option(
      '--profile <name[:day]>',
      'a profile in which the client may order, and its last day: surveyor:2027-12-31 (again for more)',
      entitlementOf,
      [],
    )
    .option('--network-detail', 'the client is told the critical detail of networks at every door')
    .option('--new-password', 'a new password for a client that is there; its tokens end')
    .option('--json', 'print one JSON document')
    .action(async (name: string, options: AccountOptions) => {
      try {
        process.stdout.write(await (options.client ? saveOne(name, options) : staff(name, options)));
      } catch (error) {
        process.exitCode = reportFailure(error);
      }
    });
}

async function staff(name: string, { json, role }: AccountOptions): Promise<string> {
  const { password, isNew } = await withDatabase(({ pool }) => makeStaff(pool, name, role));
  if (json) return `${JSON.stringify({ command: 'account', ok: true, name, isStaff: true, password })}\n`;
  return `${isNew ? 'Staff account' : 'New password of the staff account'} "${name}", password ${password}\n`;
}

async function saveOne(name: string, options: AccountOptions): Promise<string> {
  const client: ClientAccount = clientAccountSchema.parse({
    organisation: options.organisation,
    lastDay: options.until,
    entitlements: options.profile,
    networkDetail: options.networkDetail,
    newPassword: options.newPassword,
  });
  const saved = await withDatabase(({ pool }) => saveClient(pool, name, client, { who: 'command-line' }));
  if (options.json) return `${JSON.stringify({ command: 'account', ok: true, ...saved })}\n`;
  const held = saved.entitlements.map(({ profile, lastDay }) =>
    lastDay === null ? profile : `${profile} until ${lastDay}`,
  );
  const password = saved.password === undefined ? '' : `, password ${saved.password}`;
  const detail = saved.networkDetail ? '; told the critical detail of networks' : '';
  return `Client "${name}"${password}; orders in: ${['public', ...held].join(', ')}${detail}\n`;
}

function roleOf(text: string, before: readonly OfficeRole[]): readonly OfficeRole[] {
  const role = OFFICE_ROLES.find((each) => each === text);
  if (role) return [...before, role];
  throw new InvalidArgumentError(`It must be one of: ${OFFICE_ROLES.join(', ')}.`);
}

function entitlementOf(text: string, before: readonly Entitlement[]): readonly Entitlement[] {
  const [profile, lastDay = null] = text.split(':');
  const read = entitlementSchema.safeParse({ profile, lastDay });
  if (read.success) return [...before, read.data];
  throw new InvalidArgumentError(
    `It must be a profile such as surveyor, or surveyor:2027-12-31 (${read.error.issues[0]?.message}).`,
  );
}
