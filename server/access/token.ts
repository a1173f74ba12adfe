import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'blz_';

/** A bearer token of 256 random bits; the prefix lets scanners of leaked secrets know it. */
export const newToken = (): string => PREFIX + randomBytes(32).toString('base64url');

/** Whether a text can be one: clients that know only names and passwords send it as the password. */
export const looksLikeToken = (text: string): boolean =>
  text.length === PREFIX.length + 43 && text.startsWith(PREFIX);

/** What is stored of a token. It is random, so a plain digest cannot be turned back. */
export const tokenDigest = (token: string): Uint8Array => createHash('sha256').update(token).digest();
