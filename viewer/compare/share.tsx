import { useSignal } from '@preact/signals';
import { Icon } from '../frame/icon.tsx';
import { copyText } from '../state/copy-text.ts';
import { language, t } from '../text/text.ts';
import { type Loaded, MOST_SHOWN, trafficHour } from './compare-state.ts';

/** The comparison for those who are elsewhere: as a document, and on another page. */
export function Share({ value }: { value: Loaded }) {
  const ids = value.scenarios.slice(0, MOST_SHOWN).map(({ id }) => id);
  if (ids.length === 0) return null;
  return (
    <>
      <Report ids={ids} />
      <Embed value={value} />
    </>
  );
}

function Report({ ids }: { ids: readonly string[] }) {
  const address = (format: 'pdf' | 'html' | 'docx') =>
    `./api/scenarios/compare/report.${format}?ids=${ids.join(',')}&trafficHour=${trafficHour.value}&lang=${language.value}`;
  return (
    <>
      <h2>{t('compareReport')}</h2>
      <p class="quiet">{t('compareReportWhat')}</p>
      <p class="compare-report">
        <a class="button" href={address('pdf')} target="_blank" rel="noopener">
          <Icon name="printer" /> PDF
        </a>
        <a class="button" href={address('html')} target="_blank" rel="noopener">
          <Icon name="eye" /> HTML
        </a>
        <a class="button" href={address('docx')}>
          <Icon name="download" /> DOCX
        </a>
      </p>
    </>
  );
}

function Embed({ value }: { value: Loaded }) {
  const chosen = useSignal<string | undefined>(undefined);
  const scenario = value.scenarios.find(({ id }) => id === chosen.value) ?? value.scenarios[0];
  if (!scenario) return null;
  const embed = new URL(`embed.html?scenario=${scenario.id}&lang=${language.value}`, document.baseURI).href;
  const frame = `<iframe src="${embed}" width="100%" height="640" title="${t('compareEmbedTitle')}"></iframe>`;
  return (
    <>
      <h2>{t('compareEmbed')}</h2>
      {value.scenarios.length > 1 && (
        <label class="compare-field">
          {t('compareEmbedOf')}
          <select
            value={scenario.id}
            onChange={(event) => {
              chosen.value = event.currentTarget.value;
            }}
          >
            {value.scenarios.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      <p class="quiet">{t('compareEmbedWhat', { title: scenario.title })}</p>
      <textarea class="compare-code" rows={3} readOnly value={frame} aria-label={t('compareEmbedCode')} />
      <button type="button" class="button" onClick={() => void copyText(frame, t('compareEmbedCode'))}>
        <Icon name="copy" /> {t('compareEmbedCopy')}
      </button>
    </>
  );
}
