import { useEffect } from 'preact/hooks';
import type { UseRow } from '../../core/wire/data-use.ts';
import { ORDER_PROFILE_NAMES } from '../../core/wire/order.ts';
import { formatCount, formatDate } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { LOADING, lastOf } from '../state/load.ts';
import { t, type Word } from '../text/text.ts';
import { NotReady } from './not-ready.tsx';
import {
  filterUses,
  followUses,
  NO_FILTER,
  pageStarts,
  saveTable,
  tableProblem,
  type UseFilter,
  useFilter,
  usePage,
} from './office-state.ts';
import { profileTitle } from './profile-title.ts';

/** Who took what, when and for which case. */
export function RegisterSection() {
  useEffect(followUses, []);
  return (
    <section aria-label={t('officeRegister')}>
      <Filters />
      <TableProblem />
      <Rows />
    </section>
  );
}

export function TableProblem() {
  if (tableProblem.value === undefined) return null;
  return (
    <p class="what-if-note warning" role="alert">
      {t('officeTableFailed', { reason: tableProblem.value })}
    </p>
  );
}

function Filters() {
  const filter = useFilter.value;
  const text = (name: keyof UseFilter, word: Word) => (
    <label class="field">
      {t(word)}
      <input value={filter[name]} onInput={(event) => filterUses({ [name]: event.currentTarget.value })} />
    </label>
  );
  return (
    <form class="office-filters" aria-label={t('officeFilters')} onSubmit={(event) => event.preventDefault()}>
      {text('year', 'officeYear')}
      <label class="field">
        {t('orderProfile')}
        <select
          value={filter.profile}
          onChange={(event) => filterUses({ profile: event.currentTarget.value })}
        >
          <option value="">{t('officeAny')}</option>
          {ORDER_PROFILE_NAMES.map((profile) => (
            <option key={profile} value={profile}>
              {profileTitle(profile)}
            </option>
          ))}
        </select>
      </label>
      {text('caseNumber', 'officeCase')}
      {text('account', 'officeAccount')}
      {text('layer', 'officeLayer')}
      <p class="order-row">
        <button type="button" class="button" onClick={() => filterUses(NO_FILTER)}>
          {t('officeClear')}
        </button>
        <button type="button" class="button" onClick={() => void saveTable('register')}>
          <Icon name="download" /> {t('officeSaveCsv')}
        </button>
      </p>
    </form>
  );
}

function Rows() {
  const load = usePage.value;
  const page = lastOf(load);
  if (load.kind === 'failed') return <NotReady load={load} />;
  if (!page) return <NotReady load={LOADING} />;
  if (page.rows.length === 0) return <p class="quiet">{t('officeNoUses')}</p>;
  return (
    <>
      <div class="office-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('officeWhen')}</th>
              <th scope="col">{t('officeWho')}</th>
              <th scope="col">{t('orderProfile')}</th>
              <th scope="col">{t('officeCase')}</th>
              <th scope="col">{t('orderLayers')}</th>
              <th scope="col">{t('orderFormats')}</th>
              <th scope="col" class="number">
                {t('officeObjects')}
              </th>
            </tr>
          </thead>
          <tbody>
            {page.rows.map((row) => (
              <Use key={row.id} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <Pages next={page.next} />
    </>
  );
}

function Use({ row }: { row: UseRow }) {
  return (
    <tr class={row.cancelled ? 'cancelled' : ''}>
      <td>{formatDate(row.takenAt, true)}</td>
      <td>
        {row.account}
        {row.client !== null && ` → ${row.client}`}
        {row.organisation !== null && <span class="quiet office-under">{row.organisation}</span>}
      </td>
      <td>{profileTitle(row.profile)}</td>
      <td>{row.caseNumber ?? '–'}</td>
      <td class="office-long">{row.layers.join(', ')}</td>
      <td>{row.formats.join(', ')}</td>
      <td class="number">
        {formatCount(row.objects)}
        {row.cancelled && <span class="quiet office-under">{t('orderCancelled')}</span>}
      </td>
    </tr>
  );
}

function Pages({ next }: { next: number | undefined }) {
  const starts = pageStarts.value;
  return (
    <nav class="order-row" aria-label={t('officePages')}>
      <button
        type="button"
        class="button"
        disabled={starts.length === 1}
        onClick={() => {
          pageStarts.value = starts.slice(0, -1);
        }}
      >
        {t('officeNewer')}
      </button>
      <span class="office-page">{t('officePage', { n: starts.length })}</span>
      <button
        type="button"
        class="button"
        disabled={next === undefined}
        onClick={() => {
          if (next !== undefined) pageStarts.value = [...starts, next];
        }}
      >
        {t('officeOlder')}
      </button>
    </nav>
  );
}
