/** Tokens of accounts. */

/** Gives out bearer tokens. */
export interface TokenDesk {
  /** A new token of an account; it is told once and cannot be read again. */
  issue(account: string, label: string, expiresAt: Date): Promise<string>;
}
