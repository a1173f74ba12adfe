import { useSignal } from '@preact/signals';
import { type Loaded, loaded, wantedIds } from '../compare/compare-state.ts';
import { ChangeLegend } from '../compare/difference-list.tsx';
import { DimensionSwitch } from '../compare/dimension-switch.tsx';
import { Remarks } from '../compare/remarks.tsx';
import { Stage } from '../compare/stage.tsx';
import { announcement } from '../state/announcer.ts';
import { said, t } from '../text/text.ts';

/** One published scenario for residents, also in the frame of another page: before and after, and their remarks. */
export function EmbedPage() {
  const state = loaded.value;
  return (
    <main class="embed">
      {state.kind === 'loading' && wantedIds.value.length > 0 && (
        <p class="quiet" role="status">
          {t('compareLoading')}…
        </p>
      )}
      {state.kind === 'failed' && (
        <p class="warning" role="alert">
          {t('compareFailed', { reason: state.reason })}
        </p>
      )}
      {(wantedIds.value.length === 0 || (state.kind === 'ready' && state.value.scenarios.length === 0)) && (
        <>
          <h1>{t('embedGone')}</h1>
          <p>{t('embedGoneHint')}</p>
        </>
      )}
      {state.kind === 'ready' && <Published value={state.value} />}
      <div class="visually-hidden" role="status" aria-live="polite">
        {announcement.value}
      </div>
    </main>
  );
}

function Published({ value }: { value: Loaded }) {
  const isReasonOpen = useSignal(false);
  const [scenario] = value.scenarios;
  if (!scenario) return null;
  return (
    <>
      <header class="embed-head">
        <h1>{scenario.title}</h1>
        <p class="quiet">{said(value.reply.city.name)}</p>
        <DimensionSwitch />
      </header>
      <Stage reply={value.reply} />
      <ChangeLegend />
      {scenario.reason !== '' && (
        <details
          open={isReasonOpen.value}
          onToggle={(event) => {
            isReasonOpen.value = event.currentTarget.open;
          }}
        >
          <summary>{t('embedReason')}</summary>
          <p class="embed-reason">{scenario.reason}</p>
        </details>
      )}
      <h2>{t('compareTabRemarks')}</h2>
      <Remarks scenario={scenario.id} reply={value.reply} />
      <p class="embed-foot">
        {value.reply.synthetic && <span class="chip warning">{t('synthetic')}</span>}
        <a href={`./compare.html#ids=${scenario.id}`} target="_blank" rel="noopener">
          {t('embedMore')}
        </a>
      </p>
    </>
  );
}
