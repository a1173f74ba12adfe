/** Houses under roofs of every shape, on one level, strewn over a square of EPSG:2177. */
import type { BuildingShape, Corner } from '../../core/analysis/sun/building-shape.ts';
import type { BuildingPart } from '../../core/building/building-part.ts';
import { flatRoof, gabledRoof, hippedRoof, mansardRoof, shedRoof } from '../../core/building/roofs.ts';
import { buildSolid, type Solid } from '../../core/building/solid.ts';
import { randomOf } from '../../core/demo-city/random.ts';
import type { Xy } from '../../core/geo/plane.ts';

export interface SampleStreet {
  readonly houses: number;
  readonly sizeM: number;
  readonly seed: string;
  readonly origin?: readonly [number, number];
}

const ORIGIN = [6_426_900, 5_808_700] as const;

export function sampleStreet({ houses, sizeM, seed, origin = ORIGIN }: SampleStreet): BuildingShape[] {
  const { between, integer } = randomOf('street', seed);
  return Array.from({ length: houses }, (_, index) => {
    const [width, depth, eaves] = [between(8, 30), between(7, 14), between(3, 20)];
    const ring: Xy[] = [
      [0, 0],
      [width, 0],
      [width, depth],
      [0, depth],
    ];
    const planes = [
      () => flatRoof(eaves),
      () => gabledRoof(ring, [0, 2], eaves, 0.8),
      () => hippedRoof(ring, eaves, 0.7),
      () => mansardRoof(ring, [0, 1, 2, 3], eaves, 2),
      () => shedRoof(ring, 0, eaves, 0.2),
    ][integer(0, 4)]?.();
    const turned = between(0, 2 * Math.PI);
    const at: Xy = [origin[0] + between(0, sizeM), origin[1] + between(0, sizeM)];
    return shapeOf(`house-${index}`, [{ ring, planes: planes ?? [] }], at, turned);
  });
}

/** A building of parts, turned about its corner and put somewhere. */
export function shapeOf(
  id: string,
  parts: readonly BuildingPart[],
  at: Xy,
  turnedRad = 0,
  groundM = 0,
): BuildingShape {
  const solid: Solid = buildSolid(parts);
  const [cos, sin] = [Math.cos(turnedRad), Math.sin(turnedRad)];
  return {
    id,
    surfaceKinds: solid.surfaces.map(({ kind }) => kind).join(''),
    surfaces: solid.surfaces.map(({ ring }) => [
      ring.map(
        ([x, y, z]): Corner => [
          at[0] + (x * cos - y * sin) / 1000,
          at[1] + (x * sin + y * cos) / 1000,
          groundM + z / 1000,
        ],
      ),
    ]),
  };
}

/** A block with a level roof: corner, size along the axes, height. */
export function blockAt(id: string, at: Xy, [width, depth]: Xy, heightM: number, groundM = 0): BuildingShape {
  const ring: Xy[] = [
    [0, 0],
    [width, 0],
    [width, depth],
    [0, depth],
  ];
  return shapeOf(id, [{ ring, planes: flatRoof(heightM) }], at, 0, groundM);
}
