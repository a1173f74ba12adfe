import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { t } from '../text/text.ts';
import { type SheetStop, sheetStop } from './layout.ts';

const STOPS: readonly SheetStop[] = ['peek', 'half', 'full'];
const DRAG_STEP_PX = 60;

/** On a phone the panel is a sheet with three stops; the handle is dragged, tapped or moved by arrows. */
export function BottomSheet({ label, children }: { label: string; children: ComponentChildren }) {
  const fromY = useRef<number | undefined>(undefined);
  const moved = useRef(false);
  const step = (by: number) => {
    const index = STOPS.indexOf(sheetStop.value) + by;
    sheetStop.value = STOPS[Math.max(0, Math.min(2, index))] ?? 'peek';
  };
  return (
    <section id="work-panel" class={`sheet ${sheetStop.value}`} aria-label={label}>
      <button
        type="button"
        class="sheet-handle"
        aria-expanded={sheetStop.value !== 'peek'}
        aria-label={t('sheetHandle')}
        onClick={() => {
          if (moved.current) return;
          sheetStop.value = sheetStop.value === 'peek' ? 'half' : 'peek';
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp') step(1);
          if (event.key === 'ArrowDown') step(-1);
        }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          fromY.current = event.clientY;
          moved.current = false;
        }}
        onPointerMove={(event) => {
          if (fromY.current === undefined) return;
          const up = fromY.current - event.clientY;
          if (Math.abs(up) < DRAG_STEP_PX) return;
          moved.current = true;
          fromY.current = event.clientY;
          step(Math.sign(up));
        }}
        onPointerUp={() => {
          fromY.current = undefined;
        }}
      />
      <div class="sheet-body scroll">{children}</div>
    </section>
  );
}
