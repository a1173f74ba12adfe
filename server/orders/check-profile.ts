/** Which profile an order may be made in, by whom, and what it includes. */
import { conflict, invalidParameter, missingParameter, TwinError } from '../../core/errors.ts';
import { ORDER_PROFILES } from '../../core/order/order-profiles.ts';
import { type HeldProfile, type NewDataOrder, ORDER_PROFILE_NAMES } from '../../core/wire/order.ts';
import { ANONYMOUS, type Identity, isStaff, may, withNetworkDetail } from '../access/identity.ts';
import type { View } from '../access/view.ts';
import type { ClientAccounts } from '../services/client-accounts.ts';

type Held = Pick<ClientAccounts, 'entitlementsOf'>;

const HOW_TO_HOLD =
  'the office grants profiles to accounts of clients (PUT /api/accounts/{name}, blizniak account)';

/**
 * A client orders in profiles that the account holds, the office in every one, also for a client who holds it.
 * @throws TwinError unauthenticated, forbidden with what the account holds, invalid-parameter for a client of none
 */
export async function checkHeld(
  { profile, client }: Pick<NewDataOrder, 'profile' | 'client'>,
  who: Identity,
  held: Held,
): Promise<void> {
  const { title } = ORDER_PROFILES[profile];
  if (client !== undefined && !may(who, 'orders')) {
    throw new TwinError('forbidden', 'Only the office orders for a client; leave client out', {
      parameter: 'client',
    });
  }
  if (profile === 'public' || (profile === 'office' && isStaff(who) && client === undefined)) return;
  if (who.who === ANONYMOUS.who) {
    throw new TwinError(
      'unauthenticated',
      `The profile ${profile} (${title.en}) is for accounts that hold it; sign in, or order in the profile public`,
      { parameter: 'profile' },
    );
  }
  if (profile === 'office') {
    throw new TwinError('forbidden', 'The profile office is for staff, and for their own use', {
      parameter: 'profile',
    });
  }
  if (isStaff(who) && client === undefined) return;
  const name = client ?? who.who;
  const holds = (await held.entitlementsOf(name)).map((each) => each.profile);
  if (holds.some((each) => each === profile)) return;
  const has = holds.length === 0 ? 'none but public' : holds.join(', ');
  const what = `the profile ${profile} (${title.en}) today; it holds ${has}; ${HOW_TO_HOLD}`;
  if (client !== undefined) throw conflict(`The client "${client}" does not hold ${what}`, 'client');
  throw new TwinError('forbidden', `The account "${name}" does not hold ${what}`, { parameter: 'profile' });
}

/** @throws TwinError missing-parameter */
export function needCase({ profile, caseNumber }: NewDataOrder): void {
  if (!ORDER_PROFILES[profile].needsCase || caseNumber !== undefined) return;
  throw missingParameter(
    'caseNumber',
    `The profile ${profile} needs the number of the case (KERG or another)`,
  );
}

/** @throws TwinError forbidden for a layer, invalid-parameter for a format that is not of the profile */
export function checkIncluded({ profile, layers, formats }: NewDataOrder): void {
  const { layers: included, withoutFormats = [], title } = ORDER_PROFILES[profile];
  const refused = included ? layers.filter((name) => !included.includes(name)) : [];
  if (included && refused.length > 0) {
    const others = ORDER_PROFILE_NAMES.filter((name) => {
      const theirs = ORDER_PROFILES[name].layers;
      return name !== 'office' && refused.every((layer) => theirs?.includes(layer) ?? true);
    });
    throw new TwinError(
      'forbidden',
      `The profile ${profile} (${title.en}) does not include ${refused.join(', ')}; leave it out, or order it in another profile that you hold: ${others.join(', ')}. It includes ${included.join(', ')}`,
      { parameter: 'layers' },
    );
  }
  const without = formats.filter((format) => withoutFormats.includes(format));
  if (without.length === 0) return;
  throw invalidParameter(
    'formats',
    `The profile ${profile} (${title.en}) is not handed out as ${without.join(', ')}; take another format`,
  );
}

/** Whose eyes see the city for an order: those of its profile, whoever orders; the office's own are those of staff. */
export function seenInProfile({ profile }: Pick<NewDataOrder, 'profile'>, view: View): View {
  if (profile === 'office') return view;
  const who: Identity = { who: view.who.who, roles: ['public'] };
  return { ...view, who: ORDER_PROFILES[profile].seesNetworkDetail ? withNetworkDetail(who) : who };
}

/** All profiles, and which of them this person may order in. */
export async function heldProfiles(who: Identity, held: Held): Promise<readonly HeldProfile[]> {
  const known = who.who === ANONYMOUS.who ? [] : await held.entitlementsOf(who.who);
  const shown = ORDER_PROFILE_NAMES.filter((profile) => profile !== 'office' || isStaff(who));
  return shown.map((profile) => {
    const { title, terms, mostObjects, needsCase, layers, withoutFormats } = ORDER_PROFILES[profile];
    const mine = known.find((each) => each.profile === profile);
    return {
      ...{ profile, title, terms, mostObjects, needsCase },
      ...{ layers: layers ? [...layers] : null, withoutFormats: [...(withoutFormats ?? [])] },
      held: profile === 'public' || isStaff(who) || mine !== undefined,
      lastDay: mine?.lastDay ?? null,
    };
  });
}
