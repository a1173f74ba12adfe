import type { SourceState } from '../../core/wire/cascade.ts';
import type { WireLayer } from '../../core/wire/city.ts';
import { addressIn } from '../api/city-api.ts';
import { formatCount, formatDate } from '../format/number.ts';
import { language, said, t } from '../text/text.ts';

/** In the line of a layer: that it is somebody else's, or that they are down. */
export function OutsideRemark({ state }: { state: SourceState }) {
  if (state.state !== 'down') return <span class="layer-remark">{t('outsideShort')}</span>;
  return (
    <span class="chip warning" title={stateWords(state)}>
      {t('outsideDownShort')}
    </span>
  );
}

const momentOf = (iso: string | null): string =>
  (iso === null ? undefined : formatDate(iso, true)) ?? t('noValue');

export function stateWords({ state, since, reason, keptAnswers, keptSince }: SourceState): string {
  if (state === 'unasked') return t('outsideUnasked');
  const moment = momentOf(since);
  if (state === 'works') return t('outsideWorks', { since: moment });
  const kept =
    keptAnswers === 0 || keptSince === null
      ? t('outsideNothingKept')
      : t('outsideKept', { n: formatCount(keptAnswers), since: momentOf(keptSince) });
  return `${t('outsideDown', { since: moment, reason: reason ?? t('noValue') })} ${kept}`;
}

/** How a layer of an outside service is drawn there, where it comes from, and how the service fares. */
export function OutsideFacts({ layer, state }: { layer: WireLayer; state: SourceState }) {
  const legend = new URLSearchParams({
    ...{ service: 'WMS', version: '1.3.0', request: 'GetLegendGraphic', sld_version: '1.1.0' },
    ...{ layer: layer.name, format: 'image/png', transparent: 'TRUE', language: language.value },
  });
  return (
    <>
      <p class={state.state === 'down' ? 'what-if-note warning' : 'quiet'} role="status">
        {stateWords(state)}
      </p>
      <img
        class="outside-legend"
        src={`${addressIn('', 'wms')}?${legend}`}
        alt={t('outsideLegend', { name: said(layer.title) })}
        onError={(event) => {
          event.currentTarget.hidden = true;
        }}
      />
      <p class="quiet">{said(layer.description)}</p>
      <dl class="facts">
        <dt>{t('layerSteward')}</dt>
        <dd>{said(layer.steward)}</dd>
        <dt>{t('layerLicence')}</dt>
        <dd>{said(layer.licence)}</dd>
        <dt>{t('layerSource')}</dt>
        <dd>{layer.status.source ?? t('noValue')}</dd>
        <dt>{t('outsideLastGood')}</dt>
        <dd>{momentOf(state.lastGoodAt)}</dd>
      </dl>
    </>
  );
}
