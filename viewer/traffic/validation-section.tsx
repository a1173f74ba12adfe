import { roadClassWords } from '../../core/analysis/traffic/road-class-words.ts';
import type { TrafficResult } from '../../core/wire/traffic.ts';
import type { TrafficValidation, ValidationSums } from '../../core/wire/traffic-validation.ts';
import { formatNumber } from '../format/number.ts';
import { language, t } from '../text/text.ts';
import { CountChart } from './count-chart.tsx';
import { FitReport, Purposes } from './fit-report.tsx';
import { showStreet } from './show-street.ts';
import { linksById } from './traffic-state.ts';

const MOST_ROWS = 6;
/** What practice asks for. */
const GOOD_PCT = 85;

/** The base held against what was counted on streets, of all and by class, and where it agrees least. */
export function ValidationSection({ result }: { result: TrafficResult }) {
  const { validation, demand } = result;
  return (
    <section class="traffic-validation" aria-labelledby="traffic-validation-title">
      <h2 id="traffic-validation-title" class="panel-subtitle">
        {t('trafficValidation')}
      </h2>
      <p class="quiet">
        {demand.source === 'stored'
          ? t('trafficTripsStored', { from: demand.from ?? '' })
          : t('trafficTripsGenerated')}{' '}
        {demand.fit
          ? t('trafficTripsFitted', {
              inner: formatNumber(demand.fit.innerFactor, 2),
              edge: formatNumber(demand.fit.edgeFactor, 2),
            })
          : validation && t('trafficTripsNotFitted')}
      </p>
      <FitReport result={result} />
      {validation ? (
        <Agreement validation={validation} />
      ) : (
        <p class="what-if-note">{t('trafficNoCounts')}</p>
      )}
      <Purposes purposes={demand.purposes} />
    </section>
  );
}

function Agreement({ validation }: { validation: TrafficValidation }) {
  const { all, byClass, heldOut, counts, fit } = validation;
  const groups: readonly (readonly [string, ValidationSums])[] = [
    [t('trafficCountsAll'), all],
    ...byClass.map(({ class: each, sums }) => [roadClassWords(each, language.value), sums] as const),
    ...(fit
      ? ([
          [t('trafficFitBefore'), fit.before],
          [t('trafficFitAfter'), fit.after],
        ] as const)
      : []),
    ...(fit?.heldOutBefore ? [[t('trafficFitHeldBefore'), fit.heldOutBefore] as const] : []),
    ...(heldOut ? [[t('trafficCountsHeldOut'), heldOut] as const] : []),
  ];
  return (
    <>
      <p class="siting-headline">
        <strong>{formatNumber(all.gehBelow5Pct, 0)} %</strong>{' '}
        {t('trafficGehHeadline', { percent: GOOD_PCT })}
      </p>
      <CountChart counts={counts} />
      <table class="siting-table">
        <thead>
          <tr>
            <th scope="col">{t('trafficCounts')}</th>
            <th scope="col">{t('trafficCountsNumber')}</th>
            <th scope="col">{t('trafficGehColumn')}</th>
            <th scope="col">{t('trafficRmseColumn')}</th>
            <th scope="col">{t('trafficSlopeColumn')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(([name, sums]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{formatNumber(sums.counts)}</td>
              <td>{formatNumber(sums.gehBelow5Pct, 0)}</td>
              <td>{formatNumber(sums.rmsePct, 0)}</td>
              <td>{formatNumber(sums.slope, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <details>
        <summary>{t('trafficCountsWorst')}</summary>
        <table class="siting-table">
          <thead>
            <tr>
              <th scope="col">{t('trafficStreet')}</th>
              <th scope="col">{t('trafficCounted')}</th>
              <th scope="col">{t('trafficModelled')}</th>
              <th scope="col">GEH</th>
            </tr>
          </thead>
          <tbody>
            {counts.slice(0, MOST_ROWS).map((row) => (
              <Row key={row.link} row={row} />
            ))}
          </tbody>
        </table>
      </details>
      {validation.unknownLinks.length > 0 && (
        <p class="what-if-note warning">{t('trafficCountsUnknown', { n: validation.unknownLinks.length })}</p>
      )}
      <p class="quiet">{t('trafficGehHint')}</p>
    </>
  );
}

function Row({ row }: { row: TrafficValidation['counts'][number] }) {
  const link = linksById.value.get(row.link) ?? linksById.value.get(`${row.road}+`);
  const name = row.name ?? row.road;
  return (
    <tr>
      <th scope="row">
        {link ? (
          <button type="button" class="text-button" onClick={() => showStreet(link)}>
            {name}
          </button>
        ) : (
          name
        )}
      </th>
      <td>{formatNumber(row.countedVehPerH, 0)}</td>
      <td>{formatNumber(row.modelledVehPerH, 0)}</td>
      <td>{formatNumber(row.geh, 1)}</td>
    </tr>
  );
}
