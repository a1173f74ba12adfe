import { quality, switchQuality } from '../state/quality.ts';
import { globeState, mode } from '../state/twin-state.ts';
import { t } from '../text/text.ts';

/** Says when the 3D model is drawn more simply, and lets people choose. */
export function QualityChip() {
  if (mode.value === '2d' || globeState.value.kind !== 'ready') return null;
  const low = quality.value === 'low';
  return (
    <button
      type="button"
      class="text-button quality"
      title={t(low ? 'qualityLowTitle' : 'qualityHighTitle')}
      onClick={switchQuality}
    >
      {t(low ? 'qualityLow' : 'qualityHigh')}
    </button>
  );
}
