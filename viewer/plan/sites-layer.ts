import Feature from 'ol/Feature.js';
import Point from 'ol/geom/Point.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import type { CapacityResult } from '../../core/wire/capacity.ts';
import type { Site } from '../../core/wire/sites.ts';
import { SCENARIO_INK, type Theme, withAlpha } from '../style/ink.ts';
import { outlineOf } from './selection-layer.ts';

/** Sites by their rank, and the ground on which a building may stand. */
export interface SitesLayer {
  readonly layer: VectorLayer;
  show(sites: readonly Site[], capacity: CapacityResult | undefined): void;
  restyle(theme: Theme): void;
}

const ABOVE_SELECTION = 910;
const INK: Readonly<Record<Theme, readonly [disk: string, word: string]>> = {
  light: ['#1659a8', '#ffffff'],
  dark: ['#7cb8f5', '#0d1218'],
};

export function makeSitesLayer(): SitesLayer {
  const source = new VectorSource();
  const layer = new VectorLayer({ source, zIndex: ABOVE_SELECTION, declutter: true });
  return {
    layer,
    show: (sites, capacity) => {
      source.clear();
      for (const { footprint } of capacity?.bodies ?? []) {
        const shape = outlineOf(footprint);
        if (shape) source.addFeature(new Feature({ geometry: shape }));
      }
      for (const { at, rank } of sites) {
        source.addFeature(new Feature({ geometry: new Point([...at]), rank }));
      }
    },
    restyle: (theme) => {
      const body = bodyStyle(theme);
      layer.setStyle((feature) => {
        const rank: unknown = feature.get('rank');
        return typeof rank === 'number' ? rankStyle(theme, rank) : body;
      });
    },
  };
}

const bodyStyle = (theme: Theme): Style =>
  new Style({
    fill: new Fill({ color: withAlpha(SCENARIO_INK[theme], 0.3) }),
    stroke: new Stroke({ color: SCENARIO_INK[theme], width: 2.25, lineDash: [7, 4] }),
  });

function rankStyle(theme: Theme, rank: number): Style {
  const [disk, word] = INK[theme];
  return new Style({
    // The best stay in sight where marks are close.
    zIndex: -rank,
    image: new CircleStyle({
      radius: 10,
      fill: new Fill({ color: disk }),
      stroke: new Stroke({ color: word, width: 1.5 }),
    }),
    text: new Text({
      text: String(rank),
      font: '600 11px "Source Sans 3 Variable", sans-serif',
      fill: new Fill({ color: word }),
    }),
  });
}
