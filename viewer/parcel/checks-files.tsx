import { useSignal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import { Icon } from '../frame/icon.tsx';
import { lawDay } from '../state/checked-parcel.ts';
import { saveFile } from '../state/save-file.ts';
import { language, t } from '../text/text.ts';
import { type ChecksAsked, fetchChecksFile } from './parcel-api.ts';

const DATA = [
  { label: 'CSV', ending: 'csv', path: 'api/checks?f=csv' },
  { label: 'GeoPackage', ending: 'gpkg', path: 'api/checks?f=gpkg' },
] as const;
const DOCUMENTS = ['pdf', 'html', 'docx'] as const;

/**
 * The answer to keep: rows and layers for other programs, documents for people.
 * @param documented what documents are made of; undefined = none can be
 */
export function ChecksFiles({
  asked,
  documented,
}: {
  asked: ChecksAsked;
  documented: ChecksAsked | undefined;
}) {
  const busy = useSignal<string | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const save = async (ending: string, path: string, what: ChecksAsked) => {
    busy.value = ending;
    problem.value = undefined;
    try {
      saveFile(await fetchChecksFile(path, what, lawDay.peek()), `${t('parcelFileName')}.${ending}`);
    } catch (error) {
      problem.value = reasonOf(error);
    } finally {
      busy.value = undefined;
    }
  };
  const button = (label: string, ending: string, path: string, what: ChecksAsked) => (
    <button
      key={ending}
      type="button"
      class="button"
      disabled={busy.value !== undefined}
      aria-busy={busy.value === ending}
      onClick={() => void save(ending, path, what)}
    >
      <Icon name="download" />
      {label}
    </button>
  );
  return (
    <section class="parcel-documents" aria-label={t('parcelFiles')}>
      <h2 class="panel-subtitle">{t('parcelFiles')}</h2>
      <div class="what-if-actions">
        {DATA.map(({ label, ending, path }) => button(label, ending, path, asked))}
      </div>
      {documented && (
        <div class="what-if-actions">
          {DOCUMENTS.map((format) =>
            button(
              format.toUpperCase(),
              format,
              `api/checks/report.${format}?lang=${language.value}`,
              documented,
            ),
          )}
        </div>
      )}
      {busy.value !== undefined && <p role="status">{t('parcelFileMaking')}…</p>}
      {problem.value !== undefined && (
        <p class="what-if-note warning" role="alert">
          {t('parcelFailed', { reason: problem.value })}
        </p>
      )}
    </section>
  );
}
