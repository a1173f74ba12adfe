import { formatCount } from '../format/number.ts';
import { t } from '../text/text.ts';
import { found, lastReply } from './sites-state.ts';

/** How many more there would be without a condition. */
export function Without({ name }: { name: string }) {
  const reply = lastReply(found.value);
  const count = reply?.without[name];
  if (!reply || count === undefined || count === reply.matched) return null;
  return (
    <span class="quiet sites-without">{t('sitesWithout', { n: formatCount(count - reply.matched) })}</span>
  );
}
