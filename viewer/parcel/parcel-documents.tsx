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
      <p>
        {t('parcelReport')}: <DocumentLink href={address('report.pdf')} format="PDF" />,{' '}
        <DocumentLink href={address('report.html')} format="HTML" />
      </p>
      <p>
        {t('parcelExtract')}: <DocumentLink href={address('extract.pdf')} format="PDF" />,{' '}
        <DocumentLink href={address('extract.html')} format="HTML" />
      </p>
    </section>
  );
}

const DocumentLink = ({ href, format }: { href: string; format: string }) => (
  <a href={href} target="_blank" rel="noreferrer" title={t('opensNewWindow')}>
    {format}
  </a>
);
