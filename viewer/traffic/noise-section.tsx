import { casesText } from '../../core/analysis/noise/published-cases.ts';
import type { TrafficResult } from '../../core/wire/traffic.ts';
import { formatCount } from '../format/number.ts';
import { said, t, type Word } from '../text/text.ts';
import { ComparedHead } from './compared-head.tsx';
import { signedText } from './traffic-words.ts';

type Noise = TrafficResult['noise'];

const LIMITS: readonly (readonly [Word, (exposure: Noise['before']) => number])[] = [
  ['trafficOverLdwn', ({ residentsOverLdwn }) => residentsOverLdwn],
  ['trafficOverNight', ({ residentsOverNight }) => residentsOverNight],
  ['trafficLimitUnknown', ({ residentsNotAssessed }) => residentsNotAssessed],
];
const SENSITIVE: readonly (readonly [Word, (exposure: Noise['before']) => number])[] = [
  ['trafficSensitiveOver', ({ sensitiveOverLdwn }) => sensitiveOverLdwn],
  ['trafficSensitiveUnknown', ({ sensitiveNotAssessed }) => sensitiveNotAssessed],
];

/** Residents by noise at their façade, against the limits of the law; how it is reckoned and how far that holds. */
export function NoiseSection({ noise }: { noise: Noise }) {
  const { before, after, change, method, passList, vectors } = noise;
  const row = (title: string, was: number, is: number | undefined) => (
    <tr key={title}>
      <th scope="row">{title}</th>
      <td>{formatCount(was)}</td>
      {is !== undefined && <td>{formatCount(is)}</td>}
      {is !== undefined && <td>{signedText(is - was)}</td>}
    </tr>
  );
  return (
    <section aria-labelledby="traffic-noise-title">
      <h2 id="traffic-noise-title" class="panel-subtitle">
        {t('trafficNoise')}
      </h2>
      <p class="what-if-note warning">{t('trafficNoiseHolds', { cases: casesText(passList) })}</p>
      <table class="siting-table">
        <ComparedHead isCompared={after !== null}>{t('trafficResidents')}</ComparedHead>
        <tbody>
          {LIMITS.map(([word, of]) => row(t(word), of(before), after ? of(after) : undefined))}
          {before.residentsByExcess.map(({ fromDb, residents }, k) => {
            const next = before.residentsByExcess[k + 1]?.fromDb;
            const title =
              next === undefined
                ? t('trafficExcessOver', { db: fromDb })
                : t('trafficExcessTo', { from: fromDb, to: next });
            return row(title, residents, after?.residentsByExcess[k]?.residents);
          })}
          {before.residentsByLdwn.map(({ fromDb, residents }, k) => {
            const next = before.residentsByLdwn[k + 1]?.fromDb;
            const title =
              next === undefined
                ? t('trafficNoiseOver', { db: fromDb })
                : t('trafficNoiseTo', { from: fromDb, to: next });
            return row(title, residents, after?.residentsByLdwn[k]?.residents);
          })}
        </tbody>
      </table>
      <table class="siting-table">
        <ComparedHead isCompared={after !== null}>
          {t('trafficSensitive', { n: before.sensitiveBuildings })}
        </ComparedHead>
        <tbody>
          {SENSITIVE.map(([word, of]) => row(t(word), of(before), after ? of(after) : undefined))}
        </tbody>
      </table>
      {change && (
        <dl class="siting-facts">
          <dt>{t('trafficResidentsLouder')}</dt>
          <dd>{formatCount(change.residentsLouder)}</dd>
          <dt>{t('trafficResidentsQuieter')}</dt>
          <dd>{formatCount(change.residentsQuieter)}</dd>
        </dl>
      )}
      <p class="quiet">{said(method)}</p>
      <p class="quiet">
        {t('trafficVectors', { met: vectors.met.join(', ') })}{' '}
        {vectors.faulty
          .map(({ name, reason }) => t('trafficVectorNotMet', { name, reason: said(reason) }))
          .join(' ')}
      </p>
    </section>
  );
}
