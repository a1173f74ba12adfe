import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { UseTableRow } from '../../core/wire/data-use.ts';
import { formatCount } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { t } from '../text/text.ts';
import { NotReady } from './not-ready.tsx';
import { readUses, saveTable, uses } from './office-state.ts';
import { profileTitle } from './profile-title.ts';
import { TableProblem } from './register-section.tsx';

const chosenYear = signal<string | undefined>(undefined);

/** How often each layer was asked for at each door in a year, and ordered in each profile. */
export function StatisticsSection() {
  useEffect(() => void readUses(), []);
  const load = uses.value;
  if (load.kind !== 'ready') return <NotReady load={load} />;
  const { rows, since } = load.value;
  const years = [...new Set(rows.map(({ period }) => period))].toSorted().toReversed();
  const year = chosenYear.value ?? years[0];
  return (
    <section aria-label={t('officeStatistics')}>
      <div class="office-filters">
        <label class="field">
          {t('officeYear')}
          <select
            value={year ?? ''}
            onChange={(event) => {
              chosenYear.value = event.currentTarget.value;
            }}
          >
            {years.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
        <p class="order-row">
          <button type="button" class="button" onClick={() => void saveTable('uses')}>
            <Icon name="download" /> {t('officeSaveCsv')}
          </button>
        </p>
      </div>
      <TableProblem />
      {year === undefined ? (
        <p class="quiet">{t('officeNoUses')}</p>
      ) : (
        <ByLayer rows={rows.filter(({ period }) => period === year)} />
      )}
      <p class="quiet">{t('officeStatisticsHint', { day: since ?? '–' })}</p>
    </section>
  );
}

const columnOf = ({ door, profile }: UseTableRow): string => (profile === null ? door : `${door} ${profile}`);

function ByLayer({ rows }: { rows: readonly UseTableRow[] }) {
  const layers = [...new Set(rows.map(({ layer }) => layer))].toSorted();
  const columns = [...new Map(rows.map((row) => [columnOf(row), row])).entries()].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return (
    <div class="office-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('officeLayer')}</th>
            {columns.map(([column, row]) => (
              <th key={column} scope="col" class="number">
                {titleOf(row)}
              </th>
            ))}
            <th scope="col" class="number">
              {t('officeSum')}
            </th>
            <th scope="col" class="number">
              {t('officeHandedOut')}
            </th>
          </tr>
        </thead>
        <tbody>
          {layers.map((layer) => {
            const own = rows.filter((row) => row.layer === layer);
            return (
              <tr key={layer}>
                <th scope="row">{layer}</th>
                {columns.map(([column]) => (
                  <td key={column} class="number">
                    {requestsOf(own.filter((row) => columnOf(row) === column))}
                  </td>
                ))}
                <td class="number">{requestsOf(own)}</td>
                <td class="number">{handedOutOf(own)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const requestsOf = (rows: readonly UseTableRow[]): string =>
  formatCount(rows.reduce((sum, { requests }) => sum + requests, 0));

/** Orders of several layers say only how many objects they have together: of each layer there are at least the others. */
function handedOutOf(rows: readonly UseTableRow[]): string {
  const known = formatCount(rows.reduce((sum, { handedOut }) => sum + (handedOut ?? 0), 0));
  return rows.some(({ handedOut }) => handedOut === null) ? `≥ ${known}` : known;
}

/** Doors are named by their standards; those that have none, in words. */
function titleOf({ door, profile }: UseTableRow): string {
  if (profile !== null) {
    const title = door === 'orders' ? t('officeDoorOrders') : t('officeDoorDownload');
    return `${title}: ${profileTitle(profile)}`;
  }
  if (door === 'vector-tiles') return t('officeDoorVectorTiles');
  if (door === 'map-tiles') return t('officeDoorMapTiles');
  if (door === '3d-tiles') return t('officeDoor3dTiles');
  if (door === 'terrain') return t('officeDoorTerrain');
  return door.toUpperCase();
}
