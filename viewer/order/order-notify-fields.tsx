import { SignInButton } from '../account/sign-in-button.tsx';
import { session } from '../state/session.ts';
import { t } from '../text/text.ts';
import { notifyEmail, notifySecret, notifyWebhook } from './order-state.ts';

/** Whom to tell once the package is there; only who has an account is told. */
export function OrderNotifyFields() {
  return (
    <details class="sites-zones">
      <summary>{t('orderNotify')}</summary>
      {session.value ? (
        <div class="order-group">
          <label class="field">
            {t('orderNotifyEmail')}
            <input
              type="email"
              autocomplete="email"
              maxLength={254}
              value={notifyEmail.value}
              onInput={(event) => {
                notifyEmail.value = event.currentTarget.value;
              }}
            />
          </label>
          <label class="field">
            {t('orderNotifyWebhook')}
            <input
              type="url"
              placeholder="https://"
              maxLength={1000}
              value={notifyWebhook.value}
              onInput={(event) => {
                notifyWebhook.value = event.currentTarget.value;
              }}
            />
          </label>
          {notifyWebhook.value !== '' && (
            <label class="field">
              {t('orderNotifySecret')}
              <input
                minLength={16}
                maxLength={200}
                autocomplete="off"
                value={notifySecret.value}
                onInput={(event) => {
                  notifySecret.value = event.currentTarget.value;
                }}
              />
            </label>
          )}
          <p class="quiet">{t('orderNotifyHint')}</p>
        </div>
      ) : (
        <p class="quiet">
          {t('orderNotifySignIn')} <SignInButton />
        </p>
      )}
    </details>
  );
}
