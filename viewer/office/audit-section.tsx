import { useEffect } from 'preact/hooks';
import { AUDIT_SUBJECTS, type AuditRow, type AuditSubject } from '../../core/wire/audit.ts';
import { formatDate } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { LOADING, lastOf } from '../state/load.ts';
import { said, t, type Word } from '../text/text.ts';
import {
  type AuditFilter,
  auditFilter,
  auditPage,
  auditProblem,
  auditStarts,
  filterAudit,
  followAudit,
  NO_AUDIT_FILTER,
  saveAudit,
} from './audit-state.ts';
import { NotReady } from './not-ready.tsx';

/** Who did what, when and why. */
export function AuditSection() {
  useEffect(followAudit, []);
  return (
    <section aria-label={t('auditTitle')}>
      <Filters />
      {auditProblem.value !== undefined && (
        <p class="what-if-note warning" role="alert">
          {t('officeTableFailed', { reason: auditProblem.value })}
        </p>
      )}
      <Rows />
      <p class="quiet">{t('auditHint')}</p>
    </section>
  );
}

function Filters() {
  const filter = auditFilter.value;
  const text = (name: keyof AuditFilter, word: Word) => (
    <label class="field">
      {t(word)}
      <input value={filter[name]} onInput={(event) => filterAudit({ [name]: event.currentTarget.value })} />
    </label>
  );
  const day = (name: keyof AuditFilter, word: Word) => (
    <label class="field">
      {t(word)}
      <input
        type="date"
        value={filter[name]}
        onInput={(event) => filterAudit({ [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <form class="office-filters" aria-label={t('auditFilters')} onSubmit={(event) => event.preventDefault()}>
      <label class="field">
        {t('auditWhat')}
        <select
          value={filter.subject}
          onChange={(event) => filterAudit({ subject: event.currentTarget.value })}
        >
          <option value="">{t('officeAny')}</option>
          {Object.entries(AUDIT_SUBJECTS).map(([subject, title]) => (
            <option key={subject} value={subject}>
              {said(title)}
            </option>
          ))}
        </select>
      </label>
      {text('who', 'officeAccount')}
      {text('text', 'auditText')}
      {day('from', 'auditFrom')}
      {day('to', 'auditTo')}
      <p class="order-row">
        <button type="button" class="button" onClick={() => filterAudit(NO_AUDIT_FILTER)}>
          {t('officeClear')}
        </button>
        <button type="button" class="button" onClick={() => void saveAudit()}>
          <Icon name="download" /> {t('officeSaveCsv')}
        </button>
      </p>
    </form>
  );
}

function Rows() {
  const load = auditPage.value;
  const page = lastOf(load);
  if (load.kind === 'failed') return <NotReady load={load} />;
  if (!page) return <NotReady load={LOADING} />;
  if (page.rows.length === 0) return <p class="quiet">{t('auditNone')}</p>;
  return (
    <>
      <div class="office-table">
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">
                {t('auditPlace')}
              </th>
              <th scope="col">{t('officeWhen')}</th>
              <th scope="col">{t('auditWho')}</th>
              <th scope="col">{t('auditWhat')}</th>
              <th scope="col">{t('auditAbout')}</th>
              <th scope="col">{t('auditWhy')}</th>
            </tr>
          </thead>
          <tbody>
            {page.rows.map((row) => (
              <Row key={row.place} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <Pages next={page.next} />
    </>
  );
}

function Row({ row }: { row: AuditRow }) {
  return (
    <tr>
      <td class="number">{row.place}</td>
      <td>{formatDate(row.at, true)}</td>
      <td>{row.who}</td>
      <td>
        {titleOf(row.what)}
        <span class="quiet office-under">{row.what}</span>
      </td>
      <td class="office-long">
        {row.about || '–'}
        {row.detail !== '{}' && (
          <details>
            <summary>{t('auditDetail')}</summary>
            <code>{row.detail}</code>
          </details>
        )}
      </td>
      <td class="office-long">{row.why || '–'}</td>
    </tr>
  );
}

const isSubject = (name: string): name is AuditSubject => Object.hasOwn(AUDIT_SUBJECTS, name);

function titleOf(what: string): string {
  const [subject = ''] = what.split('.');
  return isSubject(subject) ? said(AUDIT_SUBJECTS[subject]) : subject;
}

function Pages({ next }: { next: number | undefined }) {
  const starts = auditStarts.value;
  return (
    <nav class="order-row" aria-label={t('auditPages')}>
      <button
        type="button"
        class="button"
        disabled={starts.length === 1}
        onClick={() => {
          auditStarts.value = starts.slice(0, -1);
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
          if (next !== undefined) auditStarts.value = [...starts, next];
        }}
      >
        {t('officeOlder')}
      </button>
    </nav>
  );
}
