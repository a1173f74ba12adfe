import { useSignal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import type { Alert, AlertChanges } from '../../core/wire/alerts.ts';
import { session } from '../state/session.ts';
import { t } from '../text/text.ts';
import { changeAlert } from './alerts-state.ts';

/** Takes an alert on, hands it over, closes it with a reason, or opens it again. */
export function AlertForm({ alert }: { alert: Alert }) {
  // What the service says stands until somebody types, also when it is told anew meanwhile.
  const typed = useSignal<string | undefined>(undefined);
  const owner = (typed.value ?? alert.owner ?? session.value?.who ?? '').trim();
  const reason = useSignal('');
  const refused = useSignal('');
  const busy = useSignal(false);
  const send = async (changes: AlertChanges) => {
    if (busy.value) return;
    busy.value = true;
    refused.value = '';
    try {
      await changeAlert(alert, changes);
      reason.value = '';
      typed.value = undefined;
    } catch (error) {
      refused.value = reasonOf(error);
    } finally {
      busy.value = false;
    }
  };
  const whose = () => (owner === '' ? {} : { owner });
  const why = () => (reason.value.trim() === '' ? {} : { reason: reason.value.trim() });
  if (alert.state === 'closed') {
    return (
      <div class="alert-actions">
        <button
          type="button"
          class="button"
          disabled={busy.value}
          onClick={() => send({ state: 'open', reason: t('alertReopenedReason') })}
        >
          {t('alertReopen')}
        </button>
        <Refusal words={refused.value} />
      </div>
    );
  }
  return (
    <form
      class="alert-actions"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.value.trim() === '') refused.value = t('alertReasonMissing');
        else void send({ state: 'closed', ...whose(), ...why() });
      }}
    >
      <label class="field">
        <span>{t('alertOwner')}</span>
        <input
          value={typed.value ?? owner}
          maxLength={100}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
      </label>
      <label class="field">
        <span>{t('alertReason')}</span>
        <input
          value={reason.value}
          maxLength={1000}
          placeholder={t('alertReasonHint')}
          onInput={(event) => {
            reason.value = event.currentTarget.value;
          }}
        />
      </label>
      <div class="button-row">
        <button
          type="button"
          class="button"
          disabled={busy.value || owner === ''}
          onClick={() => send({ state: 'acknowledged', ...whose(), ...why() })}
        >
          {t(alert.state === 'open' ? 'alertTake' : 'alertHandOver')}
        </button>
        <button type="submit" class="button primary" disabled={busy.value}>
          {t('alertClose')}
        </button>
      </div>
      <Refusal words={refused.value} />
    </form>
  );
}

function Refusal({ words }: { words: string }) {
  if (words === '') return null;
  return (
    <p class="what-if-refusal" role="alert">
      {words}
    </p>
  );
}
