import type { TrafficResult } from '../../core/wire/traffic.ts';
import { formatNumber, formatQuantity } from '../format/number.ts';
import { said, t, tn, type Word } from '../text/text.ts';
import type { TrafficAnswer } from './traffic-state.ts';
import { gapText } from './traffic-words.ts';

type State = TrafficResult['before'];

/** How far the solution went, by which definition. */
export function TrafficProof({ answer: { result, durationMs } }: { answer: TrafficAnswer }) {
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
export function TrafficNotes({ result: { summary, warnings } }: { result: TrafficResult }) {
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
