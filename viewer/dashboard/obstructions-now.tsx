import { IMPACT_CODES } from '../../core/catalogue/obstructions.ts';
import { formatDate } from '../format/number.ts';
import { said, t } from '../text/text.ts';
import { obstructionsRead } from './dashboard-state.ts';
import { Read } from './reading.tsx';

/** What stands in the way of traffic now, the first to end first. */
export function ObstructionsNow() {
  return (
    <Read of={obstructionsRead.value}>
      {(obstructions) =>
        obstructions.length === 0 ? (
          <p class="quiet">{t('dashboardNoObstructions')}</p>
        ) : (
          <ul class="plain-list">
            {obstructions
              .toSorted((a, b) => Date.parse(a.endsAt) - Date.parse(b.endsAt))
              .map(({ id, name, impact, endsAt }) => {
                const code = IMPACT_CODES.find((one) => one.code === impact);
                return (
                  <li key={id}>
                    <a href={`./#pick=obstructions/${id}`}>{name}</a>{' '}
                    <span class="chip warning">{code ? said(code.label) : impact}</span>{' '}
                    <span class="quiet">
                      {t('dashboardUntil', { date: formatDate(endsAt, true) ?? endsAt })}
                    </span>
                  </li>
                );
              })}
          </ul>
        )
      }
    </Read>
  );
}
