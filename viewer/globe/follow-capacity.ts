import {
  Cartesian3,
  type CesiumWidget,
  Color,
  ColorGeometryInstanceAttribute,
  GeometryInstance,
  PerInstanceColorAppearance,
  PolygonGeometry,
  PolygonHierarchy,
  PolygonOutlineGeometry,
  Primitive,
} from '@cesium/engine';
import { effect } from '@preact/signals';
import { transformBetween } from '../../core/geo/crs.ts';
import type { Ring } from '../../core/geo/geometry.ts';
import type { CapacityResult } from '../../core/wire/capacity.ts';
import { capacityBodies } from '../capacity/capacity-state.ts';
import { theme } from '../state/theme.ts';
import { SCENARIO_INK } from '../style/ink.ts';

/** Where no plan sets a height the body is a slab of this height. */
const FLAT_M = 0.5;
const FILL_ALPHA = 0.32;

/** The envelope of what may be built, as a body of glass on the parcel. */
export function followCapacity(
  { scene }: CesiumWidget,
  undulationM: number,
  usualGroundM: number,
): () => void {
  let shown: readonly Primitive[] = [];
  return effect(() => {
    for (const body of shown) scene.primitives.remove(body);
    const result = capacityBodies.value;
    shown = result ? bodiesOf(result, undulationM, usualGroundM, SCENARIO_INK[theme.value]) : [];
    for (const body of shown) scene.primitives.add(body);
    scene.requestRender();
  });
}

function bodiesOf(
  { bodies, groundM }: CapacityResult,
  undulationM: number,
  usualGroundM: number,
  ink: string,
): readonly Primitive[] {
  const footM = groundM === null ? usualGroundM : groundM + undulationM;
  const colour = Color.fromCssColorString(ink);
  const polygons = bodies.flatMap(({ footprint, heightM }) =>
    footprint.coordinates.flatMap((rings) => {
      const [shell, ...holes] = rings.map(cartesian);
      return shell
        ? [
            {
              polygonHierarchy: new PolygonHierarchy(
                [...shell],
                holes.map((hole) => new PolygonHierarchy([...hole])),
              ),
              height: footM,
              extrudedHeight: footM + (heightM ?? FLAT_M),
            },
          ]
        : [];
    }),
  );
  if (polygons.length === 0) return [];
  const attributes = (alpha: number) => ({
    color: ColorGeometryInstanceAttribute.fromColor(colour.withAlpha(alpha)),
  });
  return [
    new Primitive({
      geometryInstances: polygons.map(
        (polygon) =>
          new GeometryInstance({
            geometry: new PolygonGeometry({
              ...polygon,
              vertexFormat: PerInstanceColorAppearance.FLAT_VERTEX_FORMAT,
            }),
            attributes: attributes(FILL_ALPHA),
          }),
      ),
      appearance: new PerInstanceColorAppearance({ flat: true, translucent: true, closed: true }),
      // In place: a worker of its own would be one more file to load.
      asynchronous: false,
    }),
    new Primitive({
      geometryInstances: polygons.map(
        (polygon) =>
          new GeometryInstance({ geometry: new PolygonOutlineGeometry(polygon), attributes: attributes(1) }),
      ),
      appearance: new PerInstanceColorAppearance({ flat: true, translucent: false }),
      asynchronous: false,
    }),
  ];
}

const toLonLat = transformBetween(2177, 4326);

/** Without the last corner, which repeats the first. */
const cartesian = (ring: Ring): readonly Cartesian3[] =>
  ring.slice(0, -1).map((corner) => {
    const [lon, lat] = toLonLat(corner);
    return Cartesian3.fromDegrees(lon, lat);
  });
