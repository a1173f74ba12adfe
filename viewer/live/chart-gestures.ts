/** Wheel, drag, two fingers and keys move and stretch the time of a chart. */

import type { Plot } from './chart-plot.ts';
import { moved, zoomed } from './chart-range.ts';
import { chartStretch, setRange } from './chart-state.ts';
import { atMs, nowMs } from './live-state.ts';

const WHEEL_ZOOM = 1.0015;
const KEY_ZOOM = 1.5;
const KEY_STEP = 0.1;

const lastMs = (): number => Math.max(nowMs.peek(), atMs.peek());

function zoomBy(factor: number, aboutMs: number): void {
  setRange(zoomed(chartStretch.peek(), factor, aboutMs, lastMs()));
}

export function panBy(byMs: number): void {
  setRange(moved(chartStretch.peek(), byMs, lastMs()));
}

/** Returns a function that stops listening. */
export function listenToGestures(area: HTMLElement, plot: Plot): () => void {
  const fingers = new Map<number, number>();
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const across = event.shiftKey ? event.deltaY : event.deltaX;
    if (Math.abs(across) > Math.abs(event.deltaY) || event.shiftKey) panBy(across * plot.msPerPixel());
    else zoomBy(WHEEL_ZOOM ** event.deltaY, plot.momentAt(event.clientX));
  };
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    area.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event.clientX);
  };
  const onMove = (event: PointerEvent) => {
    const before = fingers.get(event.pointerId);
    if (before === undefined) return;
    const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, x]) => x);
    fingers.set(event.pointerId, event.clientX);
    if (other === undefined) panBy((before - event.clientX) * plot.msPerPixel());
    else {
      const [was, is] = [Math.abs(before - other), Math.abs(event.clientX - other)];
      if (was > 4 && is > 4) zoomBy(was / is, plot.momentAt((event.clientX + other) / 2));
    }
  };
  const onUp = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
  };
  const onDouble = (event: MouseEvent) => zoomBy(1 / 2, plot.momentAt(event.clientX));
  area.addEventListener('wheel', onWheel, { passive: false });
  area.addEventListener('pointerdown', onDown);
  area.addEventListener('pointermove', onMove);
  area.addEventListener('pointerup', onUp);
  area.addEventListener('pointercancel', onUp);
  area.addEventListener('dblclick', onDouble);
  return () => {
    area.removeEventListener('wheel', onWheel);
    area.removeEventListener('pointerdown', onDown);
    area.removeEventListener('pointermove', onMove);
    area.removeEventListener('pointerup', onUp);
    area.removeEventListener('pointercancel', onUp);
    area.removeEventListener('dblclick', onDouble);
  };
}

type Act = (widthMs: number, middleMs: number) => void;

const KEYS: Readonly<Record<string, Act>> = {
  ArrowLeft: (width) => panBy(-KEY_STEP * width),
  ArrowRight: (width) => panBy(KEY_STEP * width),
  PageUp: (width) => panBy(-width),
  PageDown: (width) => panBy(width),
  '+': (_, middle) => zoomBy(1 / KEY_ZOOM, middle),
  '=': (_, middle) => zoomBy(1 / KEY_ZOOM, middle),
  '-': (_, middle) => zoomBy(KEY_ZOOM, middle),
  End: () => panBy(Number.MAX_SAFE_INTEGER / 4),
};

/** Keys of the focused chart. */
export function onChartKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  const [fromMs, toMs] = chartStretch.peek();
  act(toMs - fromMs, (fromMs + toMs) / 2);
}
