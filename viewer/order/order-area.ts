/** The area that somebody draws to order what lies in it. */
import { signal } from '@preact/signals';
import { announce } from '../state/announcer.ts';
import { dropTool, type MapTool, takeTool } from '../state/map-tool.ts';
import { t } from '../text/text.ts';

/** Corners, easting and northing; not closed. */
export const drawnArea = signal<readonly (readonly [number, number])[]>([]);
export const isDrawingArea = signal(false);

const LEAST_CORNERS = 3;
/** Two clicks of a double click are one corner. */
const SAME_M = 0.3;

const TOOL: MapTool = {
  point: ({ at }) => addCorner(at),
  finish: finishOrderArea,
  back: takeBack,
  cancel: () => (drawnArea.peek().length > 0 ? takeBack() : stopOrderArea()),
};

export function startOrderArea(): void {
  drawnArea.value = [];
  isDrawingArea.value = true;
  takeTool(TOOL);
  announce(t('orderDrawHint'));
}

function addCorner([e, n]: readonly [number, number]): void {
  const last = drawnArea.peek().at(-1);
  if (last && Math.hypot(last[0] - e, last[1] - n) < SAME_M) return;
  drawnArea.value = [...drawnArea.peek(), [Math.round(e * 100) / 100, Math.round(n * 100) / 100]];
  announce(t('drawCorner', { n: drawnArea.peek().length }));
}

function takeBack(): void {
  drawnArea.value = drawnArea.peek().slice(0, -1);
}

export function finishOrderArea(): void {
  if (drawnArea.peek().length < LEAST_CORNERS) return;
  isDrawingArea.value = false;
  dropTool(TOOL);
}

export function stopOrderArea(): void {
  drawnArea.value = [];
  isDrawingArea.value = false;
  dropTool(TOOL);
}
