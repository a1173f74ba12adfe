import { said, t, tn } from '../../text/text.ts';
import { refusal } from '../open-scenario.ts';
import { check } from './edit-check.ts';

/** What stands against an edit, before it is saved. */
export function CheckResult() {
  const now = check.value;
  if (now.kind === 'none') return null;
  if (now.kind === 'refused')
    return <p class="what-if-refusal">{t('drawRefused', { reason: now.reason })}</p>;
  if (now.kind === 'busy') return <p class="quiet">{t('drawChecking')}…</p>;
  const { findings } = now.trial;
  if (findings.length === 0) return <p class="what-if-fine">{t('drawNoFindings')}</p>;
  return (
    <div class="what-if-note warning">
      <p>{tn('drawFindings', findings.length, { n: findings.length })}</p>
      <ul class="findings">
        {findings.map((finding) => (
          <li key={`${finding.code} ${finding.ids.join()}`}>{said(finding.message)}</li>
        ))}
      </ul>
    </div>
  );
}

/** Why the last attempt to save was refused; what is drawn stays. */
export const SaveRefusal = () =>
  refusal.value ? (
    <p class="what-if-refusal" role="alert">
      {refusal.value} {t('drawKept')}
    </p>
  ) : null;
