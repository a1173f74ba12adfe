/** A globe of the comparison screen: one city, its differences tinted, its eye that of all panes. */
import type { CesiumWidget } from '@cesium/engine';
import { effect } from '@preact/signals';
import type { LayersReply } from '../../core/wire/city.ts';
import { CHANGE_TINT } from '../compare/change-ink.ts';
import { comparedEye, comparedPlan } from '../compare/compare-camera.ts';
import { type ComparedCity, tilePrefixIn, tilesKeyIn } from '../compare/compared-city.ts';
import { quality } from '../state/quality.ts';
import { theme } from '../state/theme.ts';
import { openBuildings } from './buildings.ts';
import {
  DEFAULT_HEADING_DEG,
  DEFAULT_PITCH_DEG,
  isSameView,
  lookAt,
  planOf,
  rangeOf,
  readGlobeView,
  setGlobeView,
} from './camera.ts';
import { makeDrapedLayers } from './draped-layers.ts';
import { rectangleOf } from './rectangle-of.ts';
import { ACCENT, applyQuality, lightScene, makeScene, paintScene } from './scene.ts';
import { openTerrain } from './terrain.ts';

const DEFAULT_GROUND_M = 80;
const SOLID = 'buildings_3d';

/** Opens it in a container; resolves when its buildings are on their way. Returns how to close it. */
export async function openCompareGlobe(
  container: HTMLElement,
  city: ComparedCity,
  reply: LayersReply,
): Promise<() => void> {
  const widget = makeScene(container, reply.city.home.lon, reply.city.home.lat);
  const { scene } = widget;
  const groundM = reply.geoid.undulationM + DEFAULT_GROUND_M;
  const stops = [
    effect(() => applyQuality(widget, quality.value)),
    theme.subscribe((value) => {
      paintScene(widget, value);
      lightScene(widget, [reply.city.home.lon, reply.city.home.lat], value);
    }),
    followEye(widget, city.key, groundM),
    drape(widget, city, reply),
  ];
  let isClosed = false;
  const close = () => {
    isClosed = true;
    for (const stop of stops) stop();
    widget.destroy();
  };
  const tints = new Map(city.marks.map(({ id, change }) => [id, CHANGE_TINT[change]]));
  const [terrain, buildings] = await Promise.all([
    openTerrain(city.prefix),
    openBuildings(
      tilePrefixIn(city, SOLID),
      () => {
        if (!isClosed) scene.requestRender();
      },
      (ids) => ids.flatMap((id) => tints.get(id) ?? [])[0],
    ).catch(() => undefined),
  ]);
  if (isClosed) {
    buildings?.tileset.destroy();
    return () => {};
  }
  scene.terrainProvider = terrain;
  if (buildings) {
    scene.primitives.add(buildings.tileset);
    stops.push(theme.subscribe((value) => buildings.paint(value, ACCENT[value])));
  }
  scene.requestRender();
  return close;
}

/** The eye of all panes; the first one comes from where the plans look. */
function followEye({ scene }: CesiumWidget, key: string, groundM: number): () => void {
  const plan = comparedPlan.peek();
  const eye = comparedEye.peek();
  if (eye) setGlobeView(scene.camera, eye.view);
  else if (plan) {
    const angles = { headingDeg: DEFAULT_HEADING_DEG, pitchDeg: DEFAULT_PITCH_DEG };
    const range = rangeOf(scene, plan.scaleDenominator);
    lookAt(scene, [plan.eastingM, plan.northingM], groundM, range, angles);
  }
  let known = readGlobeView(scene.camera);
  const stop = effect(() => {
    const wanted = comparedEye.value;
    if (!wanted || wanted.by === key || isSameView(wanted.view, known)) return;
    known = wanted.view;
    setGlobeView(scene.camera, wanted.view);
    scene.requestRender();
  });
  const unlisten = scene.postRender.addEventListener(() => {
    const view = readGlobeView(scene.camera);
    if (isSameView(view, known)) return;
    known = view;
    comparedEye.value = { by: key, view };
    const seen = planOf(scene);
    if (seen) comparedPlan.value = seen.plan;
  });
  return () => {
    stop();
    unlisten();
  };
}

function drape({ scene }: CesiumWidget, city: ComparedCity, reply: LayersReply): () => void {
  const drapes = reply.layers
    .filter(({ dimension, dataset, status }) => dimension === 2 && dataset === 'city' && status.count > 0)
    .filter(({ name, initiallyVisible }) => initiallyVisible || city.ownLayers.has(name))
    .toSorted((a, b) => a.drawOrder - b.drawOrder)
    .map((layer) => ({ layer, opacity: 1 }));
  const tiles = {
    prefix: (layer: string) => tilePrefixIn(city, layer),
    key: (layer: string) => tilesKeyIn(city, layer),
  };
  return theme.subscribe((value) => {
    scene.imageryLayers.removeAll();
    scene.imageryLayers.add(makeDrapedLayers(drapes, value, rectangleOf(reply.city.extent, 2177), tiles));
    scene.requestRender();
  });
}
