import type { TrafficValidation } from '../../core/wire/traffic-validation.ts';
import { formatNumber } from '../format/number.ts';
import { t } from '../text/text.ts';

/** Of the drawing, in its own units; the left and lower rims hold the numbers. */
const [SIDE, RIM] = [220, 30] as const;
const ROUND = [50, 100, 200, 500, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000, 20_000, 50_000];

/** Each count against the model: on the slanting line both are the same. */
export function CountChart({ counts }: { counts: TrafficValidation['counts'] }) {
  const most = counts.reduce((largest, row) => Math.max(largest, row.countedVehPerH, row.modelledVehPerH), 1);
  const top = ROUND.find((value) => value >= most) ?? most;
  const x = (value: number) => RIM + (value / top) * SIDE;
  const y = (value: number) => SIDE - (value / top) * SIDE + 6;
  return (
    <figure class="traffic-scatter">
      <svg
        viewBox={`0 0 ${SIDE + RIM + 12} ${SIDE + RIM + 6}`}
        role="img"
        aria-label={t('trafficScatter', { n: counts.length })}
      >
        <rect x={x(0)} y={y(top)} width={SIDE} height={SIDE} class="traffic-scatter-field" />
        <line x1={x(0)} y1={y(0)} x2={x(top)} y2={y(top)} class="traffic-scatter-same" />
        {[0, top / 2, top].map((value) => (
          <g key={value}>
            <text x={x(value)} y={y(0) + 13} text-anchor="middle">
              {formatNumber(value, 0)}
            </text>
            {value > 0 && (
              <text x={x(0) - 4} y={y(value) + 4} text-anchor="end">
                {formatNumber(value, 0)}
              </text>
            )}
          </g>
        ))}
        {counts.map(({ link, countedVehPerH, modelledVehPerH, isHeldOut, geh }) => (
          <circle
            key={link}
            cx={x(countedVehPerH)}
            cy={y(modelledVehPerH)}
            r={3.2}
            class={`traffic-scatter-dot ${geh < 5 ? 'good' : 'bad'} ${isHeldOut ? 'held-out' : ''}`}
          />
        ))}
      </svg>
      <figcaption class="quiet">{t('trafficScatterCaption')}</figcaption>
    </figure>
  );
}
