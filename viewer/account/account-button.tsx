import { Icon } from '../frame/icon.tsx';
import { isPhone } from '../frame/layout.ts';
import { isOffice, session } from '../state/session.ts';
import { t } from '../text/text.ts';
import { signDialogOpen } from './sign-dialog.tsx';

/** Who is signed in and as what; opens the dialog to sign in or out. */
export function AccountButton() {
  const now = session.value;
  const role = now && t(isOffice.value ? 'roleStaff' : 'rolePublic');
  const label = now ? t('accountOf', { who: now.who, role: role ?? '' }) : t('signIn');
  return (
    <button
      type="button"
      class={`account ${now ? 'signed-in' : ''}`}
      aria-label={label}
      title={label}
      onClick={() => {
        signDialogOpen.value = true;
      }}
    >
      <Icon name="user" />
      {now && !isPhone.value && (
        <span class="account-name">
          {now.who} <span class="quiet">{role}</span>
        </span>
      )}
    </button>
  );
}
