import { describe, expect, it } from 'vitest';
import { clientAddress } from './client-address.ts';

const from = (remoteAddress: string, forwarded?: string) =>
  clientAddress({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  });

describe('clientAddress', () => {
  it('is that of the socket', () => {
    expect(from('203.0.113.7')).toBe('203.0.113.7');
    expect(from('::ffff:203.0.113.7')).toBe('203.0.113.7');
  });

  it('believes only the last word of a proxy, and only of one within', () => {
    expect(from('127.0.0.1', '198.51.100.9, 203.0.113.7')).toBe('203.0.113.7');
    expect(from('::1', '203.0.113.7')).toBe('203.0.113.7');
    expect(from('203.0.113.7', '198.51.100.9')).toBe('203.0.113.7');
    expect(from('127.0.0.1', 'nonsense')).toBe('127.0.0.1');
  });

  it('takes a network of IPv6 for one caller', () => {
    expect(from('2001:db8:1:2:aaaa::1')).toBe(from('2001:db8:1:2:bbbb:c:d:e'));
    expect(from('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(from('2001:db8:1:3::1')).not.toBe(from('2001:db8:1:2::1'));
  });
});
