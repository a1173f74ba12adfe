/** Names of accounts, as `twin.account` has them. */
export const isAccountName = (name: string): boolean => /^[a-z][a-z0-9._-]{0,40}$/.test(name);
