import { useSignal } from '@preact/signals';
import type { WireLayer } from '../../core/wire/city.ts';
import { formatCount } from '../format/number.ts';
import { Icon } from '../frame/icon.tsx';
import { activeMap } from '../state/active-map.ts';
import { announce } from '../state/announcer.ts';
import { isTooFar } from '../state/layer-scale.ts';
import { outsideState } from '../state/outside-states.ts';
import { mode, setLayer, settingOf } from '../state/twin-state.ts';
import { said, t, tn } from '../text/text.ts';
import { LayerDetails } from './layer-details.tsx';
import { LayerSwatch } from './layer-swatch.tsx';
import { OutsideRemark } from './outside-facts.tsx';

/** One layer in one line: swatch, name, what is doubtful or how many, eye. Legend, opacity and origin on demand. */
export function LayerRow({ layer }: { layer: WireLayer }) {
  const open = useSignal(false);
  const { visible } = settingOf(layer);
  const name = said(layer.title);
  const detailsId = `layer-${layer.name}`;
  return (
    <li class={`layer-row ${visible ? '' : 'off'} ${open.value ? 'open' : ''}`}>
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
        <LayerRemark layer={layer} />
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
      <div id={detailsId} class="layer-details" hidden={!open.value}>
        {open.value && <LayerDetails layer={layer} />}
      </div>
    </li>
  );
}

/** Why a visible layer is not on the screen, or that it is old; else how many objects it has. */
function LayerRemark({ layer }: { layer: WireLayer }) {
  const { status, maxScaleDenominator } = layer;
  const { visible } = settingOf(layer);
  const outside = outsideState(layer);
  if (outside?.state === 'down') return <OutsideRemark state={outside} />;
  if (status.count === 0 && !outside) return <span class="layer-remark">{t('layerNone')}</span>;
  if (visible && maxScaleDenominator !== undefined && isTooFar(layer)) {
    const scale = formatCount(maxScaleDenominator);
    return (
      <button
        type="button"
        class="text-button layer-remark"
        title={`${t('layerFromScale', { scale })}. ${t('layerZoomToScale')}`}
        aria-label={`${said(layer.title)}: ${t('layerFromScale', { scale })}. ${t('layerZoomToScale')}`}
        onClick={() => activeMap()?.showScale(maxScaleDenominator * 0.8)}
      >
        {t('layerFromScaleShort', { scale })}
      </button>
    );
  }
  if (outside) return <OutsideRemark state={outside} />;
  if (status.stale && status.ageDays !== null) {
    return (
      <span class="chip warning" title={tn('layerStale', status.ageDays, { days: status.ageDays })}>
        {t('layerStaleShort', { days: status.ageDays })}
      </span>
    );
  }
  if (visible && layer.dimension === 3 && mode.value === '2d') {
    return <span class="layer-remark">{t('layerOnly3d')}</span>;
  }
  return (
    <span class="layer-remark" title={tn('layerCount', status.count, { n: formatCount(status.count) })}>
      {formatCount(status.count)}
    </span>
  );
}
