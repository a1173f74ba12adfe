import type { Load } from '../state/load.ts';
import { t } from '../text/text.ts';

/** What stands in the place of a table that is not here yet, or why it is not. */
export function NotReady({ load }: { load: Exclude<Load<unknown>, { kind: 'ready' }> }) {
  if (load.kind === 'loading') return <p class="quiet">{t('officeLoading')}</p>;
  return (
    <p class="what-if-note warning" role="alert">
      {t('officeFailed', { reason: load.reason })}
    </p>
  );
}
