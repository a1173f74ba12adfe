import {
  Cartesian2,
  Cartesian3,
  Cartographic,
  type Cesium3DTileset,
  CesiumWidget,
  Color,
  Credit,
  CreditDisplay,
  DirectionalLight,
  Matrix3,
  Matrix4,
  PerspectiveFrustum,
  PostProcessStage,
  ShadowMode,
  Transforms,
} from '@cesium/engine';
import type { Quality } from '../state/quality.ts';
import type { Theme } from '../style/ink.ts';

/** What is selected, on ground and walls. */
export const ACCENT: Readonly<Record<Theme, string>> = { light: '#4b9bff', dark: '#6db2f7' };

/** Where the sun stands, degrees: clockwise from north, and above the horizon. */
export interface SunDirection {
  readonly azimuthDeg: number;
  readonly altitudeDeg: number;
}

/** The light of a map: south-west, in the middle of the afternoon. */
const MAP_LIGHT: SunDirection = { azimuthDeg: 222, altitudeDeg: 42 };
/** At night so much is left, that the city can be seen. */
const NIGHT_PART = 0.15;

const SKY: Readonly<Record<Theme, string>> = { light: '#efeadd', dark: '#12171d' };
const GROUND: Readonly<Record<Theme, string>> = { light: '#f2eee6', dark: '#1a2129' };
const SUN: Readonly<Record<Theme, string>> = { light: '#fffaf2', dark: '#a9bfdc' };
const SUN_STRENGTH: Readonly<Record<Theme, number>> = { light: 2.1, dark: 1.1 };

/** A bare globe on calm paper: no stars, no foreign imagery, drawn only when something changes. */
export function makeScene(container: HTMLElement, lon: number, lat: number): CesiumWidget {
  window.CESIUM_BASE_URL = new URL(CESIUM_FOLDER, document.baseURI).href;
  // Nothing of Cesium ion is used, so its logo is not fetched either.
  CreditDisplay.cesiumCredit = new Credit('');
  const widget = new CesiumWidget(container, {
    baseLayer: false,
    skyBox: false,
    skyAtmosphere: false,
    scene3DOnly: true,
    orderIndependentTranslucency: false,
    requestRenderMode: true,
    maximumRenderTimeChange: Number.POSITIVE_INFINITY,
    showRenderLoopErrors: false,
    blurActiveElementOnCanvasFocus: false,
    // Nothing foreign is shown, so there is nobody to credit here; stewards stand in the map's foot.
    creditContainer: document.createElement('div'),
    terrainShadows: ShadowMode.RECEIVE_ONLY,
  });
  const { scene } = widget;
  // The shape of the view is asked for before the first frame sets it.
  widget.resize();
  if (scene.camera.frustum instanceof PerspectiveFrustum) {
    scene.camera.frustum.aspectRatio = container.clientWidth / Math.max(1, container.clientHeight);
  }
  if (scene.moon) scene.moon.show = false;
  scene.light = new DirectionalLight({ direction: sunDirection([lon, lat], MAP_LIGHT) });
  const { globe } = scene;
  globe.showGroundAtmosphere = false;
  globe.dynamicAtmosphereLighting = false;
  globe.enableLighting = true;
  // Level ground keeps its full colour; slopes turned from the sun darken by up to a third.
  globe.lambertDiffuseMultiplier = 0.62;
  globe.vertexShadowDarkness = 0.58;
  globe.showWaterEffect = false;
  globe.depthTestAgainstTerrain = true;
  globe.maximumScreenSpaceError = 2;
  scene.fog.renderable = false;
  const { screenSpaceCameraController: controller } = scene;
  controller.minimumZoomDistance = 8;
  controller.maximumZoomDistance = 60_000;
  controller.inertiaZoom = 0.6;
  return widget;
}

function sunDirection(
  [lon, lat]: readonly [number, number],
  { azimuthDeg, altitudeDeg }: SunDirection,
): Cartesian3 {
  const azimuth = (azimuthDeg * Math.PI) / 180;
  const altitude = (altitudeDeg * Math.PI) / 180;
  const toSun = new Cartesian3(
    Math.sin(azimuth) * Math.cos(altitude),
    Math.cos(azimuth) * Math.cos(altitude),
    Math.sin(altitude),
  );
  const frame = Transforms.eastNorthUpToFixedFrame(
    Cartographic.toCartesian(Cartographic.fromDegrees(lon, lat)),
  );
  const rotation = Matrix4.getMatrix3(frame, new Matrix3());
  const world = Matrix3.multiplyByVector(rotation, toSun, new Cartesian3());
  return Cartesian3.negate(world, world);
}

/** Light in the colour of the theme, from where the sun stands; undefined: that of a map. */
export function lightScene(
  { scene }: CesiumWidget,
  lonLat: readonly [number, number],
  theme: Theme,
  sun: SunDirection = MAP_LIGHT,
): void {
  if (!(scene.light instanceof DirectionalLight)) return;
  const isUp = sun.altitudeDeg > 0;
  scene.light.direction = sunDirection(lonLat, isUp ? sun : MAP_LIGHT);
  scene.light.color = Color.fromCssColorString(SUN[theme]);
  scene.light.intensity = SUN_STRENGTH[theme] * (isUp ? 1 : NIGHT_PART);
}

/** Colours of the theme: horizon and bare ground. */
export function paintScene({ scene }: CesiumWidget, theme: Theme): void {
  scene.backgroundColor = Color.fromCssColorString(SKY[theme]);
  scene.globe.baseColor = Color.fromCssColorString(GROUND[theme]);
  scene.requestRender();
}

/** Soft shadows, ambient occlusion and a fading horizon where the graphics can; bare and half-sized where not. */
export function applyQuality(widget: CesiumWidget, quality: Quality): void {
  const { scene } = widget;
  const high = quality === 'high';
  widget.useBrowserRecommendedResolution = !high;
  widget.resolutionScale = high ? 1 : 0.5;
  // Half-sized pictures are smoothed, where the widget would show bare pixels.
  widget.canvas.style.imageRendering = 'auto';
  scene.msaaSamples = high && scene.msaaSupported ? 4 : 1;
  scene.globe.maximumScreenSpaceError = high ? 1.6 : 4;
  scene.fog.enabled = high;
  const { shadowMap, postProcessStages } = scene;
  shadowMap.enabled = high;
  shadowMap.softShadows = true;
  shadowMap.size = 2048;
  shadowMap.maximumDistance = 2500;
  shadowMap.darkness = 0.55;
  const occlusion = postProcessStages.ambientOcclusion;
  occlusion.enabled = high;
  occlusion.uniforms.intensity = 2;
  occlusion.uniforms.lengthCap = 2.5;
  occlusion.uniforms.bias = 0.3;
  occlusion.uniforms.directionCount = 6;
  occlusion.uniforms.stepCount = 12;
  const fade = fadeOf(widget);
  fade.enabled = high;
  scene.requestRender();
}

const FADE_NAME = 'blizniak_horizon';

/** Mixes the far distance into the background, so that the world ends in paper and not in space. */
function fadeOf({ scene }: CesiumWidget): PostProcessStage {
  const stages = scene.postProcessStages;
  for (let i = 0; i < stages.length; i++) {
    const stage = stages.get(i);
    if (stage instanceof PostProcessStage && stage.name === FADE_NAME) return stage;
  }
  const fade = new PostProcessStage({
    name: FADE_NAME,
    fragmentShader: `
        uniform sampler2D colorTexture;
        uniform sampler2D depthTexture;
        uniform vec4 horizon;
        uniform vec2 range;
        in vec2 v_textureCoordinates;
        void main() {
          vec4 color = texture(colorTexture, v_textureCoordinates);
          float depth = czm_readDepth(depthTexture, v_textureCoordinates);
          vec4 eye = czm_inverseProjection * vec4(2.0 * v_textureCoordinates - 1.0, depth, 1.0);
          float away = depth >= 1.0 ? range.y : length(eye.xyz / eye.w);
          out_FragColor = mix(color, horizon, smoothstep(range.x, range.y, away));
        }`,
    uniforms: {
      horizon: () => scene.backgroundColor,
      range: () => {
        const heightM = Math.max(200, scene.camera.positionCartographic.height);
        return { x: Math.max(5000, heightM * 5), y: Math.max(18_000, heightM * 16) };
      },
    },
  });
  stages.add(fade);
  return fade;
}

const SKYLIGHT: Readonly<Record<Theme, number>> = { light: 0.62, dark: 0.24 };

/** Light from the sky without a picture of one: a little brighter from above than from below. */
export function lightTiles(tileset: Cesium3DTileset, theme: Theme): void {
  tileset.environmentMapManager.enabled = false;
  const zero = Cartesian3.ZERO;
  const strength = SKYLIGHT[theme];
  const sky = new Cartesian3(strength, strength, strength * 1.04);
  const fromAbove = new Cartesian3(strength / 4, strength / 4, strength / 4);
  tileset.imageBasedLighting.imageBasedLightingFactor = new Cartesian2(1, 0);
  tileset.imageBasedLighting.sphericalHarmonicCoefficients = [
    sky,
    zero,
    fromAbove,
    zero,
    zero,
    zero,
    zero,
    zero,
    zero,
  ];
}
