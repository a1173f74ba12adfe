import {
  Cartesian2,
  Cartographic,
  Math as CesiumMath,
  type CesiumWidget,
  type ImageryLayer,
  Rectangle,
  ScreenSpaceEventHandler,
  ScreenSpaceEventType,
} from '@cesium/engine';
import { effect } from '@preact/signals';
import { reprojectBbox } from '../../core/geo/bbox.ts';
import { transformBetween } from '../../core/geo/crs.ts';
import { globeMap, type MapView } from '../state/map-view.ts';
import { quality } from '../state/quality.ts';
import { identifyAt, selectedItem, selectFound } from '../state/selected-item.ts';
import { reportGlobe } from '../state/stats.ts';
import { theme } from '../state/theme.ts';
import {
  catalogue,
  flight,
  globeState,
  globeView,
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
import { type Buildings, buildingIds, openBuildings } from './buildings.ts';
import {
  DEFAULT_HEADING_DEG,
  DEFAULT_PITCH_DEG,
  isSameView,
  lookAt,
  lookAtPoint,
  planOf,
  rangeOf,
  readGlobeView,
  setGlobeView,
  targetOf,
} from './camera.ts';
import { makeDrapedLayers } from './draped-layers.ts';
import { applyQuality, makeScene, paintScene } from './scene.ts';
import { makeSelectionDrape } from './selection-drape.ts';
import { openTerrain } from './terrain.ts';

const DEFAULT_GROUND_M = 80;
const ACCENT = { light: '#4b9bff', dark: '#6db2f7' } as const;
const OBJECT_MIN_RANGE_M = 170;
const FLIGHT_S = 1.1;
const READY_LATEST_MS = 12_000;

const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Opens the globe in a container, once the catalogue is known. Returns a function that closes it. */
export async function openGlobe(container: HTMLElement): Promise<() => void> {
  const reply = await catalogueReply();
  const widget = makeScene(container, reply.city.home.lon, reply.city.home.lat);
  const { scene } = widget;
  const render = () => scene.requestRender();
  const groundM = reply.geoid.undulationM + DEFAULT_GROUND_M;
  const stops = [
    effect(() => {
      applyQuality(widget, quality.value);
      reportGlobe({ quality: quality.value });
    }),
    theme.subscribe((value) => paintScene(widget, value)),
    followDrapes(widget, drapeBounds()),
    followCamera(widget, groundM),
    followFlights(widget, groundM),
    readPointer(widget, reply.geoid.undulationM),
  ];
  scene.terrainProvider = await openTerrain();
  const opening = openBuildings(render);
  const buildings = reply.layers.some(({ dimension, status }) => dimension === 3 && status.count > 0)
    ? await opening.catch(() => undefined)
    : undefined;
  if (buildings) {
    scene.primitives.add(buildings.tileset);
    stops.push(followBuildings(buildings));
  }
  stops.push(followSelected(widget, buildings), reportState(widget, buildings));
  globeMap.value = commandsOf(widget);
  return () => {
    globeMap.value = undefined;
    for (const stop of stops) stop();
    widget.destroy();
  };
}

function catalogueReply() {
  return new Promise<Extract<typeof catalogue.value, { kind: 'ready' }>['reply']>((resolve) => {
    const stop = effect(() => {
      if (catalogue.value.kind !== 'ready') return;
      resolve(catalogue.value.reply);
      queueMicrotask(() => stop());
    });
  });
}

/** A little more than the city's data, in radians. */
function drapeBounds(): Rectangle {
  const state = catalogue.peek();
  const extent = state.kind === 'ready' ? state.reply.city.extent : null;
  if (!extent) return Rectangle.MAX_VALUE;
  const [minX, minY, maxX, maxY] = extent;
  const box = reprojectBbox({ minX, minY, maxX, maxY, srid: 2177 }, 4326);
  return Rectangle.fromDegrees(box.minX, box.minY, box.maxX, box.maxY);
}

/** Changes that come together, as from a slider, are drawn once. */
const REDRAPE_MS = 120;

/** The visible 2D layers laid on the terrain, as the plan stacks them. */
function followDrapes({ scene }: CesiumWidget, bounds: Rectangle): () => void {
  let shown: ImageryLayer | undefined;
  let stale: ImageryLayer[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const dropStale = () => {
    for (const layer of stale) scene.imageryLayers.remove(layer);
    stale = [];
    scene.requestRender();
  };
  // What was shown stays until what follows is there, so that the ground does not flash.
  const stopWaiting = scene.globe.tileLoadProgressEvent.addEventListener((left: number) => {
    if (left === 0 && stale.length > 0) dropStale();
  });
  const stop = effect(() => {
    const current = theme.value;
    const drapes = layers.value
      .filter(({ dimension, dataset, status }) => dimension === 2 && dataset === 'city' && status.count > 0)
      .map((layer) => ({ layer, ...settingOf(layer) }))
      .filter(({ visible }) => visible);
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (shown) stale.push(shown);
      shown = makeDrapedLayers(drapes, current, bounds);
      scene.imageryLayers.add(shown, stale.length);
      scene.requestRender();
    }, REDRAPE_MS);
  });
  return () => {
    stop();
    stopWaiting();
    clearTimeout(timer);
  };
}

function followBuildings({ tileset, paint }: Buildings): () => void {
  return effect(() => {
    paint(theme.value, ACCENT[theme.value]);
    const layer = layers.value.find(({ dimension }) => dimension === 3);
    tileset.show = layer ? settingOf(layer).visible : false;
  });
}

/** Lights the selected building and lays the outline of a 2D object on the ground. */
function followSelected({ scene }: CesiumWidget, buildings: Buildings | undefined): () => void {
  let drape: ImageryLayer | undefined;
  return effect(() => {
    buildings?.highlight(selection.value?.id);
    if (drape) scene.imageryLayers.remove(drape);
    drape = undefined;
    const item = selectedItem.value;
    if (item.kind === 'ready' && item.item.geometry && !isSolid(item.selection.layer)) {
      drape = makeSelectionDrape(item.item.geometry, ACCENT[theme.value]);
      if (drape) scene.imageryLayers.add(drape);
    }
    scene.requestRender();
  });
}

const isSolid = (name: string): boolean =>
  layers.peek().some((layer) => layer.name === name && layer.dimension === 3);

/** Takes over what the plan or a link did to the camera, and reports what people do to it here. */
function followCamera({ scene }: CesiumWidget, groundM: number): () => void {
  const reportScale = () => {
    if (mode.peek() !== '3d') return;
    const seen = planOf(scene);
    if (seen) metresPerPixel.value = seen.metresPerPixel;
  };
  let known = readGlobeView(scene.camera);
  const stop = effect(() => {
    const by = leader.value;
    const plan = planView.value;
    const linked = by === 'link' ? globeView.value : undefined;
    if (by === 'globe' || !plan) {
      if (!linked) return;
    }
    if (linked) setGlobeView(scene.camera, linked);
    else if (plan) {
      const { headingDeg, pitchDeg } = globeView.peek() ?? {
        // Beside a plan, north stays up here too.
        headingDeg: mode.peek() === 'split' ? 0 : DEFAULT_HEADING_DEG,
        pitchDeg: DEFAULT_PITCH_DEG,
      };
      const place = [plan.eastingM, plan.northingM] as const;
      const range = rangeOf(scene, plan.scaleDenominator);
      lookAt(scene, place, groundAt(scene, place) ?? groundM, range, { headingDeg, pitchDeg });
    }
    known = readGlobeView(scene.camera);
    if (!linked) globeView.value = known;
    reportScale();
    scene.requestRender();
  });
  const unlisten = scene.postRender.addEventListener(() => {
    const view = readGlobeView(scene.camera);
    if (isSameView(view, known)) return;
    known = view;
    const seen = planOf(scene);
    if (seen) metresPerPixel.value = seen.metresPerPixel;
    moveCamera('globe', { globe: view, ...(seen ? { plan: seen.plan } : {}) });
  });
  return () => {
    stop();
    unlisten();
  };
}

function groundAt(scene: CesiumWidget['scene'], place: readonly [number, number]): number | undefined {
  const [lon, lat] = transformBetween(2177, 4326)(place);
  return scene.globe.getHeight(Cartographic.fromDegrees(lon, lat));
}

function followFlights({ scene }: CesiumWidget, groundM: number): () => void {
  return effect(() => {
    const wanted = flight.value;
    if (!wanted || mode.peek() !== '3d') return;
    flyToBox(scene, wanted.box, groundM);
  });
}

/** Flies so that the box fills the view at the present heading. */
function flyToBox(scene: CesiumWidget['scene'], [minE, minN, maxE, maxN]: PlanBox, groundM: number): void {
  const { camera } = scene;
  const place = [(minE + maxE) / 2, (minN + maxN) / 2] as const;
  const sizeM = Math.max(maxE - minE, maxN - minN);
  const rangeM = Math.max(OBJECT_MIN_RANGE_M, sizeM * 1.25);
  const from = readGlobeView(camera);
  const pitchDeg = Math.max(-55, Math.min(-25, from.pitchDeg));
  lookAt(scene, place, groundAt(scene, place) ?? groundM, rangeM, { headingDeg: from.headingDeg, pitchDeg });
  const to = readGlobeView(camera);
  setGlobeView(camera, from);
  camera.flyTo({
    destination: Cartographic.toCartesian(Cartographic.fromDegrees(to.lon, to.lat, to.heightM)),
    orientation: {
      heading: CesiumMath.toRadians(to.headingDeg),
      pitch: CesiumMath.toRadians(to.pitchDeg),
      roll: 0,
    },
    duration: calm() ? 0 : FLIGHT_S,
  });
}

function readPointer({ scene, canvas }: CesiumWidget, undulationM: number): () => void {
  const handler = new ScreenSpaceEventHandler(canvas);
  handler.setInputAction(({ position }: ScreenSpaceEventHandler.PositionedEvent) => {
    identify(scene, position);
  }, ScreenSpaceEventType.LEFT_CLICK);
  handler.setInputAction(({ endPosition }: ScreenSpaceEventHandler.MotionEvent) => {
    const at = groundUnder(scene, endPosition);
    pointer.value = at && { at: at.place, heightM: at.heightM - undulationM };
  }, ScreenSpaceEventType.MOUSE_MOVE);
  const onLeave = () => {
    pointer.value = undefined;
  };
  canvas.addEventListener('pointerleave', onLeave);
  return () => {
    canvas.removeEventListener('pointerleave', onLeave);
    handler.destroy();
  };
}

/** A building by its feature id, else whatever 2D objects the service knows at that place of the ground. */
function identify(scene: CesiumWidget['scene'], position: Cartesian2): void {
  const building = buildingIds(scene.pick(position));
  if (building) {
    const [id, registerId] = building;
    const solid = layers.peek().find(({ dimension }) => dimension === 3)?.name ?? 'buildings_3d';
    selectFound([
      { layer: solid, id },
      ...(registerId === undefined ? [] : [{ layer: 'buildings', id: registerId }]),
    ]);
    return;
  }
  const ground = groundUnder(scene, position);
  if (ground) void identifyAt(ground.place, 0.05);
}

function groundUnder(scene: CesiumWidget['scene'], position: Cartesian2) {
  const ray = scene.camera.getPickRay(position);
  const at = ray && scene.globe.pick(ray, scene);
  if (!at) return undefined;
  const { longitude, latitude, height } = Cartographic.fromCartesian(at);
  const [e, n] = transformBetween(
    4326,
    2177,
  )([CesiumMath.toDegrees(longitude), CesiumMath.toDegrees(latitude)]);
  return { place: [e, n] as const, heightM: height };
}

/** Says when the first picture stands, and from then on whether anything is still loading. */
function reportState({ scene }: CesiumWidget, buildings: Buildings | undefined): () => void {
  const settle = () => {
    const idle = scene.globe.tilesLoaded && (buildings?.tileset.tilesLoaded ?? true);
    reportGlobe({ idle });
    if (idle) ready();
  };
  const ready = () => {
    if (globeState.peek().kind === 'loading') globeState.value = { kind: 'ready' };
  };
  const timer = setTimeout(ready, READY_LATEST_MS);
  const unlisten = scene.postRender.addEventListener(settle);
  return () => {
    clearTimeout(timer);
    unlisten();
    reportGlobe({ idle: false });
  };
}

function commandsOf({ scene, canvas }: CesiumWidget): MapView {
  /** Changes distance, heading or pitch around what the view looks at. */
  const around = (change: (now: { rangeM: number; headingDeg: number; pitchDeg: number }) => typeof now) => {
    const target = targetOf(scene);
    if (!target) return;
    scene.camera.cancelFlight();
    const { headingDeg, pitchDeg } = readGlobeView(scene.camera);
    const next = change({ rangeM: target.rangeM, headingDeg, pitchDeg });
    lookAtPoint(scene, target.at, next.rangeM, next.headingDeg, next.pitchDeg);
    scene.requestRender();
  };
  return {
    panBy: (rightPx, upPx) => {
      const target = targetOf(scene);
      if (!target) return;
      const perPixel = target.rangeM / Math.max(1, canvas.clientHeight);
      const heading = scene.camera.heading;
      const [right, up] = [rightPx * perPixel, upPx * perPixel];
      const { longitude, latitude, height } = Cartographic.fromCartesian(target.at);
      const [e, n] = transformBetween(
        4326,
        2177,
      )([CesiumMath.toDegrees(longitude), CesiumMath.toDegrees(latitude)]);
      const east = right * Math.cos(heading) + up * Math.sin(heading);
      const north = up * Math.cos(heading) - right * Math.sin(heading);
      const view = readGlobeView(scene.camera);
      lookAt(scene, [e + east, n + north], height, target.rangeM, view);
      scene.requestRender();
    },
    zoomBy: (steps) => around((now) => ({ ...now, rangeM: now.rangeM / 2 ** steps })),
    turnBy: (degrees) => around((now) => ({ ...now, headingDeg: now.headingDeg + degrees })),
    tiltBy: (degrees) => around((now) => ({ ...now, pitchDeg: now.pitchDeg + degrees })),
    northUp: () => around((now) => ({ ...now, headingDeg: 0 })),
    showScale: (scale) => around((now) => ({ ...now, rangeM: rangeOf(scene, scale) })),
    showBox: (box) => flyToBox(scene, box, DEFAULT_GROUND_M),
    identifyCentre: () => identify(scene, new Cartesian2(canvas.clientWidth / 2, canvas.clientHeight / 2)),
  };
}
