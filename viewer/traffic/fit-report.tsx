import { isOverfitted } from '../../core/analysis/traffic/overfit.ts';
import { purposeWords } from '../../core/analysis/traffic/purpose-words.ts';
import type { TrafficResult } from '../../core/wire/traffic.ts';
import { formatNumber } from '../format/number.ts';
import { language, t } from '../text/text.ts';

/** How far a fit changed the trips, and whether it holds where it was not fitted. */
export function FitReport({ result: { demand, validation } }: { result: TrafficResult }) {
  const { fit } = demand;
  if (!fit) return null;
  const { matrix } = fit;
  return (
    <>
      {matrix && (
        <p class="what-if-note">
          {t('trafficFitMoved', {
            moved: formatNumber(matrix.movedPct, 1),
            least: formatNumber(matrix.leastFactor, 2),
            largest: formatNumber(matrix.largestFactor, 2),
            bound: formatNumber(matrix.atBoundPct, 1),
            unseen: formatNumber(matrix.unseenPct, 1),
          })}
        </p>
      )}
      {validation?.fit && !validation.heldOut && <p class="what-if-note">{t('trafficFitUnjudged')}</p>}
      {validation && isOverfitted(validation) && (
        <p class="what-if-note warning" role="status">
          {t('trafficOverfit')}
        </p>
      )}
    </>
  );
}

/** What the generator of trips assumes, by purpose. */
export function Purposes({ purposes }: { purposes: TrafficResult['demand']['purposes'] }) {
  if (purposes.length === 0) return null;
  return (
    <details>
      <summary>{t('trafficPurposes')}</summary>
      <table class="siting-table">
        <thead>
          <tr>
            <th scope="col">{t('trafficPurpose')}</th>
            <th scope="col">{t('trafficPersonTrips')}</th>
            <th scope="col">{t('trafficCarShare')}</th>
            <th scope="col">{t('trafficMeanMinutes')}</th>
          </tr>
        </thead>
        <tbody>
          {purposes.map(({ purpose, personTripsPerDay, carShare, meanMinutes }) => (
            <tr key={purpose}>
              <th scope="row">{purposeWords(purpose, language.value)}</th>
              <td>{formatNumber(personTripsPerDay, 0)}</td>
              <td>{formatNumber(100 * carShare, 0)}</td>
              <td>{meanMinutes === null ? '–' : formatNumber(meanMinutes, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
