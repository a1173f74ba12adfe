import { useSignal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { Account } from '../../core/wire/account.ts';
import { announce } from '../state/announcer.ts';
import { t } from '../text/text.ts';
import { lockAccount } from './office-state.ts';

/** Locks an account with a reason, or opens it; a lock ends all its sessions and tokens. */
export function AccountLockPart({ account }: { readonly account: Account }) {
  const why = useSignal('');
  const isLocked = useSignal(account.isLocked);
  const problem = useSignal<string | undefined>(undefined);
  const turn = async () => {
    try {
      const { name } = account;
      const now = await lockAccount(name, { locked: !isLocked.value, why: why.value.trim() });
      isLocked.value = now.isLocked;
      why.value = '';
      problem.value = undefined;
      announce(t(now.isLocked ? 'officeLocked' : 'officeOpened'));
    } catch (error) {
      problem.value = reasonOf(error);
    }
  };
  return (
    <fieldset class="order-group">
      <legend>{t(isLocked.value ? 'officeLocked' : 'officeLock')}</legend>
      <p class="quiet">{t('officeLockHint')}</p>
      <label class="field">
        {t('officeWhy')}
        <input
          maxLength={300}
          value={why.value}
          onInput={(event) => {
            why.value = event.currentTarget.value;
          }}
        />
      </label>
      {problem.value !== undefined && (
        <p class="what-if-note warning" role="alert">
          {t('officeNotSaved', { reason: problem.value })}
        </p>
      )}
      <button type="button" class="button" disabled={why.value.trim() === ''} onClick={() => void turn()}>
        {t(isLocked.value ? 'officeOpen' : 'officeLock')}
      </button>
    </fieldset>
  );
}
