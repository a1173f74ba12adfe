/** Who asks, by the Authorization header: nobody (the public), HTTP Basic (RFC 7617) or a bearer token (RFC 6750); a key in place of the password, too. */
import { createHmac, randomBytes } from 'node:crypto';
import { TwinError } from '../../core/errors.ts';
import { Attempts } from './attempts.ts';
import { ANONYMOUS, type Identity } from './identity.ts';
import { hashPassword, isPassword, newPassword } from './password.ts';
import { looksLikeToken, tokenDigest } from './token.ts';

/** Where accounts are kept. */
export interface Accounts {
  /** An account that may sign in. */
  find(name: string): Promise<{ readonly passwordHash: string; readonly identity: Identity } | undefined>;
  /** Whose token it is, while it is valid. */
  ownerOf(digest: Uint8Array): Promise<Identity | undefined>;
}

/** Told of what the audit keeps of signing in; of names that no account has only that there was one. */
export interface SignInsTold {
  signedIn(name: string): void;
  /** @param name undefined = of nobody known */
  refused(name: string | undefined, why: string): void;
}
const NOBODY_IS_TOLD: SignInsTold = { signedIn: () => {}, refused: () => {} };

type Headers = Readonly<Record<string, string | undefined>>;

/** Desktop tools send the password with every request; it is derived once in this time. */
const DERIVED_MS = 60_000;
/** How long who was locked or signed out may go on. */
const REMEMBER_MS = 5_000;
const MOST_REMEMBERED = 1_000;
const LONGEST_HEADER = 1_000;
/** Each derivation takes 32 MiB and a core. */
const MOST_AT_ONCE = 8;

/**
 * Makes the function that all requests go through.
 * @param isRightPassword the slow derivation, 32 MiB and a core each
 * @throws TwinError unauthenticated for credentials that are wrong or cannot be read, too-many-requests after ten
 *   wrong passwords for one name within a minute. Both look the same whether there is such an account or not.
 */
export function identifyBy(
  accounts: Accounts,
  told: SignInsTold = NOBODY_IS_TOLD,
  isRightPassword: typeof isPassword = isPassword,
): (headers: Headers) => Promise<Identity> {
  const attempts = new Attempts();
  const secret = randomBytes(32);
  const remembered = new Map<string, { readonly until: number; readonly identity: Promise<Identity> }>();
  const derived = new Map<string, { readonly until: number; readonly hash: string }>();
  let deriving = 0;
  // Compared with when there is no such account, so that the answer takes as long.
  const nobody = hashPassword(newPassword());

  /** Who has proven the password a short while ago, as the account is now. */
  const provenBefore = async (name: string, key: string): Promise<Identity | undefined> => {
    const before = derived.get(key);
    if (!before || before.until < Date.now()) return undefined;
    const account = await accounts.find(name);
    return account?.passwordHash === before.hash ? account.identity : undefined;
  };

  const byPassword = async (name: string, password: string, key: string): Promise<Identity> => {
    const proven = await provenBefore(name, key);
    if (proven) return proven;
    const waitS = attempts.waitS(name);
    if (waitS > 0) {
      told.refused((await accounts.find(name))?.identity.who, 'too many wrong passwords');
      throw tooMany(`Too many wrong passwords for this name; try again in ${waitS} s`);
    }
    if (deriving >= MOST_AT_ONCE) throw tooMany('Too many people are signing in just now; try again shortly');
    attempts.begin(name);
    const account = await accounts.find(name);
    deriving++;
    const isRight = await isRightPassword(password, account?.passwordHash ?? (await nobody)).finally(() => {
      deriving--;
    });
    if (!account || !isRight) {
      told.refused(account?.identity.who, 'wrong password');
      throw refused('The name or the password is wrong');
    }
    attempts.succeed(name);
    told.signedIn(account.identity.who);
    if (derived.size >= MOST_REMEMBERED) derived.clear();
    derived.set(key, { until: Date.now() + DERIVED_MS, hash: account.passwordHash });
    return account.identity;
  };

  /** @param name whose it must be */
  const byToken = async (token: string, name?: string): Promise<Identity> => {
    const owner = await accounts.ownerOf(tokenDigest(token));
    if (owner && (name === undefined || name === owner.who)) return owner;
    told.refused(owner?.who, owner ? 'key under the name of another' : 'unknown or expired token');
    throw refused(
      name === undefined ? 'The token is unknown or has expired' : 'The name or the password is wrong',
    );
  };

  const byName = ({ name, password }: Named, key: string): Promise<Identity> =>
    looksLikeToken(password) ? byToken(password, name) : byPassword(name, password, key);

  return async ({ authorization }) => {
    if (authorization === undefined) return ANONYMOUS;
    if (authorization.length > LONGEST_HEADER) throw refused('The Authorization header is too long');
    const key = createHmac('sha256', secret).update(authorization).digest('base64');
    const known = remembered.get(key);
    if (known && known.until > Date.now()) return known.identity;
    const credentials = readCredentials(authorization);
    const identity = credentials.scheme === 'basic' ? byName(credentials, key) : byToken(credentials.token);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    // Requests that come together with the same credentials wait for one answer.
    remembered.set(key, { until: Date.now() + REMEMBER_MS, identity });
    return identity.catch((error: unknown) => {
      remembered.delete(key);
      throw error;
    });
  };
}

interface Named {
  readonly name: string;
  readonly password: string;
}

/** The token that an Authorization header brings, as it is or in place of a password. */
export function tokenIn(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  const credentials = readCredentials(authorization);
  if (credentials.scheme === 'bearer') return credentials.token;
  return looksLikeToken(credentials.password) ? credentials.password : undefined;
}

type Credentials =
  | ({ readonly scheme: 'basic' } & Named)
  | { readonly scheme: 'bearer'; readonly token: string };

function readCredentials(header: string): Credentials {
  const [, scheme = '', value = ''] = /^(\S+) +([\w.~+/=-]+)$/.exec(header.trim()) ?? [];
  if (/^bearer$/i.test(scheme)) return { scheme: 'bearer', token: value };
  if (!/^basic$/i.test(scheme)) throw refused('Only Basic and Bearer are understood in Authorization');
  const text = Buffer.from(value, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) throw refused('The Basic credentials cannot be read');
  return { scheme: 'basic', name: text.slice(0, colon), password: text.slice(colon + 1) };
}

const tooMany = (message: string): TwinError =>
  new TwinError('too-many-requests', message, { parameter: 'authorization' });

const refused = (message: string): TwinError =>
  new TwinError('unauthenticated', `${message}; leave Authorization out to ask as the public`, {
    parameter: 'authorization',
  });
