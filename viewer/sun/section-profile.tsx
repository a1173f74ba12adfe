import { formatNumber, formatQuantity } from '../format/number.ts';
import { saveFile } from '../state/save-file.ts';
import { wantedCity } from '../state/shown-city.ts';
import type { ViewQuestion } from '../state/view-questions.ts';
import { t } from '../text/text.ts';
import { drawSection, type Section, sectionCsv, sectionSvg } from './section-files.ts';

const SIZE = [312, 150] as const;
/** A table of all of them would be read by nobody; the file has them. */
const ROWS = 20;

/** Ground and roofs along the line, drawn, in numbers and as files. */
export function SectionProfile({ found, question }: { found: Section; question: ViewQuestion }) {
  const drawing = drawSection(found, ...SIZE);
  const [from, to] = question.places;
  const every = Math.max(1, Math.ceil(found.stations.length / ROWS));
  const keep = (text: string, type: string, ending: string) =>
    saveFile(
      new Blob([text], { type }),
      `blizniak-${t('viewSection').toLowerCase().replace(/\W+/g, '')}.${ending}`,
    );
  return (
    <div class="section-profile">
      <p>
        {formatQuantity(found.lengthM, 'm', 1)} ·{' '}
        {t('sectionHeights', { low: formatNumber(found.lowestM, 1), high: formatNumber(found.highestM, 1) })}
      </p>
      <svg viewBox={`0 0 ${SIZE[0]} ${SIZE[1]}`} role="img" aria-label={t('sectionPicture')}>
        {drawing.levels.map(({ y, heightM }) => (
          <g key={heightM}>
            <path class="section-level" d={`M44 ${y}H${SIZE[0] - 8}`} />
            <text x="40" y={y + 4} text-anchor="end">
              {formatNumber(heightM)}
            </text>
          </g>
        ))}
        <path class="section-roofs" d={drawing.roofs} />
        <path class="section-ground" d={drawing.ground} />
        {drawing.before !== drawing.roofs && <path class="section-before" d={drawing.before} />}
        {drawing.stops.map(({ x, m }) => (
          <text key={m} x={x} y={SIZE[1] - 6} text-anchor="middle">
            {formatNumber(m)}
          </text>
        ))}
      </svg>
      <p class="what-if-actions">
        {from && to && (
          <button
            type="button"
            class="button"
            onClick={() => keep(`\ufeff${sectionCsv(found, [from, to])}`, 'text/csv;charset=utf-8', 'csv')}
          >
            {t('sectionCsv')}
          </button>
        )}
        <button
          type="button"
          class="button"
          onClick={() => keep(sectionSvg(found, wantedCity.peek().scenario), 'image/svg+xml', 'svg')}
        >
          {t('sectionSvg')}
        </button>
      </p>
      <details>
        <summary>{t('sectionTable')}</summary>
        <table class="view-table">
          <thead>
            <tr>
              <th scope="col">m</th>
              <th scope="col">{t('sectionGround')}</th>
              <th scope="col">{t('sectionRoof')}</th>
              <th scope="col">{t('sectionBuilding')}</th>
            </tr>
          </thead>
          <tbody>
            {found.stations
              .filter((_, n) => n % every === 0 || n === found.stations.length - 1)
              .map(({ m, groundM, roofM, building }) => (
                <tr key={m}>
                  <td>{formatNumber(m, 1)}</td>
                  <td>{formatNumber(groundM, 2)}</td>
                  <td>{roofM.after === null ? '–' : formatNumber(roofM.after, 2)}</td>
                  <td>{building ?? '–'}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}
