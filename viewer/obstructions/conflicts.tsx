import type { Conflict } from '../../core/wire/obstruction.ts';
import { said, t, tn, type Word } from '../text/text.ts';

const SEVERITY_WORDS: Readonly<Record<Conflict['severity'], Word>> = {
  high: 'obsHigh',
  medium: 'obsMedium',
  low: 'obsLow',
};

/** What stands against an obstruction, the gravest first; each with how grave it is in words. */
export function Conflicts({ conflicts }: { conflicts: readonly Conflict[] }) {
  if (conflicts.length === 0) return <p class="what-if-fine">{t('obsNoConflicts')}</p>;
  return (
    <section class="obs-conflicts" aria-label={t('obsConflicts')}>
      <p>{tn('obsConflictCount', conflicts.length, { n: conflicts.length })}</p>
      <ul>
        {conflicts.map(({ code, severity, message, others }) => (
          <li key={`${code} ${others.map(({ id }) => id).join()}`} class={severity}>
            <strong>{t(SEVERITY_WORDS[severity])}</strong> {said(message)}
          </li>
        ))}
      </ul>
    </section>
  );
}
