import type { Text } from '../feature/layer.ts';
import type { NewDataOrder } from '../wire/order.ts';
import { ORDER_PROFILES } from './order-profiles.ts';

/**
 * What every copy of the data says of its use: for whom, for which case, on which terms. It holds no name of a person,
 * and the same order has the same note.
 */
export function orderNote({ profile, caseNumber }: Pick<NewDataOrder, 'profile' | 'caseNumber'>): Text {
  const { title, terms } = ORDER_PROFILES[profile];
  const [forCase, inEnglish] =
    caseNumber === undefined ? ['', ''] : [`, sprawa ${caseNumber}`, `, case ${caseNumber}`];
  return {
    pl: `Wydano w profilu: ${title.pl}${forCase}. ${terms.pl}`,
    en: `Handed out in the profile: ${title.en}${inEnglish}. ${terms.en}`,
  };
}
