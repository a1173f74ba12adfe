import {
  Cartesian2,
  Cartesian3,
  Cartographic,
  Math as CesiumMath,
  type CesiumWidget,
  KeyboardEventModifier,
  type Scene,
  SceneTransforms,
  ScreenSpaceEventHandler,
  ScreenSpaceEventType,
} from '@cesium/engine';
import { transformBetween } from '../../core/geo/crs.ts';
import { copyCoordinates } from '../state/coordinate-choice.ts';
import type { Selection } from '../state/link.ts';
import { mapTool } from '../state/map-tool.ts';
import type { PixelOffset, Pointed } from '../state/map-view.ts';
import { identifyAt, selectFound } from '../state/selected-item.ts';
import { layers, metresPerPixel, pointer } from '../state/twin-state.ts';
import { buildingIds } from './buildings.ts';
import { pickedObject } from './layer-tiles.ts';
import { pickedSensor } from './sensor-points.ts';
import { TREES } from './trees.ts';
import { pickedVehicle } from './vehicle-points.ts';

/** Turns pixels of the globe into places and objects, and places into pixels. */
export interface Pointing {
  /** On a roof or wall where one stands under the pixel, else on the ground; undefined past the horizon. */
  placeAt(pixel: Cartesian2): Pointed | undefined;
  groundAt(pixel: Cartesian2): Pointed | undefined;
  topAt(pixel: Cartesian2): Selection | undefined;
  identify(pixel: Cartesian2): void;
  pixelOf(place: Pointed): readonly [x: number, y: number] | undefined;
  /** The pixel at an offset from the middle. */
  pixelAt(offset: PixelOffset): Cartesian2;
}

/** How far from a line or point one may click. */
const NEAR_PX = 6;

/**
 * @param undulationM ellipsoidal minus normal height in the city: heights are said in the system of the city
 */
export function makePointing({ scene, canvas }: CesiumWidget, undulationM: number): Pointing {
  const groundAt = (pixel: Cartesian2): Pointed | undefined => {
    const ray = scene.camera.getPickRay(pixel);
    const at = ray && scene.globe.pick(ray, scene);
    return at && pointedOf(at, undulationM);
  };
  /** What lives above the ground, vehicles and sensors, and networks below it. */
  const liveAt = (pixel: Cartesian2): Selection | undefined => {
    const picked: unknown = scene.pick(pixel);
    const object = pickedObject(picked);
    return pickedVehicle(picked) ?? pickedSensor(picked) ?? (isTree(object) ? undefined : object);
  };
  const solidsAt = (pixel: Cartesian2): Selection[] => {
    const picked: unknown = scene.pick(pixel);
    const tree = pickedObject(picked);
    // Under a crown lies a parcel, which is asked for as well.
    if (tree && isTree(tree)) return [tree];
    const found = buildingIds(picked);
    if (!found) return [];
    const [id, registerId] = found;
    const solid = layers.peek().find(({ dimension }) => dimension === 3)?.name ?? 'buildings_3d';
    return [
      { layer: solid, id },
      ...(registerId === undefined ? [] : [{ layer: 'buildings', id: registerId }]),
    ];
  };
  const placeAt = (pixel: Cartesian2): Pointed | undefined => {
    const [on] = scene.pickPositionSupported ? solidsAt(pixel) : [];
    const at = on && scene.pickPosition(pixel);
    return at ? { ...pointedOf(at, undulationM), on } : groundAt(pixel);
  };
  return {
    placeAt,
    groundAt,
    topAt: (pixel) => liveAt(pixel) ?? solidsAt(pixel)[0],
    identify: (pixel) => {
      const live = liveAt(pixel);
      if (live) return selectFound([live]);
      const solids = solidsAt(pixel);
      const place = solids.length > 0 ? placeAt(pixel) : groundAt(pixel);
      if (place) void identifyAt(place.at, NEAR_PX * metresPerPixel.peek(), solids);
    },
    pixelOf: ({ at, heightM }) => {
      const [lon, lat] = transformBetween(2177, 4326)(at);
      const ellipsoidalM = heightM === undefined ? groundHeight(scene, lon, lat) : heightM + undulationM;
      const window = SceneTransforms.worldToWindowCoordinates(
        scene,
        Cartesian3.fromDegrees(lon, lat, ellipsoidalM),
      );
      return window && [window.x, window.y];
    },
    pixelAt: ([right, down]) =>
      new Cartesian2(canvas.clientWidth / 2 + right, canvas.clientHeight / 2 + down),
  };
}

const isTree = (object: Selection | undefined): boolean => object?.layer === TREES;

function pointedOf(at: Cartesian3, undulationM: number): Pointed {
  const { longitude, latitude, height } = Cartographic.fromCartesian(at);
  const degrees = [CesiumMath.toDegrees(longitude), CesiumMath.toDegrees(latitude)] as const;
  const [e, n] = transformBetween(4326, 2177)(degrees);
  return { at: [e, n], heightM: height - undulationM };
}

const groundHeight = (scene: Scene, lon: number, lat: number): number =>
  scene.globe.getHeight(Cartographic.fromDegrees(lon, lat)) ?? 0;

/** Clicks choose an object, or set points while something is measured; the pointer tells its place. */
export function readPointer({ canvas }: CesiumWidget, pointing: Pointing): () => void {
  const handler = new ScreenSpaceEventHandler(canvas);
  const click =
    (square: boolean) =>
    ({ position }: ScreenSpaceEventHandler.PositionedEvent): void => {
      const tool = mapTool.peek();
      const place = tool && pointing.placeAt(position);
      if (!tool) pointing.identify(position);
      else if (place) tool.point(place, square);
    };
  handler.setInputAction(click(false), ScreenSpaceEventType.LEFT_CLICK);
  handler.setInputAction(click(true), ScreenSpaceEventType.LEFT_CLICK, KeyboardEventModifier.SHIFT);
  handler.setInputAction(({ position }: ScreenSpaceEventHandler.PositionedEvent) => {
    copyCoordinates(pointing.placeAt(position));
  }, ScreenSpaceEventType.RIGHT_CLICK);
  handler.setInputAction(() => mapTool.peek()?.finish(), ScreenSpaceEventType.LEFT_DOUBLE_CLICK);
  handler.setInputAction(({ endPosition }: ScreenSpaceEventHandler.MotionEvent) => {
    pointer.value = pointing.groundAt(endPosition);
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
