/** Which of the tools of the 3D view is open. */
import { signal } from '@preact/signals';

export const VIEW_TOOLS = ['picture', 'clip'] as const;
export type ViewTool = (typeof VIEW_TOOLS)[number];

/** Undefined while the panel is closed. */
export const viewTool = signal<ViewTool | undefined>(undefined);

/** The one that was open last comes back. */
let last: ViewTool = 'picture';

export function openViewTool(tool: ViewTool): void {
  last = tool;
  viewTool.value = tool;
}

export function closeViewTools(): void {
  viewTool.value = undefined;
}

export function toggleViewTools(): void {
  if (viewTool.peek()) closeViewTools();
  else openViewTool(last);
}
