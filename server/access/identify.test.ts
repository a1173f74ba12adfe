import { beforeAll, describe, expect, it, vi } from 'vitest';
import { TwinError } from '../../core/errors.ts';
import { type Accounts, identifyBy } from './identify.ts';
import { ANONYMOUS } from './identity.ts';
import { hashPassword, isPassword, newPassword } from './password.ts';
import { newToken, tokenDigest } from './token.ts';

const PASSWORD = 'zażółć:gęślą';
const TOKEN = newToken();
const basic = (name: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
});

describe('identifyBy', () => {
  let hash: string;
  beforeAll(async () => {
    hash = await hashPassword(PASSWORD);
  });
  const accounts = () => ({
    find: vi.fn<Accounts['find']>(async (name) =>
      name === 'staff'
        ? { passwordHash: hash, identity: { who: 'staff', roles: ['public', 'staff'] } }
        : undefined,
    ),
    ownerOf: vi.fn<Accounts['ownerOf']>(async (digest) =>
      Buffer.compare(digest, tokenDigest(TOKEN)) === 0 ? { who: 'staff', roles: ['staff'] } : undefined,
    ),
  });
  const kindOf = (answer: Promise<unknown>) =>
    answer.then(
      () => 'accepted',
      (error: unknown) => (error instanceof TwinError ? error.kind : error),
    );

  it('takes who sends nothing for the public', async () => {
    expect(await identifyBy(accounts())({})).toBe(ANONYMOUS);
  });

  it('knows a password, also one with colons and letters beyond ASCII', async () => {
    const identity = await identifyBy(accounts())(basic('staff', PASSWORD));
    expect(identity).toEqual({ who: 'staff', roles: ['public', 'staff'] });
  });

  it('knows a token, and no other', async () => {
    const identify = identifyBy(accounts());
    expect(await identify({ authorization: `Bearer ${TOKEN}` })).toEqual({ who: 'staff', roles: ['staff'] });
    expect(await kindOf(identify({ authorization: `Bearer ${newToken()}` }))).toBe('unauthenticated');
  });

  it('knows a token in place of the password of its owner, and under no other name', async () => {
    const known = accounts();
    const identify = identifyBy(known);
    expect(await identify(basic('staff', TOKEN))).toEqual({ who: 'staff', roles: ['staff'] });
    expect(await kindOf(identify(basic('ewa', TOKEN)))).toBe('unauthenticated');
    expect(await kindOf(identify(basic('staff', newToken())))).toBe('unauthenticated');
    // No password is derived for it, so that programs that ask often cost nothing.
    expect(known.find).not.toHaveBeenCalled();
  });

  it.each([
    ['a wrong password', basic('staff', 'wrong')],
    ['an unknown name', basic('nobody', PASSWORD)],
    ['no colon', { authorization: 'Basic c3RhZmY=' }],
    ['another scheme', { authorization: 'Digest abc' }],
    ['nothing after the scheme', { authorization: 'Basic' }],
    ['far too much', { authorization: `Basic ${'A'.repeat(2_000)}` }],
  ])('refuses %s instead of taking it for the public', async (_, headers) => {
    expect(await kindOf(identifyBy(accounts())(headers))).toBe('unauthenticated');
  });

  it('asks the accounts once for requests with the same credentials', async () => {
    const known = accounts();
    const identify = identifyBy(known);
    await Promise.all(Array.from({ length: 20 }, () => identify(basic('staff', PASSWORD))));
    await identify(basic('staff', PASSWORD));
    expect(known.find).toHaveBeenCalledTimes(1);
  });

  it('lets who was locked, or whose password changed, in no longer than five seconds', async () => {
    const known = accounts();
    const derive = vi.fn(isPassword);
    const identify = identifyBy(known, undefined, derive);
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      await identify(basic('staff', PASSWORD));
      expect(derive).toHaveBeenCalledTimes(1);
      vi.advanceTimersByTime(5_001);
      expect(await kindOf(identify(basic('staff', PASSWORD)))).toBe('accepted');
      expect(derive).toHaveBeenCalledTimes(1);
      known.find.mockResolvedValue(undefined);
      vi.advanceTimersByTime(5_001);
      expect(await kindOf(identify(basic('staff', PASSWORD)))).toBe('unauthenticated');
      await identify({ authorization: `Bearer ${TOKEN}` });
      known.ownerOf.mockResolvedValue(undefined);
      vi.advanceTimersByTime(5_001);
      expect(await kindOf(identify({ authorization: `Bearer ${TOKEN}` }))).toBe('unauthenticated');
    } finally {
      vi.useRealTimers();
    }
  });

  it('stops guessing after ten wrong passwords for a name, without keeping out who is signed in', async () => {
    const identify = identifyBy(accounts());
    await identify(basic('staff', PASSWORD));
    for (let attempt = 0; attempt < 10; attempt++) {
      expect(await kindOf(identify(basic('staff', `guess ${attempt}`)))).toBe('unauthenticated');
    }
    expect(await kindOf(identify(basic('staff', 'guess 10')))).toBe('too-many-requests');
    expect(await kindOf(identify(basic('staff', PASSWORD)))).toBe('accepted');
    expect(await kindOf(identify(basic('other', 'guess')))).toBe('unauthenticated');
  });

  it('does the same work for a name that does not exist, so that time tells nothing', async () => {
    const derive = vi.fn(isPassword);
    const identify = identifyBy(accounts(), undefined, derive);
    const costOfChecking = async (name: string) => {
      derive.mockClear();
      expect(await kindOf(identify(basic(name, 'wrong')))).toBe('unauthenticated');
      return derive.mock.calls.map(([, stored]) => stored.split('$').slice(0, 4));
    };
    const known = await costOfChecking('staff');
    expect(known).toEqual([['scrypt', '32768', '8', '1']]);
    expect(await costOfChecking('nobody')).toEqual(known);
  });
});

describe('isPassword', () => {
  it('tells the password from its neighbours, and refuses what is no hash', async () => {
    const hash = await hashPassword('one');
    expect(await isPassword('one', hash)).toBe(true);
    expect(await isPassword('One', hash)).toBe(false);
    expect(await isPassword('', hash)).toBe(false);
    expect(await isPassword('one', 'one')).toBe(false);
    // Salt and key are random letters, which now and then happen to spell the password.
    expect(hash).toMatch(/^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(await hashPassword('one')).not.toBe(hash);
  });

  it('has new passwords of four groups without letters that look alike', () => {
    const passwords = Array.from({ length: 50 }, newPassword);
    for (const password of passwords)
      expect(password).toMatch(/^([a-km-zA-HJ-NP-Z2-9]{5}-){3}[a-km-zA-HJ-NP-Z2-9]{5}$/);
    expect(new Set(passwords).size).toBe(50);
  });
});
