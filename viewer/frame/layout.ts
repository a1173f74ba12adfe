/** Where the pieces of the frame stand: panel, sheet, dialogs. Not part of a link. */
import { signal } from '@preact/signals';

export type SheetStop = 'peek' | 'half' | 'full';

export const PHONE_QUERY = '(max-width: 719px)';

export const panelOpen = signal(true);
/** Name of the work space whose panel is shown. */
export const workSpace = signal('explore');
export const panelWidthPx = signal(360);
export const sheetStop = signal<SheetStop>('peek');
export const helpOpen = signal(false);
export const isPhone = signal(false);

/** Shows a work space; the one that is shown already is put away. */
export function toggleWorkSpace(name: string): void {
  panelOpen.value = !(panelOpen.value && workSpace.value === name);
  workSpace.value = name;
}

export function watchPhone(): void {
  const query = matchMedia(PHONE_QUERY);
  isPhone.value = query.matches;
  query.addEventListener('change', () => {
    isPhone.value = query.matches;
  });
}

/** At least 60 % of the width stays with the map. */
export function clampPanelWidth(px: number, windowPx: number): number {
  return Math.round(Math.max(280, Math.min(px, windowPx * 0.4 - 56, 520)));
}
