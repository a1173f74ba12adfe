import { ORDER_PROFILES } from '../../core/order/order-profiles.ts';
import type { OrderProfile } from '../../core/wire/order.ts';
import { said } from '../text/text.ts';

/** The name itself of a profile that there is no longer. */
export const profileTitle = (profile: string): string => {
  const facts = ORDER_PROFILES[profile as OrderProfile];
  return facts ? said(facts.title) : profile;
};
