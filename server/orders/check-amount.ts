import { tooLarge } from '../../core/errors.ts';
import { ORDER_PROFILES } from '../../core/order/order-profiles.ts';
import type { NewDataOrder } from '../../core/wire/order.ts';
import type { SettledOrder } from './settle-order.ts';

/** @throws TwinError too-large with the limit, and into how many parts the order may be divided */
export function checkAmount({ profile }: NewDataOrder, { estimate }: SettledOrder): void {
  const { mostObjects } = ORDER_PROFILES[profile];
  if (estimate.objects <= mostObjects) return;
  const parts = Math.ceil(estimate.objects / mostObjects);
  throw tooLarge(
    `${estimate.objects} objects are more than the ${mostObjects} of the profile ${profile}; order it in ${parts} parts or more, by district, sheet or layer`,
    'area',
  );
}
