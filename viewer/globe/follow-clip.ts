/** Buildings, trees, networks and ground cut to a box, or a box cut out of them. */
import {
  BoxOutlineGeometry,
  Cartesian3,
  Cesium3DTileset,
  type CesiumWidget,
  ClippingPlane,
  ClippingPlaneCollection,
  Color,
  ColorGeometryInstanceAttribute,
  GeometryInstance,
  Matrix3,
  Matrix4,
  PerInstanceColorAppearance,
  Primitive,
  Transforms,
} from '@cesium/engine';
import { effect } from '@preact/signals';
import { transformBetween } from '../../core/geo/crs.ts';
import { scaleFactorAt } from '../../core/geo/ellipsoid-length.ts';
import { type ClipBox, clipBox } from '../state/clip.ts';
import { theme } from '../state/theme.ts';
import { ACCENT } from './scene.ts';

const SRID = 2177;
const toLonLat = transformBetween(SRID, 4326);
const EDGE_PX = 2;

/** @param undulationM ellipsoidal minus normal height in the city */
export function followClip({ scene }: CesiumWidget, undulationM: number): () => void {
  let frame: Frame | undefined;
  let clipped = new WeakMap<Cesium3DTileset, Frame>();
  let outline: Primitive | undefined;
  let isGroundCut = false;
  const cutTilesets = () => {
    for (let n = 0; n < scene.primitives.length; n++) {
      const primitive: unknown = scene.primitives.get(n);
      if (!(primitive instanceof Cesium3DTileset) || clipped.get(primitive) === frame) continue;
      cut(primitive, frame);
      if (frame) clipped.set(primitive, frame);
      else clipped.delete(primitive);
    }
  };
  // Tiles of another city or moment come at any time.
  const unlisten = scene.preUpdate.addEventListener(() => {
    if (frame) cutTilesets();
  });
  const stop = effect(() => {
    const box = clipBox.value;
    const ink = ACCENT[theme.value];
    frame = box && frameOf(box, undulationM, ink);
    cutTilesets();
    if (!frame) clipped = new WeakMap();
    const cutsGround = frame !== undefined && box?.cutsGround === true;
    // Whoever never cuts has a ground that is clipped by nothing.
    if (cutsGround || isGroundCut) scene.globe.clippingPlanes = planesOf(cutsGround ? frame : undefined);
    isGroundCut = cutsGround;
    if (outline) scene.primitives.remove(outline);
    outline = frame && scene.primitives.add(outlineOf(frame));
    scene.requestRender();
  });
  return () => {
    stop();
    unlisten();
  };
}

interface Frame {
  /** From metres east, north and up of the middle of the box to the earth. */
  readonly toWorld: Matrix4;
  readonly halfM: Cartesian3;
  readonly keeps: ClipBox['keeps'];
  readonly ink: Color;
}

function frameOf({ at, sizeM, heightsM, keeps }: ClipBox, undulationM: number, ink: string): Frame {
  const [lon, lat] = toLonLat(at);
  const [fromM, toM] = heightsM;
  const middle = Cartesian3.fromDegrees(lon, lat, (fromM + toM) / 2 + undulationM);
  const toWorld = Transforms.eastNorthUpToFixedFrame(middle);
  // North of the grid is turned against north of the earth by the convergence.
  const north = toLonLat([at[0], at[1] + 100]);
  const turn = Math.atan2((north[0] - lon) * Math.cos((lat * Math.PI) / 180), north[1] - lat);
  Matrix4.multiplyByMatrix3(toWorld, Matrix3.fromRotationZ(-turn), toWorld);
  const scale = scaleFactorAt(at, SRID);
  return {
    toWorld,
    halfM: new Cartesian3(sizeM[0] / scale / 2, sizeM[1] / scale / 2, (toM - fromM) / 2),
    keeps,
    ink: Color.fromCssColorString(ink),
  };
}

const SIDES = [Cartesian3.UNIT_X, Cartesian3.UNIT_Y, Cartesian3.UNIT_Z].flatMap((axis) => [
  axis,
  Cartesian3.negate(axis, new Cartesian3()),
]);

/** Six planes; what is behind one of them goes, or what is behind all. */
function planesOf(frame: Frame | undefined, fromTiles = Matrix4.IDENTITY): ClippingPlaneCollection {
  if (!frame) return new ClippingPlaneCollection({ enabled: false });
  const { halfM, ink, keeps, toWorld } = frame;
  const isInside = keeps === 'inside';
  return new ClippingPlaneCollection({
    planes: SIDES.map((side) => {
      const awayM = Math.abs(Cartesian3.dot(side, halfM));
      // Inwards: a point in the box is before all of them. Outwards: it is behind all of them.
      return isInside ? new ClippingPlane(side, awayM) : new ClippingPlane(Cartesian3.clone(side), -awayM);
    }),
    unionClippingRegions: isInside,
    modelMatrix: Matrix4.multiply(fromTiles, toWorld, new Matrix4()),
    edgeWidth: EDGE_PX,
    edgeColor: ink,
  });
}

function cut(tileset: Cesium3DTileset, frame: Frame | undefined): void {
  if (!frame) {
    if (tileset.clippingPlanes) tileset.clippingPlanes = planesOf(undefined);
    return;
  }
  tileset.clippingPlanes = planesOf(frame, Matrix4.inverse(originOf(tileset), new Matrix4()));
}

/** What the planes of a tileset are counted from, which the library keeps to itself. */
const originOf = (tileset: Cesium3DTileset): Matrix4 =>
  (tileset as unknown as { readonly clippingPlanesOriginMatrix: Matrix4 }).clippingPlanesOriginMatrix;

function outlineOf({ halfM, ink, toWorld }: Frame): Primitive {
  return new Primitive({
    geometryInstances: new GeometryInstance({
      geometry: new BoxOutlineGeometry({
        minimum: Cartesian3.negate(halfM, new Cartesian3()),
        maximum: halfM,
      }),
      modelMatrix: toWorld,
      attributes: { color: ColorGeometryInstanceAttribute.fromColor(ink) },
    }),
    appearance: new PerInstanceColorAppearance({ flat: true, translucent: false }),
    allowPicking: false,
    // In place: a worker of its own would be one more file to load.
    asynchronous: false,
  });
}
