import Feature from 'ol/Feature.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import { CHANGE_INK } from '../compare/change-ink.ts';
import type { Change, Mark } from '../compare/compared-city.ts';
import { type Theme, withAlpha } from '../style/ink.ts';
import { outlineOf } from './selection-layer.ts';

/** Objects that differ, in the colour and line of how they do. */
export interface DifferenceLayer {
  readonly layer: VectorLayer;
  show(marks: readonly Mark[]): void;
  restyle(theme: Theme): void;
}

const ABOVE_REGISTERS = 450;
const LINES: Readonly<Record<Change, readonly number[] | undefined>> = {
  added: undefined,
  removed: [3, 4],
  changed: [9, 3, 2, 3],
};
const FILL_ALPHA: Readonly<Record<Change, number>> = { added: 0.34, removed: 0.1, changed: 0.22 };

export function makeDifferenceLayer(): DifferenceLayer {
  const source = new VectorSource();
  const layer = new VectorLayer({ source, zIndex: ABOVE_REGISTERS });
  return {
    layer,
    show: (marks) => {
      source.clear();
      for (const { change, geometry, id, layer: name } of marks) {
        const shape = outlineOf(geometry);
        if (shape) source.addFeature(new Feature({ geometry: shape, change, id, layer: name }));
      }
    },
    restyle: (theme) => {
      const styles = {
        added: styleOf(theme, 'added'),
        removed: styleOf(theme, 'removed'),
        changed: styleOf(theme, 'changed'),
      };
      layer.setStyle((feature) => styles[feature.get('change') as Change]);
    },
  };
}

function styleOf(theme: Theme, change: Change): Style[] {
  const ink = CHANGE_INK[theme][change];
  const paper = theme === 'dark' ? '#12171d' : '#fcfaf4';
  const dash = LINES[change];
  const line = dash ? { lineDash: [...dash] } : {};
  return [
    new Style({
      fill: new Fill({ color: withAlpha(ink, FILL_ALPHA[change]) }),
      stroke: new Stroke({ color: paper, width: 5 }),
      image: new CircleStyle({ radius: 7, stroke: new Stroke({ color: paper, width: 4 }) }),
    }),
    new Style({
      stroke: new Stroke({ color: ink, width: 2.75, ...line }),
      image: new CircleStyle({
        radius: 7,
        fill: new Fill({ color: withAlpha(ink, FILL_ALPHA[change]) }),
        stroke: new Stroke({ color: ink, width: 2.5, ...line }),
      }),
    }),
  ];
}
