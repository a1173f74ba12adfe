import { crsTitle } from '../../core/geo/crs-title.ts';
import type { WireLayer } from '../../core/wire/city.ts';
import { formatCount, formatDate } from '../format/number.ts';
import { outsideState } from '../state/outside-states.ts';
import { setLayer, settingOf } from '../state/twin-state.ts';
import { language, said, t, tn } from '../text/text.ts';
import { LegendClasses } from './legend-classes.tsx';
import { OutsideFacts } from './outside-facts.tsx';

/** How a layer is drawn, how strongly, and where it comes from. */
export function LayerDetails({ layer }: { layer: WireLayer }) {
  const { status, maxScaleDenominator } = layer;
  const outside = outsideState(layer);
  if (outside) {
    return (
      <>
        <Opacity layer={layer} />
        <OutsideFacts layer={layer} state={outside} />
      </>
    );
  }
  const date = status.loadedAt ? formatDate(status.loadedAt) : undefined;
  return (
    <>
      <LegendClasses layer={layer} />
      <Opacity layer={layer} />
      <p class="quiet">{said(layer.description)}</p>
      {status.count === 0 && <p class="quiet">{t('layerEmpty')}</p>}
      <dl class="facts">
        <dt>{t('layerObjects')}</dt>
        <dd>
          {formatCount(status.count)} {status.synthetic && <span class="chip warning">{t('synthetic')}</span>}
        </dd>
        <dt>{t('dataDate')}</dt>
        <dd>
          {date ?? t('layerUnknownDate')}{' '}
          {status.stale && status.ageDays !== null && (
            <span class="chip warning">{tn('layerStale', status.ageDays, { days: status.ageDays })}</span>
          )}
        </dd>
        {maxScaleDenominator !== undefined && (
          <>
            <dt>{t('scale')}</dt>
            <dd>{t('layerFromScale', { scale: formatCount(maxScaleDenominator) })}</dd>
          </>
        )}
        <dt>{t('layerSource')}</dt>
        <dd>{status.source ?? t('noValue')}</dd>
        <dt>{t('layerSteward')}</dt>
        <dd>{said(layer.steward)}</dd>
        <dt>{t('layerLicence')}</dt>
        <dd>{said(layer.licence)}</dd>
        <dt>{t('layerCrs')}</dt>
        <dd>{crsTitle(layer.srid, language.value)}</dd>
        <dt>{t('layerVersion')}</dt>
        <dd>{status.version}</dd>
      </dl>
    </>
  );
}

function Opacity({ layer }: { layer: WireLayer }) {
  const { opacity } = settingOf(layer);
  const percent = Math.round(opacity * 100);
  return (
    <label class="opacity">
      <span>{t('layerOpacity')}</span>
      <input
        type="range"
        min="0"
        max="100"
        step="5"
        value={percent}
        onInput={(event) => setLayer(layer, { opacity: Number(event.currentTarget.value) / 100 })}
      />
      <output>{percent} %</output>
    </label>
  );
}
