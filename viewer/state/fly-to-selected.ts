import { bboxOf } from '../../core/geo/bbox.ts';
import { selectedItem } from './selected-item.ts';
import { flyTo } from './twin-state.ts';

let wanted = false;

/** Flies to the selected object, now or as soon as it is loaded. */
export function flyToSelected(): void {
  wanted = true;
  fly();
}

function fly(): void {
  const state = selectedItem.peek();
  if (!wanted || state.kind === 'loading') return;
  wanted = false;
  const box = state.kind === 'ready' && state.item.geometry ? bboxOf(state.item.geometry, 2177) : undefined;
  if (box) flyTo([box.minX, box.minY, box.maxX, box.maxY]);
}

selectedItem.subscribe(fly);
