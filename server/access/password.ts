/** Passwords as salted scrypt hashes (RFC 7914): `scrypt$N$r$p$salt$key`, salt and key in base64url. */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** 32 MiB and about a tenth of a second: what OWASP asks of scrypt, halved by the memory of a small server. */
const COST = { N: 2 ** 15, r: 8, p: 1 } as const;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Takes the same time for a wrong password as for the right one. False for a hash that cannot be read. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [scheme, n, r, p, salt = '', key = ''] = hash.split('$');
  if (scheme !== 'scrypt') return false;
  const wanted = Buffer.from(key, 'base64url');
  if (wanted.length !== KEY_BYTES) return false;
  const cost = { N: Number(n), r: Number(r), p: Number(p) };
  const found = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return timingSafeEqual(found, wanted);
}

/** Without letters and digits that look alike. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** About 116 bits in four groups, to be read from a screen. */
export function newPassword(): string {
  const groups = Array.from({ length: 4 }, () => Array.from({ length: 5 }, randomCharacter).join(''));
  return groups.join('-');
}

function randomCharacter(): string {
  for (;;) {
    const [byte = 255] = randomBytes(1);
    // Beyond the last whole multiple some characters would come more often.
    const character = byte < ALPHABET.length * 4 ? ALPHABET[byte % ALPHABET.length] : undefined;
    if (character !== undefined) return character;
  }
}

function derive(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...cost, maxmem: 256 * (cost.N ?? 0) * (cost.r ?? 0) };
    scrypt(password.normalize('NFC'), salt, KEY_BYTES, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
