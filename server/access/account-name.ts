import { invalidParameter } from '../../core/errors.ts';

/** Names of accounts, as `twin.account` has them. @throws TwinError invalid-parameter */
export function needAccountName(name: string): void {
  if (/^[a-z][a-z0-9._-]{0,40}$/.test(name)) return;
  throw invalidParameter(
    'name',
    `"${name.slice(0, 60)}" cannot name an account; use small letters, digits, dots and dashes, beginning with a letter`,
  );
}
