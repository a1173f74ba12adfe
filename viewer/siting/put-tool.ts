/** The tool that puts a new site where somebody points at the map. */
import { signal } from '@preact/signals';
import { announce } from '../state/announcer.ts';
import { dropTool, type MapTool, takeTool } from '../state/map-tool.ts';
import { t } from '../text/text.ts';
import { putSite } from './siting-state.ts';

export const isPutting = signal(false);

const TOOL: MapTool = {
  point: ({ at }) => {
    putSite(at);
    stopPutting();
  },
  finish: stopPutting,
  back: stopPutting,
  cancel: stopPutting,
};

export function startPutting(): void {
  isPutting.value = true;
  takeTool(TOOL);
  announce(t('sitingPutHint'));
}

export function stopPutting(): void {
  isPutting.value = false;
  dropTool(TOOL);
}
