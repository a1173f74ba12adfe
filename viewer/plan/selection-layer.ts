import Feature from 'ol/Feature.js';
import type OlGeometry from 'ol/geom/Geometry.js';
import LineString from 'ol/geom/LineString.js';
import MultiPolygon from 'ol/geom/MultiPolygon.js';
import Point from 'ol/geom/Point.js';
import Polygon from 'ol/geom/Polygon.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import type { Geometry } from '../../core/geo/geometry.ts';
import type { Theme } from '../style/ink.ts';

/** The selected object with its exact geometry, above everything else. */
export interface SelectionLayer {
  readonly layer: VectorLayer;
  show(geometry: Geometry | undefined): void;
  restyle(theme: Theme): void;
}

export function makeSelectionLayer(): SelectionLayer {
  const source = new VectorSource();
  const layer = new VectorLayer({ source, zIndex: 900 });
  return {
    layer,
    show: (geometry) => {
      source.clear();
      const shape = geometry && outlineOf(geometry);
      if (shape) source.addFeature(new Feature(shape));
    },
    restyle: (theme) => layer.setStyle(selectionStyle(theme)),
  };
}

function selectionStyle(theme: Theme): Style[] {
  const [accent, casing] = theme === 'dark' ? ['#7cb8f5', '#0d1218'] : ['#1659a8', '#ffffff'];
  return [
    new Style({
      stroke: new Stroke({ color: casing, width: 5.5 }),
      image: new CircleStyle({ radius: 10, stroke: new Stroke({ color: casing, width: 5.5 }) }),
    }),
    new Style({
      fill: new Fill({ color: theme === 'dark' ? 'rgba(124,184,245,.2)' : 'rgba(22,89,168,.16)' }),
      stroke: new Stroke({ color: accent, width: 2.75 }),
      image: new CircleStyle({ radius: 10, stroke: new Stroke({ color: accent, width: 2.75 }) }),
    }),
  ];
}

/** The shape in plan; walls of 3D models are lines seen from above and are left out. */
export function outlineOf(geometry: Geometry): OlGeometry | undefined {
  const ring = (positions: readonly (readonly number[])[]) =>
    positions.map(([x = 0, y = 0]): [number, number] => [x, y]);
  if (geometry.type === 'Point') return new Point(geometry.coordinates.slice(0, 2));
  if (geometry.type === 'LineString') return new LineString(ring(geometry.coordinates));
  if (geometry.type === 'Polygon') return new Polygon(geometry.coordinates.map(ring));
  if (geometry.type !== 'MultiPolygon') return undefined;
  const flat = geometry.coordinates.map((rings) => rings.map(ring));
  return new MultiPolygon(flat.filter(([shell]) => shell !== undefined && Math.abs(ringArea(shell)) > 0.05));
}

function ringArea(ring: readonly (readonly [number, number])[]): number {
  let twice = 0;
  for (let i = 1; i < ring.length; i++) {
    const [x1 = 0, y1 = 0] = ring[i - 1] ?? [];
    const [x2 = 0, y2 = 0] = ring[i] ?? [];
    // Relative to the first corner: coordinates of millions would eat the digits.
    const [x0 = 0, y0 = 0] = ring[0] ?? [];
    twice += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
  }
  return twice / 2;
}
