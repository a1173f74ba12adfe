import type { TrafficResult } from '../../core/wire/traffic.ts';
import { formatNumber } from '../format/number.ts';
import { said, t, type Word } from '../text/text.ts';
import { ComparedHead, HiddenMeasure } from './compared-head.tsx';
import { hourText, signedText } from './traffic-words.ts';
import { zoneNames } from './zone-names.ts';

type State = NonNullable<TrafficResult['after']>;

const ROWS: readonly (readonly [Word, (state: State) => number, number])[] = [
  ['trafficRowHours', ({ totals }) => totals.vehicleHours, 1],
  ['trafficRowDelay', ({ totals }) => totals.delayHours, 1],
  ['trafficRowKm', ({ totals }) => totals.vehicleKm, 0],
  ['trafficRowSpeed', ({ totals }) => totals.meanSpeedKmH, 1],
  ['trafficRowOver', ({ totals }) => totals.overCapacityKm, 2],
  ['trafficRowTrips', ({ totals }) => totals.trips, 0],
  ['trafficRowLost', ({ totals }) => totals.lostTrips, 1],
  ['trafficRowNox', ({ totals }) => totals.exhaustG.NOx, 0],
  ['trafficRowDust', ({ totals }) => totals.exhaustG.PM, 1],
  ['trafficRowCo2', ({ totals }) => totals.exhaustG.CO2 / 1000, 0],
];

/** What the traffic means for all, and which trips found no way. */
export function TrafficSummary({ result }: { result: TrafficResult }) {
  const { before, after, accessibility: reach, summary } = result;
  const delay = (after ?? before).totals.delayHours;
  const more = after ? after.totals.delayHours - before.totals.delayHours : 0;
  const rows: readonly (readonly [Word, number, number | null, number])[] = [
    ...ROWS.map(([word, of, decimals]) => [word, of(before), after && of(after), decimals] as const),
    ['trafficRowJobs', reach.jobsIn15MinBefore, reach.jobsIn15MinAfter, 0],
    ['trafficRowNurseries', reach.nurseryPlacesIn15MinBefore, reach.nurseryPlacesIn15MinAfter, 0],
  ];
  return (
    <section class="traffic-summary" aria-labelledby="traffic-summary-title">
      <h2 id="traffic-summary-title" class="panel-subtitle">
        {t(after ? 'trafficWith' : 'trafficToday', { hour: hourText(summary.hour) })}
      </h2>
      <p class="siting-headline" role="status">
        <strong>{after ? signedText(more, 1) : formatNumber(delay, 1)} h</strong>{' '}
        {t(after ? 'trafficHeadlineAfter' : 'trafficHeadline')}
      </p>
      {(after ?? before).totals.lostTrips > 0.05 && <Lost result={result} />}
      <table class="siting-table">
        <ComparedHead isCompared={after !== null}>
          <HiddenMeasure />
        </ComparedHead>
        <tbody>
          {rows.map(([word, was, is, decimals]) => (
            <tr key={word}>
              <th scope="row">{t(word)}</th>
              <td>{formatNumber(was, decimals)}</td>
              {is !== null && <td>{formatNumber(is, decimals)}</td>}
              {is !== null && <td>{signedText(is - was, decimals)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{said(summary.exhaustMethod)}</p>
    </section>
  );
}

/** Trips without a way are told, never dropped in silence. */
function Lost({ result: { before, after, lost } }: { result: TrafficResult }) {
  const nameOf = (id: string) => zoneNames.value.get(id) ?? id;
  const pairs = (after ? lost.after : lost.before).slice(0, 3);
  return (
    <div class="what-if-note warning" role="alert">
      <p>{t('trafficLost', { n: formatNumber((after ?? before).totals.lostTrips, 1) })}</p>
      <ul>
        {pairs.map(({ from, to, trips }) => (
          <li key={`${from} ${to}`}>
            {nameOf(from)} ({from}) → {nameOf(to)} ({to}): {formatNumber(trips, 1)}
          </li>
        ))}
      </ul>
    </div>
  );
}
