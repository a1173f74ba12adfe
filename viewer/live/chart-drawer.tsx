import { signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { t } from '../text/text.ts';
import { ChartPanel } from './chart-panel.tsx';

const heightPx = signal(300);
const KEY_STEP_PX = 24;
const [LEAST_PX, MOST_SHARE] = [200, 0.6];

const setHeight = (px: number): void => {
  heightPx.value = Math.round(Math.max(LEAST_PX, Math.min(px, window.innerHeight * MOST_SHARE)));
};

/** The chart under the map, as high as the reader wants it. */
export const ChartDrawer = () => (
  <div class="drawer" style={{ height: `${heightPx.value}px` }}>
    <ChartPanel handle={<Handle />} />
  </div>
);

function Handle() {
  const from = useRef<{ readonly y: number; readonly height: number } | undefined>(undefined);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is a widget, a rule is not
    <div
      class="drawer-handle"
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={t('chartHeight')}
      aria-valuenow={heightPx.value}
      aria-valuemin={LEAST_PX}
      aria-valuemax={Math.round(window.innerHeight * MOST_SHARE)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { y: event.clientY, height: heightPx.value };
      }}
      onPointerMove={(event) => {
        if (from.current) setHeight(from.current.height + from.current.y - event.clientY);
      }}
      onPointerUp={() => {
        from.current = undefined;
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowUp') setHeight(heightPx.value + KEY_STEP_PX);
        if (event.key === 'ArrowDown') setHeight(heightPx.value - KEY_STEP_PX);
      }}
    />
  );
}
