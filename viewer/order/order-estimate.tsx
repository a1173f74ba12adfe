import { formatCount, megabytes } from '../format/number.ts';
import { lastOf } from '../state/load.ts';
import { said, t, tn } from '../text/text.ts';
import { estimate, missing, order } from './order-state.ts';

const MISSING_WORDS = {
  parcel: 'orderPickParcel',
  area: 'orderNoArea',
  layers: 'orderNoLayers',
  formats: 'orderNoFormats',
  case: 'orderNoCase',
} as const;

/** How much is ordered, or what is missing of the order. */
export function OrderEstimate() {
  const known = lastOf(estimate.value);
  const lack = missing.value;
  if (!order.value) return <p class="quiet">{t(MISSING_WORDS[lack ?? 'area'])}</p>;
  if (estimate.value.kind === 'failed') {
    return (
      <p class="what-if-note warning" role="alert">
        {t('orderRefused', { reason: estimate.value.reason })}
      </p>
    );
  }
  if (!known) return <p class="quiet">{t('orderEstimating')}</p>;
  const left = [...new Set(known.skipped.map(({ reason }) => said(reason)))];
  return (
    <div role="status">
      <p>
        <b>{tn('orderObjects', known.objects, { n: formatCount(known.objects) })}</b>{' '}
        {t('orderAmount', { mb: megabytes(known.bytes), s: formatCount(Math.ceil(known.seconds)) })}
      </p>
      {lack && <p class="quiet">{t(MISSING_WORDS[lack])}</p>}
      {left.map((reason) => (
        <p key={reason} class="quiet">
          {t('orderLeftOut', { reason })}
        </p>
      ))}
    </div>
  );
}
