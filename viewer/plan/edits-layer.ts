import Feature from 'ol/Feature.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import { SCENARIO_INK, type Theme, withAlpha } from '../style/ink.ts';
import type { EditOutline } from '../whatif/edits/edit-outlines.ts';
import { outlineOf } from './selection-layer.ts';

/** What a scenario changes: planned buildings filled with a dashed edge, demolished ones crossed out by an empty one. */
export interface EditsLayer {
  readonly layer: VectorLayer;
  show(outlines: readonly EditOutline[]): void;
  restyle(theme: Theme): void;
}

const ABOVE_REGISTERS = 450;

export function makeEditsLayer(): EditsLayer {
  const source = new VectorSource();
  const layer = new VectorLayer({ source, zIndex: ABOVE_REGISTERS });
  return {
    layer,
    show: (outlines) => {
      source.clear();
      for (const { change, geometry } of outlines) {
        const shape = outlineOf(geometry);
        if (shape) source.addFeature(new Feature({ geometry: shape, change }));
      }
    },
    restyle: (theme) => {
      const [planned, demolished] = [plannedStyle(theme), demolishedStyle(theme)];
      layer.setStyle((feature) => (feature.get('change') === 'added' ? planned : demolished));
    },
  };
}

const paper = (theme: Theme): string => (theme === 'dark' ? '#1b222b' : '#fcfaf4');

function plannedStyle(theme: Theme): Style[] {
  const ink = SCENARIO_INK[theme];
  return [
    new Style({
      fill: new Fill({ color: withAlpha(ink, 0.38) }),
      stroke: new Stroke({ color: paper(theme), width: 3.5 }),
    }),
    new Style({ stroke: new Stroke({ color: ink, width: 2.25, lineDash: [7, 4] }) }),
  ];
}

function demolishedStyle(theme: Theme): Style[] {
  const ink = SCENARIO_INK[theme];
  return [
    new Style({ fill: new Fill({ color: withAlpha(paper(theme), 0.5) }) }),
    new Style({ stroke: new Stroke({ color: ink, width: 1.75, lineDash: [2, 4] }) }),
  ];
}
