import { useSignal } from '@preact/signals';
import type { SitingPreviewReply } from '../../core/wire/siting-answer.ts';
import { ask } from '../api/ask.ts';
import { addressOf } from '../api/city-api.ts';
import { Icon } from '../frame/icon.tsx';
import { saveFile } from '../state/save-file.ts';
import { language, t } from '../text/text.ts';
import { refusalText } from './refusal-words.ts';
import { saveSitingCsv, saveSitingGeoJson, sitingFileName } from './siting-files.ts';
import { previewOf, questionOf } from './siting-query.ts';
import { isBestShown, sitingAsk } from './siting-state.ts';

/** Written by the service. */
type ReportFormat = 'pdf' | 'gpkg';

/** What is on the screen for print and for other programs. */
export function SitingExport({ told }: { told: SitingPreviewReply }) {
  const busy = useSignal<ReportFormat | undefined>(undefined);
  const failure = useSignal<unknown>(undefined);
  const save = async (format: ReportFormat) => {
    busy.value = format;
    failure.value = undefined;
    try {
      saveFile(await reportOf(format), sitingFileName(format));
    } catch (error) {
      failure.value = error;
    }
    busy.value = undefined;
  };
  const isBusy = busy.value !== undefined;
  return (
    <section aria-labelledby="siting-export-title">
      <h2 id="siting-export-title" class="panel-subtitle">
        {t('sitingExport')}
      </h2>
      <div class="siting-actions">
        <button type="button" class="button" disabled={isBusy} onClick={() => void save('pdf')}>
          <Icon name="printer" />
          {t(busy.value === 'pdf' ? 'sitingWriting' : 'sitingPdf')}
        </button>
        <button type="button" class="button" onClick={() => saveSitingCsv(told)}>
          <Icon name="download" />
          CSV
        </button>
        <button type="button" class="button" onClick={() => saveSitingGeoJson(told)}>
          <Icon name="download" />
          GeoJSON
        </button>
        <button type="button" class="button" disabled={isBusy} onClick={() => void save('gpkg')}>
          <Icon name="download" />
          GeoPackage
        </button>
      </div>
      {failure.value !== undefined && (
        <p class="what-if-refusal" role="alert">
          {t('sitingReportFailed', { reason: refusalText(failure.value) })}
        </p>
      )}
      <p class="quiet">{t('sitingExportHint')}</p>
    </section>
  );
}

/** Of the best sites with their proof, or of sites as they have been put. */
async function reportOf(format: ReportFormat): Promise<Blob> {
  const asked = sitingAsk.peek();
  const body = isBestShown.peek() ? { question: questionOf(asked) } : { preview: previewOf(asked) };
  const reply = await ask(addressOf(`api/siting/report.${format}?lang=${language.peek()}`), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return reply.blob();
}
