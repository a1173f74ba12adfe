import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ROLE_TITLES } from '../../core/access/rights.ts';
import { ORDER_PROFILES } from '../../core/order/order-profiles.ts';
import type { AccountChange, SavedAccount } from '../../core/wire/account.ts';
import { formatDate } from '../format/number.ts';
import { said, t } from '../text/text.ts';
import { readChanges } from './office-state.ts';

/** Who said what of it, the newest first. */
export function AccountHistory({ name, saved }: { name: string; saved: SavedAccount | undefined }) {
  const changes = useSignal<readonly AccountChange[]>([]);
  useEffect(() => {
    void readChanges(name).then(
      (read) => {
        changes.value = read;
      },
      () => {},
    );
  }, [name, saved]);
  if (changes.value.length === 0) return null;
  return (
    <details>
      <summary>{t('officeHistory')}</summary>
      <ul class="office-history">
        {changes.value.map(({ changedAt, changedBy, said: what }) => (
          <li key={changedAt}>
            {formatDate(changedAt, true)}, {changedBy}: {wordsOf(what)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function wordsOf(what: AccountChange['said']): string {
  if ('locked' in what) return `${t(what.locked ? 'officeLocked' : 'officeOpened')}: ${what.why}`;
  if ('roles' in what) {
    const layers = what.stewardOf.length > 0 ? ` (${what.stewardOf.join(', ')})` : '';
    return `${what.roles.map((role) => said(ROLE_TITLES[role])).join(', ')}${layers}`;
  }
  const profiles = what.entitlements.map(({ profile }) => said(ORDER_PROFILES[profile].title)).join(', ');
  return `${profiles || '–'}${what.networkDetail ? `; ${t('officeNetworkDetail')}` : ''}`;
}
