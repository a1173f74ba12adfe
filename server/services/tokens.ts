/** Tokens of accounts: sessions of the viewer, and those of tools. */

export interface HeldToken {
  readonly id: string;
  readonly label: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** To the minute. */
  readonly lastUsedAt: string;
  /** It also ends when it was not used for so long; null = only the day of its end holds. */
  readonly idleMinutes: number | null;
  /** Whether it is the one that asks. */
  readonly isCurrent: boolean;
}

/** Gives out bearer tokens and takes them back. */
export interface TokenDesk {
  /** A new token of an account; it is told once and cannot be read again. */
  issue(account: string, label: string, expiresAt: Date, idleMinutes?: number): Promise<string>;
  /** Those of an account that have not ended, the newest first. @param current the token that asks, if one does */
  tokensOf(account: string, current: string | undefined): Promise<readonly HeldToken[]>;
  /** @param id or `current` for the token that asks. @returns whether there was such a token */
  revoke(account: string, id: string, current: string | undefined): Promise<boolean>;
}
