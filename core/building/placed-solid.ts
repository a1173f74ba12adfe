/** Solids of a register moved, turned and made higher or lower. What was closed stays closed: equal corners stay equal. */
import { type MultiPolygon, mapPositions, type Position } from '../geo/geometry.ts';
import type { Xy } from '../geo/plane.ts';

/** Metres to the millimetre, as registers store them. */
const mm = (metres: number): number => Math.round(metres * 1000) / 1000;

export interface Move {
  /** What it turns about. */
  readonly pivot: Xy;
  /** East, north. */
  readonly byM: Xy;
  /** Counter-clockwise. */
  readonly turnDeg: number;
  readonly raiseM: number;
}

/** A shape of one or several polygons turned about a place, then moved. Outlines without heights stay so. */
export function movedShape(shape: MultiPolygon, { pivot, byM, turnDeg, raiseM }: Move): MultiPolygon {
  const angle = (turnDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const moved = mapPositions(shape, ([x, y, z]): Position => {
    const [dx, dy] = [x - pivot[0], y - pivot[1]];
    const e = mm(pivot[0] + cos * dx - sin * dy + byM[0]);
    const n = mm(pivot[1] + sin * dx + cos * dy + byM[1]);
    return z === undefined ? [e, n] : [e, n, mm(z + raiseM)];
  });
  return moved as MultiPolygon;
}

/** Walls below the eaves are not made lower than this. */
const LOWEST_WALL_M = 2;

export interface RaisedSolid {
  readonly shape: MultiPolygon;
  /** Whether its roof had to be pressed flatter, since the walls alone could not give way. */
  readonly flattened: boolean;
}

/**
 * A solid with its highest point at another height. Walls grow or shrink and the roof keeps its shape; where they
 * would become too low, everything is pressed together instead. The foot on the ground stays.
 * @param kinds one letter for each surface (`surface_kinds`); without them the lowest corners are the foot
 * @param byM metres up
 */
export function raisedSolid(solid: MultiPolygon, kinds: string, byM: number): RaisedSolid {
  const corners = solid.coordinates.flat(2);
  const heights = corners.map(heightOf);
  const lowestM = Math.min(...heights);
  const highestM = Math.max(...heights);
  const grounds = solid.coordinates.filter((_, i) => kinds[i] === 'G').flat(2);
  const onGround = new Set(
    (grounds.length > 0 ? grounds : corners.filter((p) => heightOf(p) < lowestM + 0.01)).map(keyOf),
  );
  const tops = corners.filter((corner) => !onGround.has(keyOf(corner)));
  const footM = Math.max(...corners.filter((corner) => onGround.has(keyOf(corner))).map(heightOf));
  const eavesM = Math.min(highestM, ...tops.map(heightOf));
  const flattened = byM < 0 && eavesM + byM < footM + LOWEST_WALL_M;
  const share = (highestM + byM - footM) / (highestM - footM || 1);
  const shape = mapPositions(solid, (corner) => {
    const [x, y, z = 0] = corner;
    if (onGround.has(keyOf(corner))) return [x, y, z];
    return [x, y, mm(flattened ? footM + (z - footM) * share : z + byM)];
  });
  return { shape: shape as MultiPolygon, flattened };
}

const heightOf = ([, , z]: Position): number => z ?? 0;
const keyOf = ([x, y, z]: Position): string => `${x} ${y} ${z}`;
