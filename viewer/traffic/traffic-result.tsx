import { COLOURS_BY, limitsOn } from '../../core/analysis/noise/noise-colours.ts';
import type { TrafficResult } from '../../core/wire/traffic.ts';
import { formatNumber, formatQuantity } from '../format/number.ts';
import { theme } from '../state/theme.ts';
import { said, t, tn, type Word } from '../text/text.ts';
import { ComparedHead, HiddenMeasure } from './compared-head.tsx';
import { DistrictMatrix } from './district-matrix.tsx';
import { NoiseSection } from './noise-section.tsx';
import { StreetTable } from './street-table.tsx';
import { TrafficExport } from './traffic-export.tsx';
import { isNoise, trafficClasses } from './traffic-ink.ts';
import { TRAFFIC_MAPS, type TrafficMap } from './traffic-query.ts';
import { changeTraffic, shownMap, type TrafficAnswer, whyLink } from './traffic-state.ts';
import { gapText, hourText, signedText } from './traffic-words.ts';
import { ValidationSection } from './validation-section.tsx';
import { zoneNames } from './zone-names.ts';
import { ZoneTrips } from './zone-trips.tsx';

/** What the traffic means: for all, on the map, by street, by district, for ears, and how sure that is. */
export function TrafficResultView({ answer }: { answer: TrafficAnswer }) {
  const { result } = answer;
  return (
    <>
      <Summary result={result} />
      <MapChoice result={result} />
      <StreetTable result={result} />
      <ZoneTrips result={result} />
      <DistrictMatrix districts={result.districts} />
      <NoiseSection noise={result.noise} />
      <Proof answer={answer} />
      <ValidationSection result={result} />
      <Notes result={result} />
      <TrafficExport answer={answer} />
    </>
  );
}

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

function Summary({ result }: { result: TrafficResult }) {
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

const MAP_WORDS: Readonly<Record<TrafficMap, Word>> = {
  flow: 'trafficMapFlow',
  difference: 'trafficMapDifference',
  speed: 'trafficMapSpeed',
  noiseBefore: 'trafficMapNoiseBefore',
  noise: 'trafficMapNoise',
  noiseChange: 'trafficMapNoiseChange',
  why: 'trafficMapWhy',
};

const HINTS: Partial<Readonly<Record<TrafficMap, Word>>> = {
  noiseBefore: 'trafficNoiseHint',
  noise: 'trafficNoiseHint',
  noiseChange: 'trafficNoiseHint',
  difference: 'trafficChangeHint',
};

/** What the map shows, and what its colours mean. */
function MapChoice({ result }: { result: TrafficResult }) {
  const shown = shownMap.value;
  const offered = TRAFFIC_MAPS.filter(
    (map) =>
      (map !== 'difference' || result.after) &&
      ((map !== 'noiseChange' && map !== 'noiseBefore') || result.noise.change) &&
      (map !== 'why' || whyLink.value.kind === 'ready'),
  );
  const { noiseVehPerH } = result.summary;
  return (
    <section class="siting-map" aria-labelledby="traffic-map-title">
      <h2 id="traffic-map-title" class="panel-subtitle">
        {t('trafficMap')}
      </h2>
      <fieldset class="segmented traffic-orders" aria-labelledby="traffic-map-title">
        {offered.map((map) => (
          <button key={map} type="button" aria-pressed={shown === map} onClick={() => changeTraffic({ map })}>
            {t(MAP_WORDS[map])}
          </button>
        ))}
      </fieldset>
      <ul class="siting-legend">
        {trafficClasses(shown).map(({ ink, word, values, isDashed }) => (
          <li key={ink.light}>
            <span
              class={`traffic-sign ${isDashed ? 'dashed' : ''} ${isNoise(shown) ? 'dot' : ''}`}
              style={{ '--sign': ink[theme.value] }}
              aria-hidden="true"
            />
            {t(word, values)}
          </li>
        ))}
      </ul>
      <p class="quiet">
        {t(HINTS[shown] ?? 'trafficWidthHint')}
        {isNoise(shown) &&
          ` ${result.noise.map ? t('trafficNoiseMapHint', { m: result.noise.map.stepM, db: formatNumber(result.noise.map.boundDb, 1) }) : t('trafficNoiseMapNone')}`}
        {(shown === 'noise' || shown === 'noiseBefore') && ` ${noiseColours()}`}
        {shown === 'noiseChange' &&
          ` ${t('trafficNoiseBound', { db: formatNumber(result.noise.change?.boundDb ?? 0, 1) })}`}
        {shown === 'difference' &&
          noiseVehPerH !== null &&
          ` ${t('trafficNoiseFloor', { n: formatNumber(noiseVehPerH, 2) })}`}
      </p>
    </section>
  );
}

/** Whose colours they are, and which levels the law permits today. */
function noiseColours(): string {
  const [houses, flats] = limitsOn(new Date().toISOString().slice(0, 10)).map(({ db }) => db);
  return t('trafficNoiseColours', { by: COLOURS_BY, houses: houses ?? '–', flats: flats ?? '–' });
}

/** How far the solution went, by which definition. */
function Proof({ answer: { result, durationMs } }: { answer: TrafficAnswer }) {
  const { before, after, summary } = result;
  const states: readonly (readonly [Word, State])[] = [
    ['trafficBefore', before],
    ...(after ? ([['trafficAfter', after]] as const) : []),
  ];
  return (
    <section aria-labelledby="traffic-proof-title">
      <h2 id="traffic-proof-title" class="panel-subtitle">
        {t('trafficProof')}
      </h2>
      <dl class="siting-facts">
        {states.map(([word, { convergence }]) => (
          <div key={word} class="traffic-fact">
            <dt>
              {t('trafficGapOf', { state: t(word) })}{' '}
              <span class={`chip ${convergence.isReached ? 'success' : 'warning'}`}>
                {t(convergence.isReached ? 'trafficReached' : 'trafficNotReached')}
              </span>
            </dt>
            <dd>
              {gapText(convergence.relativeGap)} ·{' '}
              {tn('trafficRounds', convergence.iterations, { n: convergence.iterations })}
            </dd>
          </div>
        ))}
        <div class="traffic-fact">
          <dt>{t('trafficObjective')}</dt>
          <dd>
            {states.map(([, { convergence }]) => formatNumber(convergence.objectiveVehH, 4)).join(' → ')} h
          </dd>
        </div>
        {summary.noiseVehPerH !== null && (
          <div class="traffic-fact">
            <dt>{t('trafficNoiseOfSolver')}</dt>
            <dd>± {t('trafficVehPerH', { n: formatNumber(summary.noiseVehPerH, 3) })}</dd>
          </div>
        )}
        {durationMs !== null && (
          <div class="traffic-fact">
            <dt>{t('trafficTime')}</dt>
            <dd>{formatQuantity(durationMs / 1000, 's', 1)}</dd>
          </div>
        )}
      </dl>
      <p class="quiet">{t('trafficGapIs', { definition: before.convergence.definition })}</p>
    </section>
  );
}

/** What it rests on, what it leaves out, what is odd in the data. */
function Notes({ result: { summary, warnings } }: { result: TrafficResult }) {
  return (
    <>
      <details class="siting-assumptions">
        <summary>{t('trafficAssumptions')}</summary>
        <ul>
          {summary.assumptions.map((each) => (
            <li key={each.en}>{said(each)}</li>
          ))}
        </ul>
      </details>
      <details class="siting-assumptions" open>
        <summary>{t('trafficNotModelled')}</summary>
        <ul>
          {summary.notModelled.map((each) => (
            <li key={each.en}>{said(each)}</li>
          ))}
        </ul>
      </details>
      {warnings.length > 0 && (
        <details class="siting-assumptions">
          <summary>{t('trafficWarnings', { n: warnings.length })}</summary>
          <ul>
            {warnings.slice(0, 20).map(({ road, text }) => (
              <li key={`${road} ${text.en}`}>
                <bdi dir="ltr">{road}</bdi>: {said(text)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
