import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { RIGHTS_OF, ROLE_TITLES } from '../../core/access/rights.ts';
import type { Account } from '../../core/wire/account.ts';
import { said, t } from '../text/text.ts';
import { AccountForm } from './account-form.tsx';
import { NotReady } from './not-ready.tsx';
import { OfficeAccountForm } from './office-account-form.tsx';
import { accounts, readAccounts } from './office-state.ts';
import { profileTitle } from './profile-title.ts';

/** The account that is being said anew; empty name = a new one. */
const opened = signal<Account | undefined>(undefined);

const NEW: Account = {
  ...{ name: '', isStaff: false, organisation: null, lastDay: null, entitlements: [], networkDetail: false },
  ...{ roles: [], stewardOf: [], isLocked: false },
};

/** Who has an account, and what it may. */
export function AccountsSection() {
  useEffect(() => void readAccounts(), []);
  const load = accounts.value;
  if (load.kind !== 'ready') return <NotReady load={load} />;
  const account = opened.value;
  const Form = account?.isStaff ? OfficeAccountForm : AccountForm;
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
        <button
          type="button"
          class="button"
          onClick={() => {
            opened.value = { ...NEW, isStaff: true };
          }}
        >
          {t('officeNewStaff')}
        </button>
      </p>
      {account && (
        <Form
          key={`${account.isStaff} ${account.name}`}
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
              <th scope="col">{t('officeOrganisationOrRoles')}</th>
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
  const { name, isStaff, roles, isLocked, organisation, lastDay, entitlements, networkDetail } = account;
  const held = entitlements.map(({ profile, lastDay: day }) => {
    const named = profileTitle(profile);
    return day === null ? named : t('officeHeldUntil', { profile: named, day });
  });
  return (
    <tr>
      <th scope="row">
        {name} {isLocked && <span class="chip warning">{t('officeLocked')}</span>}
      </th>
      <td>{isStaff ? roles.map((role) => said(ROLE_TITLES[role])).join(', ') : (organisation ?? '–')}</td>
      <td>{isStaff ? t('roleStaff') : held.join(', ') || '–'}</td>
      <td>
        {t(roles.some((role) => RIGHTS_OF[role].includes('see')) || networkDetail ? 'officeYes' : 'officeNo')}
      </td>
      <td>{lastDay ?? '–'}</td>
      <td>
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
      </td>
    </tr>
  );
}
