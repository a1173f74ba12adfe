import { addressOf } from '../api/city-api.ts';
import { Icon } from '../frame/icon.tsx';
import { copyText } from '../state/copy-text.ts';
import { t } from '../text/text.ts';

const SERVICES = [
  { word: 'serviceWfs', path: 'wfs' },
  { word: 'serviceOgc', path: 'ogc' },
] as const;

/** Where other programs find the same data. */
export function ServiceAddresses() {
  return (
    <section class="services">
      <h2 class="panel-subtitle">{t('services')}</h2>
      <p class="quiet">{t('servicesHint')}</p>
      <ul>
        {SERVICES.map(({ word, path }) => (
          <li key={path} class="service">
            <span class="service-name">{t(word)}</span>
            <code>{addressOf(path)}</code>
            <button
              type="button"
              class="icon-button"
              aria-label={t('copyWhat', { what: t(word) })}
              title={t('copyWhat', { what: t(word) })}
              onClick={() => void copyText(addressOf(path))}
            >
              <Icon name="copy" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
