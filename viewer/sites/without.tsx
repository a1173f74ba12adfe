import { formatCount } from '../format/number.ts';
import { lastOf } from '../state/load.ts';
import { t } from '../text/text.ts';
import { found } from './sites-state.ts';

/** How many more there would be without a condition. */
export function Without({ name }: { name: string }) {
  const reply = lastOf(found.value);
  const count = reply?.without[name];
  if (!reply || count === undefined || count === reply.matched) return null;
  return (
    <span class="quiet sites-without">{t('sitesWithout', { n: formatCount(count - reply.matched) })}</span>
  );
}
