/** Utility networks under a ground that is seen through, and the pit of the drawn excavation. */
import {
  Cartesian3,
  Cesium3DTileStyle,
  type CesiumWidget,
  ClippingPolygon,
  ClippingPolygonCollection,
  Color,
  ColorGeometryInstanceAttribute,
  GeometryInstance,
  PerInstanceColorAppearance,
  PolygonGeometry,
  PolygonHierarchy,
  Primitive,
} from '@cesium/engine';
import { computed, effect } from '@preact/signals';
import { LAID_NETWORKS } from '../../core/catalogue/laid-networks.ts';
import { transformBetween } from '../../core/geo/crs.ts';
import { digAnswer } from '../dig/dig-answer.ts';
import { excavation, groundAlpha, isUnderground } from '../state/dig.ts';
import { lastOf } from '../state/load.ts';
import { tilesKey } from '../state/shown-city.ts';
import { theme } from '../state/theme.ts';
import { followLayerTiles } from './layer-tiles.ts';
import { ACCENT } from './scene.ts';

/** What is only assumed to lie there is seen through; a property in the language of styles for 3D Tiles. */
const IS_ASSUMED = `\${height_source} === 'assumed'`;
const STYLE = new Cesium3DTileStyle({
  color: {
    conditions: [
      [IS_ASSUMED, "color('white', 0.45)"],
      ['true', "color('white')"],
    ],
  },
});

const SOIL: Readonly<Record<'light' | 'dark', string>> = { light: '#8a7a66', dark: '#4a4238' };

/**
 * Shows the networks while one looks under the ground: the ground is seen through, the camera may go below it, and a
 * drawn excavation is cut out of it.
 * @param undulationM ellipsoidal minus normal height in the city
 */
export function followNetworks({ scene }: CesiumWidget, undulationM: number): () => void {
  const stopTiles = followLayerTiles(scene, {
    kind: 'networks',
    layers: LAID_NETWORKS,
    key: () => (isUnderground.value ? LAID_NETWORKS.map((layer) => tilesKey(layer)).join(' ') : undefined),
    dress: (tileset) => {
      tileset.style = STYLE;
    },
  });
  const stopGround = effect(() => {
    const { globe, screenSpaceCameraController: controller } = scene;
    const isBelow = isUnderground.value;
    globe.translucency.enabled = isBelow;
    globe.translucency.frontFaceAlpha = groundAlpha.value;
    globe.translucency.backFaceAlpha = Math.min(0.2, groundAlpha.value);
    globe.undergroundColor = Color.fromCssColorString(SOIL[theme.value]);
    controller.enableCollisionDetection = !isBelow;
    scene.requestRender();
  });
  const stopPit = followPit(scene, undulationM);
  return () => {
    stopTiles();
    stopGround();
    stopPit();
  };
}

/** The excavation as a hole in the ground with a floor and walls. */
function followPit(scene: CesiumWidget['scene'], undulationM: number): () => void {
  let pit: Primitive | undefined;
  const outline = computed(() =>
    excavation.value?.corners.map(([e, n]) => {
      const [lon, lat] = toLonLat([e, n]);
      return Cartesian3.fromDegrees(lon, lat);
    }),
  );
  let isCut = false;
  const stopHole = effect(() => {
    const corners = outline.value;
    // Whoever never digs has a ground that is clipped by nothing.
    if (!corners && !isCut) return;
    isCut = corners !== undefined;
    scene.globe.clippingPolygons = new ClippingPolygonCollection({
      polygons: corners ? [new ClippingPolygon({ positions: corners })] : [],
    });
    scene.requestRender();
  });
  const stopBody = effect(() => {
    if (pit) scene.primitives.remove(pit);
    pit = undefined;
    const corners = outline.value;
    const heights = lastOf(digAnswer.value);
    if (corners && heights?.ground && heights.bottom) {
      pit = pitOf(
        corners,
        heights.bottom.lowestM + undulationM,
        heights.ground.highestM + undulationM,
        ACCENT[theme.value],
      );
      scene.primitives.add(pit);
    }
    scene.requestRender();
  });
  return () => {
    stopHole();
    stopBody();
    if (pit) scene.primitives.remove(pit);
  };
}

const toLonLat = transformBetween(2177, 4326);
const PIT_ALPHA = 0.22;

function pitOf(corners: readonly Cartesian3[], bottomM: number, topM: number, ink: string): Primitive {
  const geometry = new PolygonGeometry({
    polygonHierarchy: new PolygonHierarchy([...corners]),
    height: bottomM,
    extrudedHeight: topM,
    closeTop: false,
    vertexFormat: PerInstanceColorAppearance.FLAT_VERTEX_FORMAT,
  });
  return new Primitive({
    geometryInstances: new GeometryInstance({
      geometry,
      attributes: {
        color: ColorGeometryInstanceAttribute.fromColor(Color.fromCssColorString(ink).withAlpha(PIT_ALPHA)),
      },
    }),
    appearance: new PerInstanceColorAppearance({ flat: true, translucent: true }),
    allowPicking: false,
    // In place: a worker of its own would be one more file to load.
    asynchronous: false,
  });
}
