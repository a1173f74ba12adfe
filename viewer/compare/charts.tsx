import type { Comparison } from '../../core/wire/consequences.ts';
import { lastOf } from '../state/load.ts';
import { said, t } from '../text/text.ts';
import { consequences } from './compare-state.ts';
import {
  baseWords,
  deltaWords,
  type Row,
  significanceOf,
  unitWords,
  valueWords,
} from './consequence-words.ts';
import { radarAxes, radarPoint } from './radar-shape.ts';

/** The same table as pictures: a bar for each difference with its doubt, and all indicators around one circle. */
export function Charts() {
  const table = lastOf(consequences.value);
  if (!table) return <p class="quiet">{t('compareComputing')}…</p>;
  const { rows } = table;
  const changed = rows.filter(({ cells }) => cells.some(({ delta }) => delta !== undefined && delta !== 0));
  if (changed.length === 0) return <p class="quiet">{t('compareNothingChanges')}</p>;
  return (
    <>
      <Radar comparison={table} />
      <h2>{t('compareBars')}</h2>
      {changed.map((row) => (
        <Bars key={row.name} row={row} comparison={table} />
      ))}
    </>
  );
}

const WIDTH = 320;
const BAR = 18;
const GAP = 8;
const MIDDLE = WIDTH / 2;

function Bars({ row, comparison }: { row: Row; comparison: Comparison }) {
  const reach = Math.max(
    ...row.cells.map(({ delta = 0, deltaBound = 0 }) => Math.abs(delta) + deltaBound),
    Number.MIN_VALUE,
  );
  const x = (value: number) => MIDDLE + (value / reach) * (MIDDLE - 4);
  const heightPx = row.cells.length * (BAR + GAP);
  return (
    <figure class="compare-bars">
      <figcaption>
        {said(row.title)} <span class="quiet">{unitWords(row.unit)}</span>
      </figcaption>
      {row.cells.map((cell, index) => {
        const { words, kind, sign } = significanceOf(cell);
        const title = comparison.scenarios[index]?.title ?? '';
        const { delta = 0, deltaBound = 0 } = cell;
        return (
          <div key={cell.scenario} class="compare-bar">
            <span class="compare-bar-name">
              <i class={`swatch hue-${index}`} aria-hidden="true" /> {title}
            </span>
            <svg viewBox={`0 0 ${WIDTH} ${BAR}`} aria-hidden="true" preserveAspectRatio="none" height={BAR}>
              <line x1={MIDDLE} x2={MIDDLE} y1="0" y2={heightPx} class="axis" />
              <rect
                x={Math.min(MIDDLE, x(delta))}
                width={Math.abs(x(delta) - MIDDLE)}
                y="3"
                height={BAR - 6}
                class={`hue-${index} is-${kind}`}
              />
              {deltaBound > 0 && (
                <path
                  class="whisker"
                  d={`M${x(delta - deltaBound)} ${BAR / 2}H${x(delta + deltaBound)}M${x(delta - deltaBound)} 4V${BAR - 4}M${x(delta + deltaBound)} 4V${BAR - 4}`}
                />
              )}
            </svg>
            <span class="compare-bar-value">
              {deltaWords(cell) || valueWords(0)} <span aria-hidden="true">{sign}</span>
              <span class="visually-hidden">{words}</span>
            </span>
          </div>
        );
      })}
    </figure>
  );
}

const SIZE = 360;
const RADIUS = 118;

/** Each axis is one indicator as a share of what it is today; the bold ring is today. */
function Radar({ comparison }: { comparison: Comparison }) {
  const axes = radarAxes(comparison.rows);
  if (axes.length < 3) return null;
  const at = (index: number, value: number) => radarPoint(index, axes.length, value, RADIUS, SIZE / 2);
  const polygon = (values: readonly number[]) =>
    values
      .map((value, index) =>
        at(index, value)
          .map((each) => each.toFixed(1))
          .join(),
      )
      .join(' ');
  return (
    <figure class="compare-radar">
      <figcaption>{t('compareRadar')}</figcaption>
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={t('compareRadarLabel')}>
        {[0.5, 1].map((ring) => (
          <polygon
            key={ring}
            points={polygon(axes.map(() => ring / 2))}
            class={ring === 1 ? 'today' : 'ring'}
          />
        ))}
        <polygon points={polygon(axes.map(() => 1))} class="ring" />
        {axes.map(({ row }, index) => {
          const [x, y] = at(index, 1);
          const [labelX, labelY] = at(index, 1.14);
          return (
            <g key={row.name}>
              <line x1={SIZE / 2} y1={SIZE / 2} x2={x} y2={y} class="ring" />
              <text x={labelX} y={labelY} class="radar-number">
                {index + 1}
              </text>
            </g>
          );
        })}
        {comparison.scenarios.map(({ id }, index) => (
          <polygon
            key={id}
            points={polygon(axes.map(({ values }) => values[index] ?? 0.5))}
            class={`radar hue-${index}`}
          />
        ))}
      </svg>
      <ol class="radar-axes">
        {axes.map(({ row }) => (
          <li key={row.name}>
            {said(row.title)}{' '}
            <span class="quiet">
              {t('compareToday')} {baseWords(row)} {unitWords(row.unit)}
            </span>
          </li>
        ))}
      </ol>
      <ul class="radar-legend">
        {comparison.scenarios.map(({ id, title }, index) => (
          <li key={id}>
            <i class={`swatch hue-${index}`} aria-hidden="true" /> {title}
          </li>
        ))}
      </ul>
    </figure>
  );
}
