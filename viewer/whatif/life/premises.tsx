import type { ScenarioReply } from '../../../core/wire/scenario.ts';
import { DEFAULT_LAW_DATE } from '../../../core/wire/scenario-head.ts';
import { formatDate } from '../../format/number.ts';
import { showScenario } from '../../state/shown-city.ts';
import { t } from '../../text/text.ts';

/** What the scenario takes for given: assumptions, the day of the law, and the scenario that it began from. */
export function Premises({ scenario: { assumptions, lawDate, parent } }: { scenario: ScenarioReply }) {
  return (
    <div class="premises">
      {assumptions.length > 0 && (
        <>
          <h3 class="panel-subtitle">{t('assumptions')}</h3>
          <ul>
            {assumptions.map((assumption) => (
              <li key={assumption}>{assumption}</li>
            ))}
          </ul>
        </>
      )}
      {lawDate !== DEFAULT_LAW_DATE && (
        <p class="quiet">{t('lawDateIs', { day: formatDate(lawDate) ?? lawDate })}</p>
      )}
      {parent && (
        <p class="quiet">
          {t('branchedFrom', { n: parent.revision })}{' '}
          <button type="button" class="text-button" onClick={() => showScenario(parent.id)}>
            {t('branchedShow')}
          </button>
        </p>
      )}
    </div>
  );
}
