import type { ComponentChildren } from 'preact';
import type { Load } from '../state/load.ts';
import { t } from '../text/text.ts';

/** What was read, or why there is nothing to show. */
export function Read<T>({ of, children }: { of: Load<T>; children: (value: T) => ComponentChildren }) {
  if (of.kind === 'loading') return <p class="quiet">{t('dashboardReading')}</p>;
  if (of.kind === 'failed') {
    return (
      <p class="warning" role="alert">
        {of.reason}
      </p>
    );
  }
  return <>{children(of.value)}</>;
}
