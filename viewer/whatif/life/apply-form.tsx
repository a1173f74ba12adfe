import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { reasonOf } from '../../../core/errors.ts';
import type { ScenarioReply } from '../../../core/wire/scenario.ts';
import type { ApplicationReport } from '../../../core/wire/scenario-life.ts';
import { announce } from '../../state/announcer.ts';
import { layerNamed } from '../../state/twin-state.ts';
import { said, t, tn } from '../../text/text.ts';
import { refusal, step, stepping, takeScenario } from '../open-scenario.ts';
import { applyScenario, tryApplication } from '../scenario-api.ts';

/** Writes an adopted scenario into the registers, once somebody has read what that changes. */
export function ApplyForm({ scenario, onDone }: { scenario: ScenarioReply; onDone(): void }) {
  const report = useSignal<ApplicationReport | undefined>(undefined);
  const failed = useSignal<string | undefined>(undefined);
  useEffect(() => {
    const asking = new AbortController();
    tryApplication(scenario, asking.signal).then(
      (found) => {
        report.value = found;
      },
      (error: unknown) => {
        if (!asking.signal.aborted) failed.value = reasonOf(error);
      },
    );
    return () => asking.abort();
  }, [scenario.id, scenario.revision]);
  return (
    <div class="what-if-note warning" role="alertdialog" aria-label={t('apply')}>
      <p>{t('applyMeans')}</p>
      {failed.value && <p role="alert">{t('scenarioRefused', { reason: failed.value })}</p>}
      {!failed.value && !report.value && <p role="status">{t('drawChecking')}…</p>}
      {report.value && <Layers report={report.value} />}
      {refusal.value && <p role="alert">{refusal.value}</p>}
      <div class="what-if-actions">
        <button
          type="button"
          class="button danger"
          disabled={!report.value || stepping.value}
          onClick={async () => {
            const done = await step(applyScenario);
            if (!done) return;
            takeScenario(done.scenario);
            announce(t('logApplied', { n: done.report.version ?? '' }));
            onDone();
          }}
        >
          {t('apply')}
        </button>
        <button type="button" class="button" onClick={onDone}>
          {t('cancel')}
        </button>
      </div>
    </div>
  );
}

function Layers({ report: { layers, notApplied } }: { report: ApplicationReport }) {
  return (
    <>
      <ul class="findings">
        {layers.map(({ layer, added, changed, removed }) => {
          const named = layerNamed(layer);
          return (
            <li key={layer}>
              {named ? said(named.title) : layer}: {t('applyCounts', { added, changed, removed })}
            </li>
          );
        })}
      </ul>
      {notApplied.length > 0 && <p>{tn('applyNot', notApplied.length, { n: notApplied.length })}</p>}
    </>
  );
}
