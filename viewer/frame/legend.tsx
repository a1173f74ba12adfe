import { useSignal } from '@preact/signals';
import type { WireLayer } from '../../core/wire/city.ts';
import { sensorsOnMap } from '../live/live-state.ts';
import { SensorLegend } from '../live/sensor-legend.tsx';
import { LookClasses } from '../look/look-classes-list.tsx';
import { LayerSwatch } from '../panels/layer-swatch.tsx';
import { LegendClasses } from '../panels/legend-classes.tsx';
import { lookAttribute } from '../state/building-look.ts';
import { isInScale } from '../state/layer-scale.ts';
import { sensorsShown } from '../state/live-view.ts';
import { layers, mode, settingOf } from '../state/twin-state.ts';
import { said, t } from '../text/text.ts';
import { Icon } from './icon.tsx';
import { isPhone } from './layout.ts';

/** A chip at the foot of the map that opens to the classes of the layers now drawn. */
export function Legend() {
  const open = useSignal(false);
  if (isPhone.value) return null;
  return (
    <div class="legend">
      {open.value && (
        <div class="legend-body scroll" id="legend-body">
          <LegendContent />
        </div>
      )}
      <button
        type="button"
        class="legend-chip"
        aria-expanded={open.value}
        aria-controls="legend-body"
        onClick={() => {
          open.value = !open.value;
        }}
      >
        {t('legend')}
        <Icon name="chevron-down" class={open.value ? '' : 'turned'} />
      </button>
    </div>
  );
}

/** Also printed under the map. */
export function LegendContent() {
  const drawn = layers.value.filter(isDrawn).toReversed();
  const hasSensors = sensorsShown.value && sensorsOnMap.value.length > 0;
  if (drawn.length === 0 && !hasSensors) return <p class="quiet">{t('legendNothing')}</p>;
  return (
    <>
      {hasSensors && <SensorLegend />}
      {drawn.map((layer) => (
        <section key={layer.name}>
          <h3>
            <LayerSwatch layer={layer} />
            {said(layer.title)}
          </h3>
          {layer.dimension === 3 && lookAttribute.value ? (
            <LookClasses attribute={lookAttribute.value} />
          ) : (
            <LegendClasses layer={layer} />
          )}
        </section>
      ))}
    </>
  );
}

function isDrawn(layer: WireLayer): boolean {
  if (!settingOf(layer).visible || layer.status.count === 0) return false;
  return layer.dimension === 3 ? mode.value !== '2d' : isInScale(layer);
}
