import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Account } from '../../core/wire/account.ts';
import { t } from '../text/text.ts';
import { AccountForm } from './account-form.tsx';
import { NotReady } from './not-ready.tsx';
import { accounts, readAccounts } from './office-state.ts';
import { profileTitle } from './profile-title.ts';

/** The account that is being said anew; empty name = a new one. */
const opened = signal<Account | undefined>(undefined);

const NEW: Account = {
  ...{ name: '', isStaff: false, organisation: null, lastDay: null, entitlements: [], networkDetail: false },
};

/** Who has an account, and what it may. */
export function AccountsSection() {
  useEffect(() => void readAccounts(), []);
  const load = accounts.value;
  if (load.kind !== 'ready') return <NotReady load={load} />;
  const account = opened.value;
  return (
    <section aria-label={t('officeAccounts')}>
      <p class="order-row">
        <button
          type="button"
          class="button"
          onClick={() => {
            opened.value = NEW;
          }}
        >
          {t('officeNewAccount')}
        </button>
      </p>
      {account && (
        <AccountForm
          key={account.name}
          account={account}
          close={() => {
            opened.value = undefined;
          }}
        />
      )}
      <div class="office-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('officeAccount')}</th>
              <th scope="col">{t('officeOrganisation')}</th>
              <th scope="col">{t('officeProfiles')}</th>
              <th scope="col">{t('officeNetworkDetail')}</th>
              <th scope="col">{t('officeLastDay')}</th>
              <th scope="col">
                <span class="visually-hidden">{t('officeChange')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {load.value.map((each) => (
              <Row key={each.name} account={each} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ account }: { account: Account }) {
  const { name, isStaff, organisation, lastDay, entitlements, networkDetail } = account;
  const held = entitlements.map(({ profile, lastDay: day }) => {
    const named = profileTitle(profile);
    return day === null ? named : t('officeHeldUntil', { profile: named, day });
  });
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{isStaff ? t('roleStaff') : (organisation ?? '–')}</td>
      <td>{isStaff ? t('officeAllProfiles') : held.join(', ') || '–'}</td>
      <td>{t(isStaff || networkDetail ? 'officeYes' : 'officeNo')}</td>
      <td>{lastDay ?? '–'}</td>
      <td>
        {!isStaff && (
          <button
            type="button"
            class="button"
            aria-label={`${t('officeChange')}: ${name}`}
            onClick={() => {
              opened.value = account;
            }}
          >
            {t('officeChange')}
          </button>
        )}
      </td>
    </tr>
  );
}
