import { signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { CloseButton } from '../frame/close-button.tsx';
import { Icon } from '../frame/icon.tsx';
import { showMoment, showToday, wantedCity } from '../state/shown-city.ts';
import { t } from '../text/text.ts';

export const momentDialogOpen = signal(false);

/** Opens the choice of a day. */
export function MomentButton() {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={t('moment')}
      title={t('moment')}
      aria-pressed={wantedCity.value.at !== undefined}
      onClick={() => {
        momentDialogOpen.value = true;
      }}
    >
      <Icon name="history" />
    </button>
  );
}

/** The city as it was recorded at the end of a day. */
export function MomentDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (momentDialogOpen.value) dialog.current?.showModal();
    else dialog.current?.close();
  }, [momentDialogOpen.value]);
  return (
    <dialog
      ref={dialog}
      class="dialog small"
      aria-labelledby="moment-title"
      onClose={() => {
        momentDialogOpen.value = false;
      }}
    >
      <header class="panel-head">
        <h2 id="moment-title">{t('moment')}</h2>
        <CloseButton
          byEscape
          onClick={() => {
            momentDialogOpen.value = false;
          }}
        />
      </header>
      {momentDialogOpen.value && <MomentForm />}
    </dialog>
  );
}

function MomentForm() {
  const { at, scenario } = wantedCity.value;
  const day = useSignal((at ?? '').slice(0, 10));
  const close = () => {
    momentDialogOpen.value = false;
  };
  return (
    <form
      class="dialog-body"
      onSubmit={(event) => {
        event.preventDefault();
        showMoment(day.value);
        close();
      }}
    >
      <p class="quiet">{t('momentHint')}</p>
      {scenario !== undefined && <p class="what-if-note">{t('momentLeavesScenario')}</p>}
      <label class="field">
        <span>{t('momentDay')}</span>
        <input
          type="date"
          required
          max={today()}
          value={day.value}
          onInput={(event) => {
            day.value = event.currentTarget.value;
          }}
        />
      </label>
      <div class="what-if-actions">
        <button type="submit" class="button primary" disabled={day.value === ''}>
          {t('momentShow')}
        </button>
        {at !== undefined && (
          <button
            type="button"
            class="button"
            onClick={() => {
              showToday();
              close();
            }}
          >
            {t('momentToday')}
          </button>
        )}
      </div>
    </form>
  );
}

/** The day of the city, wherever the reader is. */
const today = (): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw' }).format(new Date());
