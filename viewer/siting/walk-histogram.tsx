import type { SitingPreviewReply } from '../../core/wire/siting-answer.ts';
import { formatNumber } from '../format/number.ts';
import { t } from '../text/text.ts';
import { people } from './siting-words.ts';

const [WIDTH, HEIGHT, FOOT] = [320, 120, 18] as const;

/** People by their walk to the nearest, before and after. */
export function WalkHistogram({
  histogram: { untilMinutes, before, after },
}: {
  histogram: SitingPreviewReply['histogram'];
}) {
  const most = Math.max(1, ...before, ...after);
  const slot = WIDTH / before.length;
  const tall = (value: number) => (value / most) * (HEIGHT - FOOT - 6);
  const changed = before.some((value, k) => Math.abs(value - (after[k] ?? 0)) > 0.5);
  const rangeOf = (k: number) => {
    const [from, to] = [untilMinutes[k - 1] ?? 0, untilMinutes[k]];
    return to === undefined
      ? t('sitingBarOver', { from: formatNumber(from) })
      : t('sitingBar', { from: formatNumber(from), to: formatNumber(to) });
  };
  return (
    <section class="siting-histogram" aria-labelledby="siting-histogram-title">
      <h2 id="siting-histogram-title" class="panel-subtitle">
        {t('sitingHistogram')}
      </h2>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        {before.map((was, k) => {
          const is = after[k] ?? 0;
          const x = k * slot;
          return (
            <g key={k}>
              <rect
                class="was"
                x={x + 2}
                y={HEIGHT - FOOT - tall(was)}
                width={slot * 0.42}
                height={tall(was)}
              />
              {changed && (
                <rect
                  class="is"
                  x={x + 2 + slot * 0.44}
                  y={HEIGHT - FOOT - tall(is)}
                  width={slot * 0.42}
                  height={tall(is)}
                />
              )}
              {untilMinutes[k] !== undefined && (
                <text x={x + slot} y={HEIGHT - 4}>
                  {formatNumber(untilMinutes[k])}
                </text>
              )}
            </g>
          );
        })}
        <line x1="0" x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} />
      </svg>
      <p class="quiet siting-histogram-key">
        <span class="was" aria-hidden="true" /> {t('sitingBefore')}
        {changed && (
          <>
            {' '}
            <span class="is" aria-hidden="true" /> {t('sitingAfter')}
          </>
        )}{' '}
        · {t('sitingHistogramAxis')}
      </p>
      <details>
        <summary>{t('sitingAsTable')}</summary>
        <table class="siting-table">
          <thead>
            <tr>
              <th scope="col">{t('sitingWalkColumn')}</th>
              <th scope="col">{t('sitingBefore')}</th>
              <th scope="col">{t('sitingAfter')}</th>
            </tr>
          </thead>
          <tbody>
            {before.map((was, k) => (
              <tr key={k}>
                <th scope="row">{rangeOf(k)}</th>
                <td>{people(was)}</td>
                <td>{people(after[k] ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
