import {
  BoundingSphere,
  Cartesian3,
  type CesiumWidget,
  Color,
  ColorGeometryInstanceAttribute,
  ComponentDatatype,
  Geometry,
  GeometryAttribute,
  GeometryAttributes,
  GeometryInstance,
  Matrix3,
  Matrix4,
  PerInstanceColorAppearance,
  Primitive,
  Transforms,
} from '@cesium/engine';
import { effect } from '@preact/signals';
import { transformBetween } from '../../core/geo/crs.ts';
import { theme } from '../state/theme.ts';
import { SCENARIO_INK } from '../style/ink.ts';
import { check } from '../whatif/edits/edit-check.ts';
import type { ModelBody } from '../whatif/edits/model/model-body.ts';
import { modelRead, modelStand } from '../whatif/edits/model/model-work.ts';

const toLonLat = transformBetween(2177, 4326);
/** So far ahead is looked for north in the plane of the city. */
const AHEAD_M = 100;

/** The body of the model that is being placed, moved with it. */
export function followPlacedModel(
  { scene }: CesiumWidget,
  undulationM: number,
  usualGroundM: number,
): () => void {
  let shown: { readonly body: ModelBody; readonly ink: string; readonly primitive: Primitive } | undefined;
  let groundM: number | undefined;
  const drop = () => {
    if (shown) scene.primitives.remove(shown.primitive);
    shown = undefined;
  };
  const stop = effect(() => {
    const read = modelRead.value;
    const stand = modelStand.value;
    const ink = SCENARIO_INK[theme.value];
    if (check.value.kind === 'done') groundM = check.value.trial.groundHeightM ?? groundM;
    if (read.kind !== 'ready' || !stand) {
      groundM = undefined;
      drop();
    } else {
      if (shown?.body !== read.body || shown.ink !== ink) {
        drop();
        shown = { body: read.body, ink, primitive: bodyOf(read.body, ink) };
        scene.primitives.add(shown.primitive);
      }
      const footM = stand.footHeightM ?? groundM;
      const heightM = (footM === undefined ? usualGroundM : footM + undulationM) + stand.raiseM;
      shown.primitive.modelMatrix = frameAt(stand.at, heightM, stand.turnDeg);
    }
    scene.requestRender();
  });
  return () => {
    stop();
    drop();
  };
}

/** From the frame of the model to the Earth: x and y along the plane of the city, which is turned against north. */
function frameAt(at: readonly [number, number], heightM: number, turnDeg: number): Matrix4 {
  const [lon, lat] = toLonLat(at);
  const origin = Cartesian3.fromDegrees(lon, lat, heightM);
  const frame = Transforms.eastNorthUpToFixedFrame(origin);
  const [aheadLon, aheadLat] = toLonLat([at[0] + AHEAD_M, at[1]]);
  const ahead = Matrix4.multiplyByPoint(
    Matrix4.inverseTransformation(frame, new Matrix4()),
    Cartesian3.fromDegrees(aheadLon, aheadLat, heightM),
    new Cartesian3(),
  );
  const turn = Matrix3.fromRotationZ(Math.atan2(ahead.y, ahead.x) + (turnDeg * Math.PI) / 180);
  return Matrix4.multiplyByMatrix3(frame, turn, new Matrix4());
}

function bodyOf({ cornersMm, faces }: ModelBody, ink: string): Primitive {
  const positions: number[] = [];
  const normals: number[] = [];
  const at = (index: number): Cartesian3 => {
    const [x, y, z] = cornersMm[index] ?? [0, 0, 0];
    return new Cartesian3(x / 1000, y / 1000, z / 1000);
  };
  // A preview: fans over the shells, holes are filled.
  for (const [shell = []] of faces) {
    for (let i = 1; i + 1 < shell.length; i++) {
      const [a, b, c] = [at(shell[0] ?? 0), at(shell[i] ?? 0), at(shell[i + 1] ?? 0)];
      const normal = Cartesian3.cross(
        Cartesian3.subtract(b, a, new Cartesian3()),
        Cartesian3.subtract(c, a, new Cartesian3()),
        new Cartesian3(),
      );
      if (Cartesian3.magnitude(normal) === 0) continue;
      Cartesian3.normalize(normal, normal);
      for (const { x, y, z } of [a, b, c]) {
        positions.push(x, y, z);
        normals.push(normal.x, normal.y, normal.z);
      }
    }
  }
  const geometry = new Geometry({
    attributes: Object.assign(new GeometryAttributes(), {
      position: new GeometryAttribute({
        ...{ componentDatatype: ComponentDatatype.DOUBLE, componentsPerAttribute: 3 },
        values: new Float64Array(positions),
      }),
      normal: new GeometryAttribute({
        ...{ componentDatatype: ComponentDatatype.FLOAT, componentsPerAttribute: 3 },
        values: new Float32Array(normals),
      }),
    }),
    boundingSphere: BoundingSphere.fromVertices(positions),
  });
  return new Primitive({
    geometryInstances: new GeometryInstance({
      geometry,
      attributes: { color: ColorGeometryInstanceAttribute.fromColor(Color.fromCssColorString(ink)) },
    }),
    appearance: new PerInstanceColorAppearance({ translucent: false, faceForward: true }),
    ...{ asynchronous: false, allowPicking: false, compressVertices: false },
  });
}
