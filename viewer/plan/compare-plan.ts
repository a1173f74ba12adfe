/** Plans of the comparison screen: one map for each city, all looking through one view. */
import { effect } from '@preact/signals';
import Feature from 'ol/Feature.js';
import Point from 'ol/geom/Point.js';
import { defaults as defaultInteractions } from 'ol/interaction/defaults.js';
import VectorLayer from 'ol/layer/Vector.js';
import OlMap from 'ol/Map.js';
import VectorSource from 'ol/source/Vector.js';
import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import View from 'ol/View.js';
import type { WireLayer } from '../../core/wire/city.ts';
import { comparedPlan } from '../compare/compare-camera.ts';
import { type ComparedCity, tilePrefixIn, tilesKeyIn } from '../compare/compared-city.ts';
import type { Selection } from '../state/link.ts';
import { theme } from '../state/theme.ts';
import type { PlanBox } from '../state/twin-state.ts';
import { makeDifferenceLayer } from './difference-layer.ts';
import { objectsAt } from './objects-at.ts';
import { makePaper, type PaperInk } from './paper.ts';
import { registerPlanProjection, resolutionOf, scaleOf } from './projection.ts';
import { makeRegisterLayer, type RegisterLayer } from './register-layer.ts';

const CLOSEST_SCALE = 200;
const FARTHEST_SCALE = 500_000;
const OBJECT_SCALE = 600;
const NEAR_PX = 8;

const PAPER: Readonly<Record<'light' | 'dark', PaperInk>> = {
  light: { sheet: '#fcfaf4', edge: '#d5ccb8', cross: '#8d8672', beyond: '#efeadd' },
  dark: { sheet: '#1b222b', edge: '#36424f', cross: '#5d6a77', beyond: '#12171d' },
};

/** A remark on the map: where, and what it is called there. */
export interface Pin {
  readonly at: readonly [number, number];
  readonly label: string;
}

export interface ComparePlan {
  close(): void;
}

interface PlanPaneOptions {
  readonly city: ComparedCity;
  readonly layers: readonly WireLayer[];
  readonly cityBox: PlanBox | undefined;
  /** Reads a signal: pins follow it. */
  readonly pins: () => readonly Pin[];
  /** A click: the place, and what lies there, the topmost first. */
  readonly onPick: (at: readonly [number, number], found: readonly Selection[]) => void;
}

let shared: View | undefined;

/** The one view of all plans; it keeps `comparedPlan` and follows it. */
function sharedView(): View {
  if (shared) return shared;
  const view = new View({
    projection: registerPlanProjection(),
    center: [6_430_000, 5_807_000],
    resolution: resolutionOf(5_000),
    minResolution: resolutionOf(CLOSEST_SCALE),
    maxResolution: resolutionOf(FARTHEST_SCALE),
    enableRotation: false,
  });
  let isOurs = false;
  const report = () => {
    const [eastingM, northingM] = view.getCenter() ?? [];
    const resolution = view.getResolution();
    if (eastingM === undefined || northingM === undefined || resolution === undefined) return;
    isOurs = true;
    comparedPlan.value = { eastingM, northingM, scaleDenominator: scaleOf(resolution) };
    isOurs = false;
  };
  effect(() => {
    const wanted = comparedPlan.value;
    if (!wanted || isOurs) return;
    view.setCenter([wanted.eastingM, wanted.northingM]);
    view.setResolution(resolutionOf(wanted.scaleDenominator));
  });
  view.on(['change:center', 'change:resolution'] as never, report);
  shared = view;
  return view;
}

export function zoomPlans(steps: number): void {
  const view = sharedView();
  view.setResolution((view.getResolution() ?? 1) / 2 ** steps);
}

/** Shows a box of EPSG:2177 in all plans. */
export function showInPlans([minE, minN, maxE, maxN]: PlanBox, widthPx: number, heightPx: number): void {
  const spanM = Math.max((maxE - minE) / Math.max(1, widthPx), (maxN - minN) / Math.max(1, heightPx));
  comparedPlan.value = {
    eastingM: (minE + maxE) / 2,
    northingM: (minN + maxN) / 2,
    scaleDenominator: Math.max(OBJECT_SCALE, scaleOf(spanM * 1.6)),
  };
}

export function openComparePlan(
  container: HTMLElement,
  { city, layers, cityBox, pins, onPick }: PlanPaneOptions,
): ComparePlan {
  const paper = () => PAPER[theme.peek()];
  const ground = makePaper('ground', paper, () => cityBox);
  ground.setZIndex(0);
  const differences = makeDifferenceLayer();
  differences.show(city.marks.filter(({ layer }) => isFlat(layers, layer)));
  const pinned = makePinLayer();
  const map = new OlMap({
    target: container,
    view: sharedView(),
    controls: [],
    interactions: defaultInteractions({ altShiftDragRotate: false, pinchRotate: false, keyboard: false }),
    layers: [ground, differences.layer, pinned.layer],
    moveTolerance: 4,
  });
  const registers = layers
    .filter(({ dimension, dataset, status }) => dimension === 2 && dataset === 'city' && status.count > 0)
    .filter(({ name, initiallyVisible }) => initiallyVisible || city.ownLayers.has(name))
    .map((layer, index) => addRegister(map, city, layer, index + 1));
  const stops = [
    theme.subscribe((value) => {
      differences.restyle(value);
      pinned.restyle(value);
      for (const register of registers) register.restyle();
      ground.changed();
    }),
    effect(() => pinned.show(pins())),
  ];
  map.on('click', ({ coordinate: [e = 0, n = 0] }) => {
    const near = NEAR_PX * (map.getView().getResolution() ?? 1);
    onPick([e, n], objectsAt(registers, [e, n], near));
  });
  return {
    close: () => {
      for (const stop of stops) stop();
      map.setTarget(undefined);
      // The view goes on in the other maps.
      map.setView(new View());
      map.dispose();
    },
  };
}

const isFlat = (layers: readonly WireLayer[], name: string): boolean =>
  layers.some((layer) => layer.name === name && layer.dimension === 2);

function addRegister(map: OlMap, city: ComparedCity, layer: WireLayer, zIndex: number): RegisterLayer {
  const register = makeRegisterLayer(layer, zIndex);
  register.show({ visible: true, opacity: 1 });
  register.renew(tilesKeyIn(city, layer.name), tilePrefixIn(city, layer.name));
  for (const part of register.parts) map.addLayer(part);
  return register;
}

function makePinLayer() {
  const source = new VectorSource();
  const layer = new VectorLayer({ source, zIndex: 800 });
  return {
    layer,
    show: (pins: readonly Pin[]) => {
      source.clear();
      for (const { at, label } of pins) {
        source.addFeature(new Feature({ geometry: new Point([...at]), label }));
      }
    },
    restyle: (value: 'light' | 'dark') => {
      const [fill, ink] = value === 'dark' ? ['#7cb8f5', '#0c1620'] : ['#1659a8', '#ffffff'];
      layer.setStyle(
        (feature) =>
          new Style({
            image: new CircleStyle({
              radius: 11,
              fill: new Fill({ color: fill }),
              stroke: new Stroke({ color: ink, width: 2 }),
            }),
            text: new Text({
              text: String(feature.get('label')),
              font: "600 12px 'Source Sans 3 Variable', sans-serif",
              fill: new Fill({ color: ink }),
              offsetY: 1,
            }),
          }),
      );
    },
  };
}
