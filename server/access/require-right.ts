import { OFFICE_ROLES, RIGHTS_OF, type Right } from '../../core/access/rights.ts';
import { TwinError } from '../../core/errors.ts';
import { ANONYMOUS, type Identity, may } from './identity.ts';

/**
 * @param layer of which the right is needed
 * @throws TwinError unauthenticated for the public, forbidden for somebody known without the right
 */
export function requireRight(who: Identity, right: Right, layer?: string): void {
  if (may(who, right, layer)) return;
  if (who.who === ANONYMOUS.who) {
    throw new TwinError('unauthenticated', 'This is for staff only; send HTTP Basic credentials or a token');
  }
  if (may({ ...who, key: undefined }, right, layer)) {
    throw new TwinError(
      'forbidden',
      `This key may only read, and this needs the right "${right}"; use one that may change`,
    );
  }
  const giving = OFFICE_ROLES.filter((role) => RIGHTS_OF[role].includes(right)).join(', ');
  const of = layer === undefined ? '' : ` of ${layer}`;
  throw new TwinError(
    'forbidden',
    `This needs the right "${right}"${of}, which this account lacks; these roles give it: ${giving}. Ask the administrator of accounts`,
  );
}
