import { formatDate } from '../format/number.ts';
import { said, t } from '../text/text.ts';
import { aligned } from './chart-data.ts';
import { chartEpisodes, charted, chartSeries, chartStretch } from './chart-state.ts';
import { valueText } from './value-words.tsx';

/** The values of the chart as a table, the newest first. */
export function ChartTable() {
  const [fromMs, toMs] = chartStretch.value;
  const curves = charted.value.flatMap((one) => {
    const series = chartSeries.value.find(({ datastream }) => datastream === one.datastream.id);
    return series ? [{ ...one, series }] : [];
  });
  const { times, curves: cells } = aligned(curves.map(({ series }) => series));
  const rows = times
    .map((atMs, row) => ({ atMs, row }))
    .filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
    .toReversed();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section class="chart-table scroll" tabIndex={0} aria-label={t('chartTable')}>
      <Doubts />
      <table>
        <caption class="visually-hidden">{t('chartTable')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('liveTime')}</th>
            {curves.map(({ letter, sensor, datastream }) => (
              <th key={datastream.id} scope="col">
                {letter}: {said(sensor.title)}, {said(datastream.title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ atMs, row }) => (
            <tr key={atMs}>
              <th scope="row">{formatDate(new Date(atMs).toISOString(), true)}</th>
              {curves.map(({ datastream, series }, index) => (
                <td key={datastream.id}>
                  {cellWords(
                    cells[index]?.values[row],
                    cells[index]?.lows[row],
                    cells[index]?.highs[row],
                    (value) => valueText(datastream, value),
                    series.step === 'raw',
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What is hatched in the drawing, in words. */
function Doubts() {
  const episodes = chartEpisodes.value;
  if (episodes.length === 0) return null;
  return (
    <ul class="chart-doubts" aria-label={t('chartDoubts')}>
      {episodes.map(({ datastream, rule, fromMs, toMs, reason }) => (
        <li key={`${datastream} ${rule} ${fromMs}`}>
          {charted.value.find((one) => one.datastream.id === datastream)?.letter}: {said(reason)}{' '}
          <span class="quiet">
            {formatDate(new Date(fromMs).toISOString(), true)} –{' '}
            {toMs === undefined ? t('chartDoubtOpen') : formatDate(new Date(toMs).toISOString(), true)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function cellWords(
  value: number | null | undefined,
  low: number | null | undefined,
  high: number | null | undefined,
  words: (value: number) => string,
  isRaw: boolean,
) {
  if (value === undefined) return '';
  if (value === null) return <span class="quiet">{t('chartGap')}</span>;
  if (isRaw || low === null || low === undefined || high === null || high === undefined) return words(value);
  return (
    <>
      {words(value)} <span class="quiet">{t('chartLowHigh', { low: words(low), high: words(high) })}</span>
    </>
  );
}
