/** The area that somebody draws to have it checked as if it were a parcel. */
import { announce } from '../state/announcer.ts';
import { drawnRing, isDrawing } from '../state/checked-parcel.ts';
import { dropTool, type MapTool, takeTool } from '../state/map-tool.ts';
import { t } from '../text/text.ts';

const LEAST_CORNERS = 3;
/** Two clicks of a double click are one corner. */
const SAME_M = 0.3;

export const canFinish = (): boolean => (drawnRing.value?.length ?? 0) >= LEAST_CORNERS;

const TOOL: MapTool = {
  point: ({ at }) => addCorner(at),
  finish: finishArea,
  back: takeCornerBack,
  cancel: () => (drawnRing.peek()?.length ? takeCornerBack() : stopArea()),
};

export function startArea(): void {
  drawnRing.value = [];
  isDrawing.value = true;
  takeTool(TOOL);
  announce(t('parcelDrawHint'));
}

function addCorner([e, n]: readonly [number, number]): void {
  const before = drawnRing.peek() ?? [];
  const last = before.at(-1);
  if (last && Math.hypot(last[0] - e, last[1] - n) < SAME_M) return;
  drawnRing.value = [...before, [Math.round(e * 100) / 100, Math.round(n * 100) / 100]];
  announce(t('drawCorner', { n: before.length + 1 }));
}

export function takeCornerBack(): void {
  drawnRing.value = drawnRing.peek()?.slice(0, -1);
}

export function finishArea(): void {
  if (!canFinish()) return;
  isDrawing.value = false;
  dropTool(TOOL);
}

/** Lets go of the tool and of what was drawn. */
export function stopArea(): void {
  drawnRing.value = undefined;
  isDrawing.value = false;
  dropTool(TOOL);
}
