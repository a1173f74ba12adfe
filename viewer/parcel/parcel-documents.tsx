import { Fragment } from 'preact';
import type { ParcelCheck } from '../../core/wire/parcel-check.ts';
import { addressOf } from '../api/city-api.ts';
import { checkedParcel } from '../state/checked-parcel.ts';
import { language, t } from '../text/text.ts';

/** The check and the plans of the parcel for print, by the same law and in the same state of the city. */
export function ParcelDocuments({ check: { asked } }: { check: ParcelCheck }) {
  const id = checkedParcel.value;
  if (id === undefined) return null;
  const address = (what: string) =>
    addressOf(
      `api/parcels/${encodeURIComponent(id)}/${what}?lang=${language.value}&lawDate=${asked.lawDate}`,
    );
  return (
    <section class="parcel-documents" aria-label={t('parcelDocuments')}>
      <h3 class="panel-subtitle">{t('parcelDocuments')}</h3>
      <DocumentLinks title={t('parcelReport')} address={(format) => address(`report.${format}`)} />
      <DocumentLinks title={t('parcelExtract')} address={(format) => address(`extract.${format}`)} />
    </section>
  );
}

const FORMATS = ['pdf', 'html', 'docx'] as const;

function DocumentLinks({ title, address }: { title: string; address: (format: string) => string }) {
  return (
    <p>
      {title}:{' '}
      {FORMATS.map((format, index) => (
        <Fragment key={format}>
          {index > 0 && ', '}
          <a href={address(format)} target="_blank" rel="noreferrer" title={t('opensNewWindow')}>
            {format.toUpperCase()}
          </a>
        </Fragment>
      ))}
    </p>
  );
}
