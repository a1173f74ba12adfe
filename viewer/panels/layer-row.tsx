import { useSignal } from '@preact/signals';
import type { WireLayer } from '../../core/wire/city.ts';
import { formatCount, formatDate } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { activeMap } from '../state/active-map.ts';
import { announce } from '../state/announcer.ts';
import { mode, scaleDenominator, setLayer, settingOf } from '../state/twin-state.ts';
import { said, t, tn } from '../text/text.ts';
import { LayerSwatch } from './layer-swatch.tsx';

/** One layer: swatch, name, eye; date and source below; opacity and origin on demand. */
export function LayerRow({ layer }: { layer: WireLayer }) {
  const open = useSignal(false);
  const { visible } = settingOf(layer);
  const name = said(layer.title);
  const detailsId = `layer-${layer.name}`;
  return (
    <li class={`layer-row ${visible ? '' : 'off'}`}>
      <div class="layer-head">
        <LayerSwatch layer={layer} />
        <button
          type="button"
          class="layer-name"
          aria-expanded={open.value}
          aria-controls={detailsId}
          onClick={() => {
            open.value = !open.value;
          }}
        >
          <span>{name}</span>
          <Icon name="chevron-down" class={open.value ? 'turned' : ''} />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-pressed={visible}
          aria-label={t(visible ? 'layerHide' : 'layerShow', { name })}
          title={t(visible ? 'layerHide' : 'layerShow', { name })}
          onClick={() => {
            setLayer(layer, { visible: !visible });
            announce(t(visible ? 'layerHidden' : 'layerVisible', { name }));
          }}
        >
          <Icon name={visible ? 'eye' : 'eye-off'} />
        </button>
      </div>
      {(visible || open.value) && <LayerFacts layer={layer} />}
      <div id={detailsId} class="layer-details" hidden={!open.value}>
        <Opacity layer={layer} />
        <p class="quiet">{said(layer.description)}</p>
        <dl class="facts">
          <dt>{t('layerSource')}</dt>
          <dd>{layer.status.source ?? t('noValue')}</dd>
          <dt>{t('layerSteward')}</dt>
          <dd>{said(layer.steward)}</dd>
          <dt>{t('layerLicence')}</dt>
          <dd>{said(layer.licence)}</dd>
          <dt>{t('layerCrs')}</dt>
          <dd>EPSG:{layer.srid}</dd>
          <dt>{t('layerVersion')}</dt>
          <dd>{layer.status.version}</dd>
        </dl>
      </div>
    </li>
  );
}

/** Count, date and doubts about them, in one line. */
function LayerFacts({ layer }: { layer: WireLayer }) {
  const { status, maxScaleDenominator } = layer;
  if (status.count === 0) return <p class="layer-facts">{t('layerEmpty')}</p>;
  const date = status.loadedAt ? formatDate(status.loadedAt) : undefined;
  const tooFar =
    mode.value === '2d' &&
    layer.dimension === 2 &&
    maxScaleDenominator !== undefined &&
    scaleDenominator.value > maxScaleDenominator * 1.001;
  return (
    <p class="layer-facts">
      <span>{tn('layerCount', status.count, { n: formatCount(status.count) })}</span>
      <span>{date ? t('layerLoaded', { date }) : t('layerUnknownDate')}</span>
      {layer.dimension === 3 && mode.value === '2d' && <span>{t('layerOnly3d')}</span>}
      {status.synthetic && <span class="chip warning">{t('synthetic')}</span>}
      {status.stale && status.ageDays !== null && (
        <span class="chip warning">{tn('layerStale', status.ageDays, { days: status.ageDays })}</span>
      )}
      {tooFar && (
        <span>
          {t('layerFromScale', { scale: formatCount(maxScaleDenominator) })}{' '}
          <button
            type="button"
            class="text-button"
            onClick={() => activeMap()?.showScale(maxScaleDenominator * 0.8)}
          >
            {t('layerZoomToScale')}
          </button>
        </span>
      )}
    </p>
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
