import { effect } from '@preact/signals';
import { defaults as defaultInteractions } from 'ol/interaction/defaults.js';
import OlMap from 'ol/Map.js';
import type MapBrowserEvent from 'ol/MapBrowserEvent.js';
import View from 'ol/View.js';
import type { WireLayer } from '../../core/wire/city.ts';
import { capacityBodies } from '../capacity/capacity-state.ts';
import { listedSites } from '../sites/sites-state.ts';
import { recoveries } from '../state/connection.ts';
import type { Selection } from '../state/link.ts';
import { mapTool } from '../state/map-tool.ts';
import { type MapView, type PixelOffset, planFrame, planMap } from '../state/map-view.ts';
import { selectedItem, selectFound } from '../state/selected-item.ts';
import { tilesKey } from '../state/shown-city.ts';
import { reportPlan } from '../state/stats.ts';
import { theme } from '../state/theme.ts';
import {
  catalogue,
  flight,
  layers,
  leader,
  metresPerPixel,
  mode,
  moveCamera,
  type PlanBox,
  planView,
  pointer,
  selection,
  settingOf,
} from '../state/twin-state.ts';
import { editOutlines } from '../whatif/edits/edit-outlines.ts';
import { makeEditsLayer } from './edits-layer.ts';
import { objectsAt } from './objects-at.ts';
import { followOutsideLayers } from './outside-layer.ts';
import { makePaper, type PaperInk } from './paper.ts';
import { registerPlanProjection, resolutionOf, scaleOf } from './projection.ts';
import { makeRegisterLayer, type RegisterLayer } from './register-layer.ts';
import { makeSelectionLayer } from './selection-layer.ts';
import { addSensorLayer } from './sensor-layer.ts';
import { makeSitesLayer } from './sites-layer.ts';
import { followSitingMap } from './siting-layer.ts';
import { followSunMap } from './sun-layer.ts';
import { followTrafficMap } from './traffic-layer.ts';
import { addVehicleOverlay } from './vehicle-overlay.ts';
import { followViewshedMap } from './viewshed-layer.ts';

const FLIGHT_MS = 600;
const CLOSEST_SCALE = 100;
const FARTHEST_SCALE = 3_000_000;
/** A flight to one object stops here, so that its neighbourhood stays in sight. */
const OBJECT_SCALE = 750;

const PAPER: Readonly<Record<'light' | 'dark', PaperInk>> = {
  light: { sheet: '#fcfaf4', edge: '#d5ccb8', cross: '#8d8672', beyond: '#efeadd' },
  dark: { sheet: '#1b222b', edge: '#36424f', cross: '#5d6a77', beyond: '#12171d' },
};

const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Opens the plan in EPSG:2177 in a container. Returns a function that closes it. */
export function openPlan(container: HTMLElement): () => void {
  const view = new View({
    projection: registerPlanProjection(),
    center: [6_430_000, 5_807_000],
    resolution: resolutionOf(10_000),
    minResolution: resolutionOf(CLOSEST_SCALE),
    maxResolution: resolutionOf(FARTHEST_SCALE),
    constrainRotation: true,
    enableRotation: false,
    showFullExtent: true,
    constrainOnlyCenter: true,
  });
  const paper = () => PAPER[theme.peek()];
  const ground = makePaper('ground', paper, cityBox);
  const crosses = makePaper('crosses', paper, cityBox);
  ground.setZIndex(0);
  crosses.setZIndex(400);
  const selected = makeSelectionLayer();
  const edits = makeEditsLayer();
  const sites = makeSitesLayer();
  const map = new OlMap({
    target: container,
    view,
    controls: [],
    interactions: defaultInteractions({
      altShiftDragRotate: false,
      pinchRotate: false,
      keyboard: false,
      zoomDuration: calm() ? 0 : 200,
    }),
    layers: [ground, crosses, edits.layer, selected.layer, sites.layer],
    moveTolerance: 3,
  });
  const registers = new Map<string, RegisterLayer>();
  const sensors = addSensorLayer(map);
  const vehicles = addVehicleOverlay(map);
  const stops = [
    sensors.stop,
    vehicles.stop,
    followLayers(map, registers),
    followOutsideLayers(map),
    followTheme(map, registers, (value) => {
      selected.restyle(value);
      edits.restyle(value);
      sites.restyle(value);
    }),
    effect(() => edits.show(editOutlines.value)),
    effect(() => sites.show(listedSites.value, capacityBodies.value)),
    followRecoveries(registers),
    followView(view),
    followSunMap(map),
    followViewshedMap(map),
    followSitingMap(map),
    followTrafficMap(map),
    followFlights(map, view),
    followSelected(registers, selected.show),
  ];
  reportMoves(map, view);
  readPointer(container, map, registers, (pixel) => vehicles.at(pixel) ?? sensors.at(pixel));
  map.on('loadstart', () => reportPlan(false));
  map.on('rendercomplete', () => reportPlan(true));
  map.on('postrender', () => {
    planFrame.value++;
  });
  planMap.value = commandsOf(map, view, registers);
  return () => {
    planMap.value = undefined;
    for (const stop of stops) stop();
    map.setTarget(undefined);
    map.dispose();
  };
}

function cityBox(): PlanBox | undefined {
  const state = catalogue.value;
  return state.kind === 'ready' ? (state.value.city.extent ?? undefined) : undefined;
}

/** One drawn layer for each 2D layer of the catalogue, shown as the reader wants it. */
function followLayers(map: OlMap, registers: Map<string, RegisterLayer>): () => void {
  return effect(() => {
    const flat = layers.value.filter(({ dimension, cascaded }) => dimension === 2 && !cascaded);
    for (const [index, layer] of flat.entries()) {
      const register = registers.get(layer.name) ?? addRegister(map, registers, layer, index + 1);
      register.show(settingOf(layer));
      register.renew(tilesKey(layer.name));
    }
    for (const layer of map.getLayers().getArray()) if (layer.getZIndex() === 0) layer.changed();
  });
}

function addRegister(map: OlMap, registers: Map<string, RegisterLayer>, layer: WireLayer, zIndex: number) {
  const register = makeRegisterLayer(layer, zIndex);
  registers.set(layer.name, register);
  for (const part of register.parts) map.addLayer(part);
  return register;
}

/** After an outage the tiles that failed are asked for again. */
function followRecoveries(registers: ReadonlyMap<string, RegisterLayer>): () => void {
  return effect(() => {
    if (recoveries.value > 0) for (const register of registers.values()) register.reload();
  });
}

function followTheme(
  map: OlMap,
  registers: ReadonlyMap<string, RegisterLayer>,
  restyle: (theme: 'light' | 'dark') => void,
): () => void {
  return theme.subscribe((value) => {
    restyle(value);
    for (const register of registers.values()) register.restyle();
    for (const layer of map.getLayers().getArray()) layer.changed();
  });
}

let following = false;

/** Takes over what another view or a link did to the camera. */
function followView(view: View): () => void {
  return effect(() => {
    const wanted = planView.value;
    if (!wanted || leader.value === 'plan') return;
    following = true;
    view.cancelAnimations();
    view.setCenter([wanted.eastingM, wanted.northingM]);
    view.setResolution(resolutionOf(wanted.scaleDenominator));
    following = false;
    if (mode.peek() !== '3d') metresPerPixel.value = view.getResolution() ?? 1;
  });
}

function reportMoves(map: OlMap, view: View): void {
  let waiting = false;
  const report = () => {
    waiting = false;
    const [eastingM, northingM] = view.getCenter() ?? [];
    const resolution = view.getResolution();
    if (eastingM === undefined || northingM === undefined || resolution === undefined) return;
    metresPerPixel.value = resolution;
    moveCamera('plan', { plan: { eastingM, northingM, scaleDenominator: scaleOf(resolution) } });
  };
  view.on(['change:center', 'change:resolution'] as never, () => {
    if (following || waiting || mode.peek() === '3d') return;
    waiting = true;
    requestAnimationFrame(report);
  });
  map.on('change:size', () => {
    if (mode.peek() !== '3d') metresPerPixel.value = view.getResolution() ?? 1;
  });
}

function followFlights(map: OlMap, view: View): () => void {
  return effect(() => {
    const wanted = flight.value;
    if (!wanted || mode.peek() === '3d') return;
    showBox(map, view, wanted.box);
  });
}

function showBox(map: OlMap, view: View, [minE, minN, maxE, maxN]: PlanBox): void {
  const [width = 600, height = 400] = map.getSize() ?? [];
  const pad = Math.min(48, width / 8, height / 8);
  moveCamera('plan', {});
  view.fit([minE, minN, maxE, maxN], {
    padding: [pad, pad, pad, pad],
    minResolution: resolutionOf(OBJECT_SCALE),
    duration: calm() ? 0 : FLIGHT_MS,
  });
}

/** The selected object: at once as it stands in the tiles, then with its exact geometry. */
function followSelected(
  registers: ReadonlyMap<string, RegisterLayer>,
  show: (geometry: never) => void,
): () => void {
  return effect(() => {
    const item = selectedItem.value;
    const waiting = item.kind === 'loading' ? selection.value : undefined;
    for (const { layer, outline } of registers.values()) {
      outline(waiting?.layer === layer.name ? waiting.id : undefined);
    }
    show((item.kind === 'ready' ? item.item.geometry : undefined) as never);
  });
}

function readPointer(
  container: HTMLElement,
  map: OlMap,
  registers: ReadonlyMap<string, RegisterLayer>,
  sensorAt: (pixel: number[]) => Selection | undefined,
): void {
  map.on('click', ({ coordinate: [e = 0, n = 0], pixel, originalEvent }) => {
    const tool = mapTool.peek();
    if (tool) {
      tool.point({ at: [e, n] }, originalEvent.shiftKey);
      return;
    }
    const sensor = sensorAt(pixel);
    selectFound(sensor ? [sensor] : objectsAt(registers.values(), [e, n], toleranceOf(map)));
  });
  // The browser knows how quick its user's double clicks are, and that two clicks apart are none.
  container.addEventListener('dblclick', () => mapTool.peek()?.finish());
  map.on('dblclick', (event) => {
    // Else the map would also zoom in.
    if (mapTool.peek()) event.stopPropagation();
  });
  map.on('pointermove', (event: MapBrowserEvent) => {
    const [easting, northing] = event.coordinate;
    if (easting === undefined || northing === undefined) return;
    pointer.value = { at: [easting, northing] };
    if (event.dragging) return;
    // A tool takes the click, so nothing offers itself to be chosen.
    const tool = mapTool.peek();
    const [top] = tool
      ? []
      : [
          sensorAt(event.pixel),
          ...objectsAt(registers.values(), [easting, northing], toleranceOf(map)),
        ].filter((object) => object !== undefined);
    container.style.cursor = tool ? 'crosshair' : top ? 'pointer' : '';
    const still = selectedItem.peek().kind === 'loading' ? selection.peek() : undefined;
    for (const { layer, outline } of registers.values()) {
      const shown = [top, still].find((object) => object?.layer === layer.name);
      outline(shown?.id);
    }
  });
  container.addEventListener('pointerleave', () => {
    pointer.value = undefined;
    for (const { outline } of registers.values()) outline(undefined);
  });
}

/** How far from a line or point one may click, metres. */
const toleranceOf = (map: OlMap): number => NEAR_PX * (map.getView().getResolution() ?? 1);
const NEAR_PX = 6;

function commandsOf(map: OlMap, view: View, registers: ReadonlyMap<string, RegisterLayer>): MapView {
  const duration = () => (calm() ? 0 : 150);
  const lead = () => moveCamera('plan', {});
  const placeAt = ([right, down]: PixelOffset): readonly [number, number] => {
    const [e = 0, n = 0] = view.getCenter() ?? [];
    const resolution = view.getResolution() ?? 1;
    return [e + right * resolution, n - down * resolution];
  };
  const found = (offset: PixelOffset) => objectsAt(registers.values(), placeAt(offset), toleranceOf(map));
  return {
    panBy: (rightPx, upPx) => {
      lead();
      const [x = 0, y = 0] = view.getCenter() ?? [];
      const resolution = view.getResolution() ?? 1;
      view.cancelAnimations();
      view.setCenter([x + rightPx * resolution, y + upPx * resolution]);
    },
    zoomBy: (steps) => {
      lead();
      view.cancelAnimations();
      view.animate({ resolution: (view.getResolution() ?? 1) / 2 ** steps, duration: duration() });
    },
    turnBy: () => {},
    tiltBy: () => {},
    northUp: () => {},
    showScale: (scale) => {
      lead();
      view.animate({ resolution: resolutionOf(scale), duration: duration() });
    },
    showBox: (box) => showBox(map, view, box),
    identify: (offset) => selectFound(found(offset)),
    topAt: (offset) => found(offset)[0],
    placeAt: (offset) => ({ at: placeAt(offset) }),
    pixelOf: ({ at }) => {
      const [x, y] = map.getPixelFromCoordinate([...at]) ?? [];
      return x === undefined || y === undefined ? undefined : [x, y];
    },
  };
}
