import { useSignal } from '@preact/signals';
import { reasonOf } from '../../core/errors.ts';
import { ask } from '../api/ask.ts';
import { addressIn } from '../api/city-api.ts';
import { Icon } from '../frame/icon.tsx';
import { saveFile } from '../state/save-file.ts';
import { language, t } from '../text/text.ts';
import { runWithTrips, type TrafficAnswer } from './traffic-state.ts';

const FILES = [
  { file: 'report.pdf', label: undefined, hasTrips: false },
  { file: 'links.csv', label: 'CSV', hasTrips: false },
  { file: 'gmns.zip', label: 'GMNS', hasTrips: true },
  { file: 'sumo.zip', label: 'SUMO', hasTrips: true },
] as const;
type FileName = (typeof FILES)[number]['file'];

/** What is on the screen for print and for other programs. */
export function TrafficExport({ answer }: { answer: TrafficAnswer }) {
  const busy = useSignal<FileName | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  const save = async ({ file, hasTrips }: (typeof FILES)[number]) => {
    busy.value = file;
    failure.value = undefined;
    try {
      // Trips from zone to zone are many: only these files ask for them.
      const run = hasTrips ? await runWithTrips() : answer.run;
      const address = addressIn('', `api/traffic/runs/${run}/${file}?lang=${language.peek()}`);
      saveFile(await (await ask(address)).blob(), `blizniak-${t('trafficFileName')}-${file}`);
    } catch (error) {
      failure.value = reasonOf(error);
    }
    busy.value = undefined;
  };
  return (
    <section aria-labelledby="traffic-export-title">
      <h2 id="traffic-export-title" class="panel-subtitle">
        {t('trafficExport')}
      </h2>
      <div class="traffic-actions">
        {FILES.map((each) => (
          <button
            key={each.file}
            type="button"
            class="button"
            disabled={busy.value !== undefined}
            onClick={() => void save(each)}
          >
            <Icon name={each.label ? 'download' : 'printer'} />
            {busy.value === each.file ? t('trafficWriting') : (each.label ?? t('trafficPdf'))}
          </button>
        ))}
      </div>
      {failure.value !== undefined && (
        <p class="what-if-refusal" role="alert">
          {t('trafficFileFailed', { reason: failure.value })}
        </p>
      )}
      <p class="quiet">{t('trafficExportHint')}</p>
    </section>
  );
}
