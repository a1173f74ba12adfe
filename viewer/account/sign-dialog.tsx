import { signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { reasonOf } from '../../core/errors.ts';
import { CloseButton } from '../frame/close-button.tsx';
import { isOffice, isStaff, session, sessionEnded } from '../state/session.ts';
import { t } from '../text/text.ts';
import { Keys } from './keys.tsx';
import { signIn, signOut } from './sign-in.ts';

export const signDialogOpen = signal(false);

/** Name and password of staff; who is signed in already sees as whom, and the way out. */
export function SignDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (signDialogOpen.value) dialog.current?.showModal();
    else dialog.current?.close();
  }, [signDialogOpen.value]);
  const now = session.value;
  return (
    <dialog
      ref={dialog}
      class="dialog small"
      aria-labelledby="sign-title"
      onClose={() => {
        signDialogOpen.value = false;
      }}
    >
      <header class="panel-head">
        <h2 id="sign-title">{t(now ? 'account' : 'signIn')}</h2>
        <CloseButton
          byEscape
          onClick={() => {
            signDialogOpen.value = false;
          }}
        />
      </header>
      {/* Fields come and go with the dialog, so that a password never stays in one. */}
      {signDialogOpen.value && (now ? <SignedIn who={now.who} /> : <SignInForm />)}
    </dialog>
  );
}

function SignedIn({ who }: { who: string }) {
  return (
    <div class="dialog-body">
      <p>
        {t('signedInAs')} <strong>{who}</strong>, {t(isOffice.value ? 'roleStaff' : 'rolePublic')}
      </p>
      <p class="quiet">{t(isStaff.value ? 'roleStaffHint' : 'rolePublicHint')}</p>
      <Keys who={who} />
      <button
        type="button"
        class="button"
        onClick={() => {
          signOut();
          signDialogOpen.value = false;
        }}
      >
        {t('signOut')}
      </button>
    </div>
  );
}

function SignInForm() {
  const name = useSignal('');
  const password = useSignal('');
  const refused = useSignal('');
  const busy = useSignal(false);
  return (
    <form
      class="dialog-body"
      onSubmit={async (event) => {
        event.preventDefault();
        if (busy.value) return;
        busy.value = true;
        refused.value = '';
        try {
          await signIn(name.value.trim(), password.value);
          signDialogOpen.value = false;
        } catch (error) {
          refused.value = reasonOf(error);
        } finally {
          busy.value = false;
        }
      }}
    >
      {sessionEnded.value && <p class="what-if-note">{t('sessionEnded')}</p>}
      <label class="field">
        <span>{t('signInName')}</span>
        <input
          required
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value;
          }}
        />
      </label>
      <label class="field">
        <span>{t('signInPassword')}</span>
        <input
          required
          type="password"
          autocomplete="current-password"
          value={password.value}
          onInput={(event) => {
            password.value = event.currentTarget.value;
          }}
        />
      </label>
      {refused.value !== '' && (
        <p class="what-if-refusal" role="alert">
          {refused.value}
        </p>
      )}
      <button type="submit" class="button primary" disabled={busy.value}>
        {t('signIn')}
      </button>
      <p class="quiet">{t('signInHint')}</p>
    </form>
  );
}
