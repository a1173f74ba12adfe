import Feature from 'ol/Feature.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import RegularShape from 'ol/style/RegularShape.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import { SCENARIO_INK, type Theme, withAlpha } from '../style/ink.ts';
import type { EditOutline } from '../whatif/edits/edit-outlines.ts';
import { outlineOf } from './selection-layer.ts';

/** What a scenario changes: planned things filled with a dashed edge, changed ones with a solid one, removed ones as an empty dotted outline or a cross. */
export interface EditsLayer {
  readonly layer: VectorLayer;
  show(outlines: readonly EditOutline[]): void;
  restyle(theme: Theme): void;
}

const ABOVE_REGISTERS = 450;

/** What stands on them stays in sight when their borders go. */
const LAND: ReadonlySet<string> = new Set(['parcels', 'plan_zones', 'green_areas']);

export function makeEditsLayer(): EditsLayer {
  const source = new VectorSource();
  const layer = new VectorLayer({ source, zIndex: ABOVE_REGISTERS });
  return {
    layer,
    show: (outlines) => {
      source.clear();
      for (const { layer: of, change, geometry } of outlines) {
        const shape = outlineOf(geometry);
        if (shape)
          source.addFeature(
            new Feature({ geometry: shape, change, isLand: of !== undefined && LAND.has(of) }),
          );
      }
    },
    restyle: (theme) => {
      const styles = {
        added: plannedStyle(theme),
        changed: changedStyle(theme),
        removed: demolishedStyle(theme),
      } satisfies Record<EditOutline['change'], Style[]>;
      const emptied = styles.removed;
      const bare = emptied.slice(1);
      layer.setStyle((feature) => {
        const style = styles[feature.get('change') as EditOutline['change']];
        return style === emptied && feature.get('isLand') === true ? bare : style;
      });
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
      image: dot(theme, true),
    }),
    new Style({ stroke: new Stroke({ color: ink, width: 2.25, lineDash: [7, 4] }) }),
  ];
}

function changedStyle(theme: Theme): Style[] {
  const ink = SCENARIO_INK[theme];
  return [
    new Style({ stroke: new Stroke({ color: paper(theme), width: 4.5 }), image: dot(theme, false) }),
    new Style({ stroke: new Stroke({ color: ink, width: 2.5 }) }),
  ];
}

/** Trees and facilities: a ring round the symbol of the register, filled where it is new. */
const dot = (theme: Theme, isNew: boolean): CircleStyle =>
  new CircleStyle({
    radius: 8,
    fill: new Fill({ color: withAlpha(SCENARIO_INK[theme], isNew ? 0.45 : 0) }),
    stroke: new Stroke({ color: SCENARIO_INK[theme], width: 2.25 }),
  });

function demolishedStyle(theme: Theme): Style[] {
  const ink = SCENARIO_INK[theme];
  return [
    new Style({ fill: new Fill({ color: withAlpha(paper(theme), 0.5) }), image: crossed(theme) }),
    new Style({ stroke: new Stroke({ color: ink, width: 1.75, lineDash: [2, 4] }) }),
  ];
}

const crossed = (theme: Theme): RegularShape =>
  new RegularShape({
    points: 4,
    radius: 8,
    radius2: 0,
    angle: Math.PI / 4,
    stroke: new Stroke({ color: SCENARIO_INK[theme], width: 2.25 }),
  });
