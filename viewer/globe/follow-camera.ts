import { Cartographic, Math as CesiumMath, type CesiumWidget, type Scene } from '@cesium/engine';
import { effect } from '@preact/signals';
import { transformBetween } from '../../core/geo/crs.ts';
import {
  flight,
  globeView,
  leader,
  metresPerPixel,
  mode,
  moveCamera,
  type PlanBox,
  planView,
} from '../state/twin-state.ts';
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

const OBJECT_MIN_RANGE_M = 170;
const FLIGHT_S = 1.1;

const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Takes over what the plan or a link did to the camera, and reports what people do to it here. */
export function followCamera({ scene }: CesiumWidget, groundM: number): () => void {
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

function groundAt(scene: Scene, place: readonly [number, number]): number | undefined {
  const [lon, lat] = transformBetween(2177, 4326)(place);
  return scene.globe.getHeight(Cartographic.fromDegrees(lon, lat));
}

export function followFlights({ scene }: CesiumWidget, groundM: number): () => void {
  return effect(() => {
    const wanted = flight.value;
    if (!wanted || mode.peek() !== '3d') return;
    flyToBox(scene, wanted.box, groundM);
  });
}

/** Flies so that the box fills the view at the present heading. */
export function flyToBox(scene: Scene, [minE, minN, maxE, maxN]: PlanBox, groundM: number): void {
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
