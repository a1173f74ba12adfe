/** Tokens of accounts: sessions of the viewer, and those of tools. */
import type { HeldToken } from '../../core/wire/token.ts';

/** What a token is to be. */
export interface WantedToken {
  /** What it is for, to know it again. */
  readonly label: string;
  readonly expiresAt: Date;
  /** Of sessions: it also ends when it was not used for so long. Without it the token is a key. */
  readonly idleMinutes?: number | undefined;
  /** A key that changes nothing. */
  readonly isReadOnly?: boolean | undefined;
}

/** Gives out bearer tokens and takes them back. */
export interface TokenDesk {
  /**
   * A new token of an account; it is told once and cannot be read again.
   * @param by who makes it. Default: the account itself
   * @throws TwinError not-found
   */
  issue(account: string, wanted: WantedToken, by?: string): Promise<string>;
  /** Those of an account that have not ended, the newest first. @param current the token that asks, if one does */
  tokensOf(account: string, current: string | undefined): Promise<readonly HeldToken[]>;
  /**
   * @param id or `current` for the token that asks
   * @param by who ends it. Default: the account itself
   * @returns whether there was such a token
   */
  revoke(account: string, id: string, current: string | undefined, by?: string): Promise<boolean>;
}
