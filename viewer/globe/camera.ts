import {
  type Camera,
  Cartesian2,
  Cartesian3,
  Cartographic,
  Math as CesiumMath,
  HeadingPitchRange,
  Matrix4,
  PerspectiveFrustum,
  type Scene,
} from '@cesium/engine';
import { transformBetween } from '../../core/geo/crs.ts';
import type { GlobeView, PlanView } from '../state/link.ts';

export const DEFAULT_HEADING_DEG = 342;
export const DEFAULT_PITCH_DEG = -33;
const STANDARD_PIXEL_M = 0.00028;
const MIN_RANGE_M = 40;
const MAX_RANGE_M = 60_000;

const { toDegrees, toRadians } = CesiumMath;

export function readGlobeView(camera: Camera): GlobeView {
  const { longitude, latitude, height } = camera.positionCartographic;
  return {
    lon: toDegrees(longitude),
    lat: toDegrees(latitude),
    heightM: height,
    headingDeg: normal(toDegrees(camera.heading)),
    pitchDeg: toDegrees(camera.pitch),
  };
}

const normal = (degrees: number): number => ((degrees % 360) + 360) % 360;

export function setGlobeView(camera: Camera, view: GlobeView): void {
  camera.setView({
    destination: Cartesian3.fromDegrees(view.lon, view.lat, view.heightM),
    orientation: { heading: toRadians(view.headingDeg), pitch: toRadians(view.pitchDeg), roll: 0 },
  });
}

/** What the middle of the view looks at, and from how far. Undefined when it looks past the horizon. */
export function targetOf(scene: Scene): { readonly at: Cartesian3; readonly rangeM: number } | undefined {
  const { camera, canvas, globe } = scene;
  const ray = camera.getPickRay(new Cartesian2(canvas.clientWidth / 2, canvas.clientHeight / 2));
  const at = ray && (globe.pick(ray, scene) ?? camera.pickEllipsoid(centre(canvas), globe.ellipsoid));
  return at ? { at, rangeM: Cartesian3.distance(at, camera.positionWC) } : undefined;
}

const centre = (canvas: HTMLCanvasElement): Cartesian2 =>
  new Cartesian2(canvas.clientWidth / 2, canvas.clientHeight / 2);

/** Metres seen by one CSS pixel at a distance. */
function metresPerPixelAt(scene: Scene, rangeM: number): number {
  const { frustum } = scene.camera;
  const fovy = frustum instanceof PerspectiveFrustum ? (frustum.fovy ?? 1) : 1;
  return (2 * rangeM * Math.tan(fovy / 2)) / Math.max(1, scene.canvas.clientHeight);
}

/** The plan that shows the same place at the same size. */
export function planOf(
  scene: Scene,
): { readonly plan: PlanView; readonly metresPerPixel: number } | undefined {
  const target = targetOf(scene);
  if (!target) return undefined;
  const { longitude, latitude } = Cartographic.fromCartesian(target.at);
  const [eastingM, northingM] = transformBetween(4326, 2177)([toDegrees(longitude), toDegrees(latitude)]);
  const metresPerPixel = metresPerPixelAt(scene, target.rangeM);
  return {
    plan: { eastingM, northingM, scaleDenominator: metresPerPixel / STANDARD_PIXEL_M },
    metresPerPixel,
  };
}

/** Looks at a place of EPSG:2177 from a distance; heights are ellipsoidal. */
export function lookAt(
  scene: Scene,
  [eastingM, northingM]: readonly [number, number],
  groundM: number,
  rangeM: number,
  { headingDeg, pitchDeg }: Pick<GlobeView, 'headingDeg' | 'pitchDeg'>,
): void {
  const [lon, lat] = transformBetween(2177, 4326)([eastingM, northingM]);
  lookAtPoint(scene, Cartesian3.fromDegrees(lon, lat, groundM), rangeM, headingDeg, pitchDeg);
}

export function lookAtPoint(
  { camera }: Scene,
  at: Cartesian3,
  rangeM: number,
  headingDeg: number,
  pitchDeg: number,
): void {
  const range = Math.max(MIN_RANGE_M, Math.min(MAX_RANGE_M, rangeM));
  camera.lookAt(
    at,
    new HeadingPitchRange(toRadians(headingDeg), toRadians(Math.max(-89.9, Math.min(-5, pitchDeg))), range),
  );
  camera.lookAtTransform(Matrix4.IDENTITY);
}

/** The distance from which the globe shows the scale of a plan. */
export function rangeOf(scene: Scene, scaleDenominator: number): number {
  return (scaleDenominator * STANDARD_PIXEL_M) / metresPerPixelAt(scene, 1);
}

export const isSameView = (a: GlobeView, b: GlobeView): boolean =>
  Math.abs(a.lon - b.lon) < 1e-8 &&
  Math.abs(a.lat - b.lat) < 1e-8 &&
  Math.abs(a.heightM - b.heightM) < 0.005 &&
  Math.abs(a.headingDeg - b.headingDeg) < 0.005 &&
  Math.abs(a.pitchDeg - b.pitchDeg) < 0.005;
