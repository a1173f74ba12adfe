import { stepByKey } from '../parcel/step-finding.ts';
import { hideBuildings, lookOpen, toggleLook } from '../state/building-look.ts';
import { toggleUnderground } from '../state/dig.ts';
import { isSilenced } from '../state/letter-keys.ts';
import { mapTool } from '../state/map-tool.ts';
import { toggleMeasure } from '../state/measure.ts';
import { select, selection } from '../state/twin-state.ts';
import { closeViewTools, toggleViewTools, viewTool } from '../state/view-tools.ts';
import { toggleComparing } from '../whatif/city-banner.tsx';
import { helpOpen, toggleWorkSpace } from './layout.ts';
import { WORK_SPACES } from './work-spaces.ts';

const TYPING = 'input, select, textarea, [contenteditable]';

/** Keys of the whole page. Single characters act only while a map or nothing has the focus. */
export function listenToAppKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : undefined;
    if (target?.closest(TYPING) || helpOpen.value) return;
    if (event.key === 'Escape') {
      closeTopmost();
      return;
    }
    const onMap = target === document.body || target?.closest('.pane') !== null;
    if (isSilenced(event.key)) return;
    if (onMap || target?.closest('.parcel-panel')) stepByKey(event);
    if (!onMap) return;
    if (event.key === '?') helpOpen.value = true;
    if (event.key === 'm' || event.key === 'M') toggleMeasure();
    if (event.key === 'u' || event.key === 'U') toggleUnderground();
    if (event.key === 'b' || event.key === 'B') toggleLook();
    if (event.key === 't' || event.key === 'T') toggleViewTools();
    if (event.key === 'x' || event.key === 'X') hideSelected();
    if (event.key === 'c' || event.key === 'C') toggleComparing();
    // 0 stands for the tenth.
    const space = /^\d$/.test(event.key) ? WORK_SPACES[(Number(event.key) + 9) % 10] : undefined;
    if (space) toggleWorkSpace(space.name);
  });
}

/** The selected building is left out of the globe; what it is stays on its card. */
function hideSelected(): void {
  const chosen = selection.peek();
  if (chosen?.layer === 'buildings' || chosen?.layer === 'buildings_3d') {
    hideBuildings([chosen.id]);
    lookOpen.value = true;
  }
}

/** One level at a time: the points of a tool, the tool, the selected object, the tools of the view, the look of buildings. */
function closeTopmost(): void {
  if (mapTool.value) mapTool.value.cancel();
  else if (selection.value) select(undefined);
  else if (viewTool.value) closeViewTools();
  else if (lookOpen.value) lookOpen.value = false;
}
