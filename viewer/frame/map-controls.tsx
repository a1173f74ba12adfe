import { activeMap } from '../state/active-map.ts';
import { isLookChanged, lookOpen, toggleLook } from '../state/building-look.ts';
import { isUnderground, toggleUnderground } from '../state/dig.ts';
import { measurement, toggleMeasure } from '../state/measure.ts';
import { globeView, mode } from '../state/twin-state.ts';
import { toggleViewTools, viewTool } from '../state/view-tools.ts';
import { t } from '../text/text.ts';
import { Icon, type IconName } from './icon.tsx';
import { showCity } from './map-keys.ts';

export function MapControls() {
  const heading = globeView.value?.headingDeg ?? 0;
  return (
    <fieldset class="map-controls" aria-label={t('map')}>
      {mode.value !== '2d' && (
        <button
          type="button"
          class="icon-button"
          aria-label={t('north')}
          title={`${t('north')} (N)`}
          onClick={() => activeMap()?.northUp()}
        >
          <Needle headingDeg={heading} />
        </button>
      )}
      <button
        type="button"
        class="icon-button"
        aria-label={t('measure')}
        title={`${t('measure')} (M)`}
        aria-pressed={measurement.value !== undefined}
        onClick={toggleMeasure}
      >
        <Icon name="ruler" />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={t('digOpen')}
        title={`${t('digOpen')} (U)`}
        aria-pressed={isUnderground.value}
        onClick={toggleUnderground}
      >
        <Icon name="shovel" />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={t('lookOpen')}
        title={`${t('lookOpen')} (B)`}
        aria-pressed={lookOpen.value || isLookChanged.value}
        onClick={toggleLook}
      >
        <Icon name="palette" />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={t('viewToolsOpen')}
        title={`${t('viewToolsOpen')} (T)`}
        aria-pressed={viewTool.value !== undefined}
        onClick={toggleViewTools}
      >
        <Icon name="camera" />
      </button>
      <Control icon="house" label={t('home')} keyName="H" onClick={showCity} />
      <Control icon="plus" label={t('zoomIn')} keyName="+" onClick={() => activeMap()?.zoomBy(1)} />
      <Control icon="minus" label={t('zoomOut')} keyName="−" onClick={() => activeMap()?.zoomBy(-1)} />
    </fieldset>
  );
}

function Control({
  icon,
  label,
  keyName,
  onClick,
}: {
  icon: IconName;
  label: string;
  keyName: string;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={`${label} (${keyName})`}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

function Needle({ headingDeg }: { headingDeg: number }) {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      aria-hidden="true"
      style={{ transform: `rotate(${-headingDeg}deg)` }}
    >
      <path d="M10 1.5 13.4 10H6.6z" fill="#c23b2e" />
      <path d="M10 18.5 6.6 10h6.8z" fill="currentColor" opacity="0.55" />
    </svg>
  );
}
