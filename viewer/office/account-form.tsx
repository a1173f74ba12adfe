import { useSignal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import { ORDER_PROFILES } from '../../core/order/order-profiles.ts';
import type { Account, ClientAccount, SavedAccount } from '../../core/wire/account.ts';
import { ORDER_PROFILE_NAMES } from '../../core/wire/order.ts';
import { CheckField } from '../frame/check-field.tsx';
import { announce } from '../state/announcer.ts';
import { said, t } from '../text/text.ts';
import { AccountHistory } from './account-history.tsx';
import { AccountLockPart } from './account-lock.tsx';
import { saveAccount } from './office-state.ts';
import { SaveOutcome } from './save-outcome.tsx';

type Granted = ClientAccount['entitlements'][number];
const GRANTED = ORDER_PROFILE_NAMES.filter((name) => name !== 'public' && name !== 'office');

interface AccountFormProps {
  readonly account: Account;
  readonly close: () => void;
}

/** What an account may: said anew as a whole, so that what is not ticked is taken away. */
export function AccountForm({ account, close }: AccountFormProps) {
  const isNew = account.name === '';
  const name = useSignal(account.name);
  const draft = useSignal<ClientAccount>({
    ...{ organisation: account.organisation, lastDay: account.lastDay, newPassword: false },
    ...{ entitlements: account.entitlements as Granted[], networkDetail: account.networkDetail },
  });
  const saved = useSignal<SavedAccount | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const change = (more: Partial<ClientAccount>) => {
    draft.value = { ...draft.value, ...more };
  };
  const save = async () => {
    try {
      saved.value = await saveAccount(name.value.trim(), draft.value);
      problem.value = undefined;
      announce(t('officeSaved', { name: saved.value.name }));
    } catch (error) {
      problem.value = reasonOf(error);
    }
  };
  return (
    <form
      class="office-form"
      aria-label={isNew ? t('officeNewAccount') : account.name}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{isNew ? t('officeNewAccount') : account.name}</h2>
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
      <label class="field">
        {t('officeOrganisation')}
        <input
          maxLength={200}
          value={draft.value.organisation ?? ''}
          onInput={({ currentTarget }) => change({ organisation: currentTarget.value.trim() || null })}
        />
      </label>
      <label class="field">
        {t('officeLastDay')}
        <input
          type="date"
          value={draft.value.lastDay ?? ''}
          onInput={({ currentTarget }) => change({ lastDay: currentTarget.value || null })}
        />
      </label>
      <Profiles
        granted={draft.value.entitlements}
        grant={(entitlements) => change({ entitlements: [...entitlements] })}
      />
      <CheckField checked={draft.value.networkDetail} onChange={(networkDetail) => change({ networkDetail })}>
        {t('officeNetworkDetail')} <span class="quiet">{t('officeNetworkDetailHint')}</span>
      </CheckField>
      {!isNew && (
        <CheckField checked={draft.value.newPassword} onChange={(newPassword) => change({ newPassword })}>
          {t('officeNewPassword')}
        </CheckField>
      )}
      <SaveOutcome saved={saved.value} problem={problem.value} />
      <p class="order-row">
        <button type="submit" class="button primary">
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

function Profiles({
  granted,
  grant,
}: {
  readonly granted: readonly Granted[];
  readonly grant: (granted: readonly Granted[]) => void;
}) {
  return (
    <fieldset class="order-group">
      <legend>{t('officeProfiles')}</legend>
      {GRANTED.map((profile) => {
        const held = granted.find((each) => each.profile === profile);
        const others = granted.filter((each) => each.profile !== profile);
        const title = said(ORDER_PROFILES[profile].title);
        return (
          <div key={profile} class="office-profile">
            <CheckField
              checked={held !== undefined}
              onChange={(checked) => grant(checked ? [...others, { profile, lastDay: null }] : others)}
            >
              {title}
            </CheckField>
            {held && (
              <input
                type="date"
                aria-label={t('officeProfileUntil', { profile: title })}
                value={held.lastDay ?? ''}
                onInput={({ currentTarget }) =>
                  grant([...others, { profile, lastDay: currentTarget.value || null }])
                }
              />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
