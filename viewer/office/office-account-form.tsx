import { useSignal } from '@preact/signals';
import { OFFICE_ROLES, type OfficeRole, RIGHTS_OF, ROLE_TITLES } from '../../core/access/rights.ts';
import { reasonOf } from '../../core/errors.ts';
import type { Account, SavedAccount } from '../../core/wire/account.ts';
import { CheckField } from '../frame/check-field.tsx';
import { announce } from '../state/announcer.ts';
import { said, t } from '../text/text.ts';
import { AccountHistory } from './account-history.tsx';
import { AccountLockPart } from './account-lock.tsx';
import { saveOfficeAccount } from './office-state.ts';
import { SaveOutcome } from './save-outcome.tsx';

interface OfficeAccountFormProps {
  readonly account: Account;
  readonly close: () => void;
}

/** The roles of somebody of the office: said anew as a whole. */
export function OfficeAccountForm({ account, close }: OfficeAccountFormProps) {
  const isNew = account.name === '';
  const name = useSignal(account.name);
  const roles = useSignal<readonly OfficeRole[]>(account.roles);
  const layers = useSignal(account.stewardOf.join(', '));
  const lastDay = useSignal(account.lastDay);
  const newPassword = useSignal(false);
  const saved = useSignal<SavedAccount | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const title = isNew ? t('officeNewStaff') : account.name;
  const save = async () => {
    try {
      saved.value = await saveOfficeAccount(name.value.trim(), {
        roles: [...roles.value],
        stewardOf: layers.value.split(/[\s,]+/).filter((layer) => layer !== ''),
        lastDay: lastDay.value,
        newPassword: newPassword.value,
      });
      problem.value = undefined;
      announce(t('officeSaved', { name: saved.value.name }));
    } catch (error) {
      problem.value = reasonOf(error);
    }
  };
  return (
    <form
      class="office-form"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{title}</h2>
      {isNew && (
        <label class="field">
          {t('officeName')}
          <input
            required
            maxLength={41}
            autocomplete="off"
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value;
            }}
          />
        </label>
      )}
      <fieldset class="order-group">
        <legend>{t('officeRoles')}</legend>
        {OFFICE_ROLES.map((role) => (
          <CheckField
            key={role}
            checked={roles.value.includes(role)}
            onChange={(checked) => {
              const others = roles.value.filter((each) => each !== role);
              roles.value = checked ? [...others, role] : others;
            }}
          >
            {said(ROLE_TITLES[role])} <span class="quiet">({rightsIn(role)})</span>
          </CheckField>
        ))}
      </fieldset>
      {roles.value.includes('steward') && (
        <label class="field">
          {t('officeStewardOf')}
          <input
            maxLength={2_000}
            value={layers.value}
            onInput={(event) => {
              layers.value = event.currentTarget.value;
            }}
          />
        </label>
      )}
      <label class="field">
        {t('officeLastDay')}
        <input
          type="date"
          value={lastDay.value ?? ''}
          onInput={(event) => {
            lastDay.value = event.currentTarget.value || null;
          }}
        />
      </label>
      {!isNew && (
        <CheckField
          checked={newPassword.value}
          onChange={(checked) => {
            newPassword.value = checked;
          }}
        >
          {t('officeNewPassword')}
        </CheckField>
      )}
      <SaveOutcome saved={saved.value} problem={problem.value} />
      <p class="order-row">
        <button type="submit" class="button primary" disabled={roles.value.length === 0}>
          {t('officeSave')}
        </button>
        <button type="button" class="button" onClick={close}>
          {t('close')}
        </button>
      </p>
      {!isNew && <AccountLockPart account={account} />}
      {!isNew && <AccountHistory name={account.name} saved={saved.value} />}
    </form>
  );
}

const RIGHT_WORDS = {
  see: 'rightSee',
  plan: 'rightPlan',
  publish: 'rightPublish',
  edit: 'rightEdit',
  load: 'rightLoad',
  describe: 'rightDescribe',
  operate: 'rightOperate',
  orders: 'rightOrders',
  register: 'rightRegister',
  accounts: 'rightAccounts',
  audit: 'rightAudit',
} as const;

const rightsIn = (role: OfficeRole): string =>
  role === 'staff' ? t('officeAllRights') : RIGHTS_OF[role].map((right) => t(RIGHT_WORDS[right])).join(', ');
