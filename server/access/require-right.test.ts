import { describe, expect, it } from 'vitest';
import { OFFICE_ROLES, RIGHTS, rightsOf } from '../../core/access/rights.ts';
import { TwinError } from '../../core/errors.ts';
import { ANONYMOUS, type Identity, isStaff, may } from './identity.ts';
import { requireRight } from './require-right.ts';

const one = (...roles: Identity['roles']): Identity => ({ who: 'anna', roles: ['public', ...roles] });
const refusal = (who: Identity, ...needed: [Parameters<typeof requireRight>[1], string?]) => {
  try {
    requireRight(who, ...needed);
    return 'allowed';
  } catch (error) {
    return error instanceof TwinError ? `${error.kind}: ${error.message}` : error;
  }
};

describe('who may do what', () => {
  it('gives staff every right, and the public and clients none', () => {
    expect(rightsOf(one('staff').roles)).toEqual(RIGHTS);
    expect(rightsOf(ANONYMOUS.roles)).toEqual([]);
    expect(rightsOf(one('networks').roles)).toEqual([]);
  });

  it('leaves each right to some role besides staff, and no such role with all', () => {
    const others = OFFICE_ROLES.filter((role) => role !== 'staff');
    expect(
      RIGHTS.filter((right) => !others.some((role) => may({ ...one(role), stewardOf: ['trees'] }, right))),
    ).toEqual([]);
    for (const role of others) expect(rightsOf([role]).length).toBeLessThan(RIGHTS.length / 2 + 1);
  });

  it('keeps data of the office from those who keep accounts, the audit or the machine', () => {
    expect((['admin', 'auditor', 'operations'] as const).filter((role) => isStaff(one(role)))).toEqual([]);
  });

  it('lets a steward edit the layers of the account, and no others', () => {
    const steward = { ...one('steward'), stewardOf: ['trees'] };
    expect(refusal(steward, 'edit')).toBe('allowed');
    expect(refusal(steward, 'edit', 'trees')).toBe('allowed');
    expect(refusal(steward, 'edit', 'parcels')).toMatch(/^forbidden: .*"edit" of parcels.*staff, steward/);
    expect(refusal(one('steward'), 'edit')).toMatch(/^forbidden/);
    expect(refusal({ ...one('steward', 'staff'), stewardOf: [] }, 'edit', 'parcels')).toBe('allowed');
  });

  it('asks the public to sign in', () => {
    expect(refusal(ANONYMOUS, 'plan')).toMatch(/^unauthenticated/);
  });
});
