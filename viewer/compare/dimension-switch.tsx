import { webglAvailable } from '../state/twin-state.ts';
import { t } from '../text/text.ts';
import { dimension } from './compare-state.ts';

/** Plan or model. */
export function DimensionSwitch() {
  return (
    <fieldset class="segmented" aria-label={t('mode')}>
      {(['2d', '3d'] as const).map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={dimension.value === each}
          disabled={each === '3d' && !webglAvailable.value}
          onClick={() => {
            dimension.value = each;
          }}
        >
          {t(each === '2d' ? 'mode2d' : 'mode3d')}
        </button>
      ))}
    </fieldset>
  );
}
