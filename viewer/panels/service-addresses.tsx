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
          <AddressRow key={path} name={t(word)} address={addressOf(path)} />
        ))}
      </ul>
    </section>
  );
}

/** One address with what it is called; a button copies it. */
export function AddressRow({ name, address }: { name: string; address: string }) {
  return (
    <li class="service">
      <span class="service-name">{name}</span>
      <code>{address}</code>
      <button
        type="button"
        class="icon-button"
        aria-label={t('copyWhat', { what: name })}
        title={t('copyWhat', { what: name })}
        onClick={() => void copyText(address)}
      >
        <Icon name="copy" />
      </button>
    </li>
  );
}
