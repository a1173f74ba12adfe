import type { CesiumWidget, ImageryLayer } from '@cesium/engine';
import { effect } from '@preact/signals';
import { theme } from '../state/theme.ts';
import { SCENARIO_INK } from '../style/ink.ts';
import { editOutlines } from '../whatif/edits/edit-outlines.ts';
import { makeSelectionDrape } from './selection-drape.ts';

/** Each is a picture of its own on the ground. */
const MOST_DRAWN = 12;

/** Lays the outlines of buildings that the open scenario demolishes on the ground where they stood. */
export function followDemolished({ scene }: CesiumWidget): () => void {
  let drapes: readonly ImageryLayer[] = [];
  return effect(() => {
    for (const drape of drapes) scene.imageryLayers.remove(drape);
    drapes = editOutlines.value
      .filter(({ change }) => change === 'removed')
      .slice(0, MOST_DRAWN)
      .map(({ geometry }) => makeSelectionDrape(geometry, SCENARIO_INK[theme.value]))
      .filter((drape) => drape !== undefined);
    for (const drape of drapes) scene.imageryLayers.add(drape);
    scene.requestRender();
  });
}
