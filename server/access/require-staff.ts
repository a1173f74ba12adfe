import { TwinError } from '../../core/errors.ts';
import { ANONYMOUS, type Identity, isStaff } from './identity.ts';

/** @throws TwinError unauthenticated for the public, forbidden for somebody known who is not staff */
export function requireStaff(who: Identity): void {
  if (isStaff(who)) return;
  if (who.who === ANONYMOUS.who) {
    throw new TwinError('unauthenticated', 'This is for staff only; send HTTP Basic credentials or a token');
  }
  throw new TwinError('forbidden', 'This is for staff only; this account is not');
}
