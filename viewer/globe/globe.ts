import type { CesiumWidget, ImageryLayer } from '@cesium/engine';
import { effect } from '@preact/signals';
import { globeFrame, globeMap } from '../state/map-view.ts';
import { quality } from '../state/quality.ts';
import { selectedItem } from '../state/selected-item.ts';
import { reportGlobe } from '../state/stats.ts';
import { theme } from '../state/theme.ts';
import { catalogue, layers, selection } from '../state/twin-state.ts';
import { commandsOf } from './commands.ts';
import { followBuildings, type ShownBuildings } from './follow-buildings.ts';
import { followCamera, followFlights } from './follow-camera.ts';
import { followCapacity } from './follow-capacity.ts';
import { followClip } from './follow-clip.ts';
import { followDemolished } from './follow-demolished.ts';
import { followDrapes } from './follow-drapes.ts';
import { followNetworks } from './networks.ts';
import { followPlacedModel } from './placed-model.ts';
import { makePointing, readPointer } from './pointing.ts';
import { reportState } from './report-state.ts';
import { ACCENT, applyQuality, makeScene, paintScene } from './scene.ts';
import { makeSelectionDrape } from './selection-drape.ts';
import { followSensors } from './sensor-points.ts';
import { followSitingDrape } from './siting-drape.ts';
import { followSunDrape } from './sun-drape.ts';
import { followSun } from './sun-light.ts';
import { followPictures } from './take-picture.ts';
import { followTerrain } from './terrain.ts';
import { followTrafficDrape } from './traffic-drape.ts';
import { followTrees } from './trees.ts';
import { followVehicles } from './vehicle-points.ts';
import { followViewshedDrape } from './viewshed-drape.ts';

const DEFAULT_GROUND_M = 80;

/** Opens the globe in a container, once the catalogue is known. Returns a function that closes it. */
export async function openGlobe(container: HTMLElement): Promise<() => void> {
  const reply = await catalogueReply();
  const widget = makeScene(container, reply.city.home.lon, reply.city.home.lat);
  const { scene } = widget;
  const groundM = reply.geoid.undulationM + DEFAULT_GROUND_M;
  const pointing = makePointing(widget, reply.geoid.undulationM);
  const stops = [
    effect(() => {
      applyQuality(widget, quality.value);
      reportGlobe({ quality: quality.value });
    }),
    theme.subscribe((value) => paintScene(widget, value)),
    followSun(widget, [reply.city.home.lon, reply.city.home.lat]),
    followDrapes(widget),
    followSunDrape(widget),
    followViewshedDrape(widget),
    followSitingDrape(widget),
    followTrafficDrape(widget),
    followCamera(widget, groundM),
    followFlights(widget, groundM),
    readPointer(widget, pointing),
    followVehicles(widget),
    followPictures(widget),
  ];
  const ground = followTerrain(widget);
  stops.push(ground.stop);
  await ground.opened;
  stops.push(followSensors(widget, groundM));
  const buildings = followBuildings(widget);
  stops.push(
    buildings.stop,
    followDemolished(widget),
    followCapacity(widget, reply.geoid.undulationM, groundM),
    followPlacedModel(widget, reply.geoid.undulationM, groundM),
    followNetworks(widget, reply.geoid.undulationM),
    followClip(widget, reply.geoid.undulationM),
    followTrees(widget),
  );
  const countFrames = scene.postRender.addEventListener(() => {
    globeFrame.value++;
  });
  stops.push(followSelected(widget, buildings), reportState(widget, buildings.tilesLoaded), countFrames);
  globeMap.value = commandsOf(widget, pointing, groundM);
  return () => {
    globeMap.value = undefined;
    for (const stop of stops) stop();
    widget.destroy();
  };
}

function catalogueReply() {
  return new Promise<Extract<typeof catalogue.value, { kind: 'ready' }>['value']>((resolve) => {
    const stop = effect(() => {
      if (catalogue.value.kind !== 'ready') return;
      resolve(catalogue.value.value);
      queueMicrotask(() => stop());
    });
  });
}

/** Lights the selected building and lays the outline of a 2D object on the ground. */
function followSelected({ scene }: CesiumWidget, buildings: ShownBuildings): () => void {
  let drape: ImageryLayer | undefined;
  return effect(() => {
    buildings.highlight(selection.value?.id);
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
