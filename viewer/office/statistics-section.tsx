import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { UseStatistics } from '../../core/wire/data-use.ts';
import { ORDER_PROFILE_NAMES } from '../../core/wire/order.ts';
import { formatCount } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { t } from '../text/text.ts';
import { NotReady } from './not-ready.tsx';
import { readStatistics, saveTable, statistics } from './office-state.ts';
import { profileTitle } from './profile-title.ts';
import { TableProblem } from './register-section.tsx';

const chosenYear = signal<number | undefined>(undefined);

/** How often each layer was taken in a year, by profile. */
export function StatisticsSection() {
  useEffect(() => void readStatistics(), []);
  const load = statistics.value;
  if (load.kind !== 'ready') return <NotReady load={load} />;
  const years = [...new Set(load.value.rows.map(({ year }) => year))].toSorted((a, b) => b - a);
  const year = chosenYear.value ?? years[0];
  return (
    <section aria-label={t('officeStatistics')}>
      <div class="office-filters">
        <label class="field">
          {t('officeYear')}
          <select
            value={String(year ?? '')}
            onChange={(event) => {
              chosenYear.value = Number(event.currentTarget.value);
            }}
          >
            {years.map((each) => (
              <option key={each} value={String(each)}>
                {each}
              </option>
            ))}
          </select>
        </label>
        <p class="order-row">
          <button type="button" class="button" onClick={() => void saveTable('statistics')}>
            <Icon name="download" /> {t('officeSaveCsv')}
          </button>
        </p>
      </div>
      <TableProblem />
      {year === undefined ? (
        <p class="quiet">{t('officeNoUses')}</p>
      ) : (
        <ByLayer rows={load.value.rows.filter((row) => row.year === year)} />
      )}
      <p class="quiet">{t('officeStatisticsHint')}</p>
    </section>
  );
}

function ByLayer({ rows }: { rows: UseStatistics['rows'] }) {
  const layers = [...new Set(rows.map(({ layer }) => layer))].toSorted();
  const profiles = ORDER_PROFILE_NAMES.filter((name) => rows.some(({ profile }) => profile === name));
  const sum = (of: (row: UseStatistics['rows'][number]) => boolean): string =>
    formatCount(rows.filter(of).reduce((all, { orders }) => all + orders, 0));
  return (
    <div class="office-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('officeLayer')}</th>
            {profiles.map((profile) => (
              <th key={profile} scope="col" class="number">
                {profileTitle(profile)}
              </th>
            ))}
            <th scope="col" class="number">
              {t('officeSum')}
            </th>
          </tr>
        </thead>
        <tbody>
          {layers.map((layer) => (
            <tr key={layer}>
              <th scope="row">{layer}</th>
              {profiles.map((profile) => (
                <td key={profile} class="number">
                  {sum((row) => row.layer === layer && row.profile === profile)}
                </td>
              ))}
              <td class="number">{sum((row) => row.layer === layer)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
