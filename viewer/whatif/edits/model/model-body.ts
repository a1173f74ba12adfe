/** The body of a building that was read from a file: corners and faces in a frame of its own, and what the file says of its place. */
import {
  type AddModel,
  MODEL_REACH_M,
  MOST_MODEL_CORNERS,
  MOST_MODEL_FACES,
} from '../../../../core/wire/edits/building-model.ts';
import type { Word } from '../../../text/text.ts';

export type Xyz = readonly [x: number, y: number, z: number];

/** Where a file says that its model stands. */
export interface ModelPlace {
  /** EPSG:2177, easting first. */
  readonly at: readonly [number, number];
  /** Counter-clockwise. */
  readonly turnDeg: number;
  /** Of the foot, as the file says; undefined = it stands on the ground. */
  readonly footHeightM?: number | undefined;
}

export interface ModelBody extends Pick<AddModel, 'cornersMm' | 'faces' | 'surfaceKinds'> {
  readonly format: AddModel['source']['format'];
  /** Width, depth, height, metres. */
  readonly sizeM: Xyz;
  readonly place?: ModelPlace | undefined;
  /** What was left out, or taken in a certain way. */
  readonly notes: readonly ModelNote[];
}

export interface ModelNote {
  readonly word: Word;
  readonly with?: Readonly<Record<string, string | number>>;
}

/** Why a file gives no model, in words that `t` knows. */
export class ModelProblem extends Error {
  readonly note: ModelNote;

  constructor(word: Word, values: Readonly<Record<string, string | number>> = {}) {
    super(word);
    this.note = { word, with: values };
  }
}

/** A face in metres: shell, then holes; open rings, counter-clockwise from outside. */
export interface RawFace {
  readonly rings: readonly (readonly Xyz[])[];
  readonly kind?: string | undefined;
}

export interface RawBody {
  readonly corners: AddModel['cornersMm'];
  readonly faces: AddModel['faces'];
  readonly surfaceKinds: string | undefined;
  /** What the frame counts from, in that of the faces: middle of the box, lowest corner. */
  readonly pivot: Xyz;
  readonly sizeM: Xyz;
}

const SMALLEST_MM2 = 100;

/**
 * Faces over corners in whole millimetres, each corner once; counted from the middle of the foot.
 * @throws ModelProblem when there is nothing, or more than an edit may hold
 */
export function bodyOf(faces: readonly RawFace[]): RawBody {
  const [low, high] = boxOf(faces);
  if (!Number.isFinite(low[0] + high[0] + low[2] + high[2])) throw new ModelProblem('modelNothing');
  const pivot: Xyz = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]];
  const sizeM: Xyz = [high[0] - low[0], high[1] - low[1], high[2] - low[2]];
  if (Math.max(sizeM[0] / 2, sizeM[1] / 2, sizeM[2]) > MODEL_REACH_M) {
    throw new ModelProblem('modelTooFar', { most: 2 * MODEL_REACH_M, size: Math.round(Math.max(...sizeM)) });
  }
  const known = new Map<string, number>();
  const corners: [number, number, number][] = [];
  const numberOf = (corner: Xyz): number => {
    const [x = 0, y = 0, z = 0] = corner.map((value, axis) =>
      Math.round((value - (pivot[axis] ?? 0)) * 1000),
    );
    const key = `${x} ${y} ${z}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    known.set(key, corners.length);
    return corners.push([x, y, z]) - 1;
  };
  const kept: number[][][] = [];
  const kinds: string[] = [];
  for (const { rings, kind } of faces) {
    const numbered = rings.map((ring) => withoutRepeats(ring.map(numberOf)));
    const [shell, ...holes] = numbered;
    if (!shell || shell.length < 3 || twiceAreaMm2(shell, corners) < SMALLEST_MM2) continue;
    kept.push([shell, ...holes.filter((hole) => hole.length > 2)]);
    if (kind !== undefined) kinds.push(kind);
  }
  if (kept.length < 4) throw new ModelProblem('modelNothing');
  if (kept.length > MOST_MODEL_FACES || corners.length > MOST_MODEL_CORNERS) {
    throw new ModelProblem('modelTooMany', {
      faces: kept.length,
      corners: corners.length,
      mostFaces: MOST_MODEL_FACES,
      mostCorners: MOST_MODEL_CORNERS,
    });
  }
  const surfaceKinds = kinds.length === kept.length ? kinds.join('') : undefined;
  return { corners, faces: kept, surfaceKinds, pivot, sizeM };
}

function boxOf(faces: readonly RawFace[]): readonly [Xyz, Xyz] {
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (const { rings } of faces) {
    for (const ring of rings) {
      for (const corner of ring) {
        for (const axis of [0, 1, 2] as const) {
          low[axis] = Math.min(low[axis], corner[axis]);
          high[axis] = Math.max(high[axis], corner[axis]);
        }
      }
    }
  }
  return [low, high];
}

const withoutRepeats = (ring: readonly number[]): number[] =>
  ring.filter((corner, index) => corner !== ring[(index + 1) % ring.length]);

/** Twice the area of a ring in space (Newell). */
function twiceAreaMm2(ring: readonly number[], corners: readonly Xyz[]): number {
  let [x, y, z] = [0, 0, 0];
  ring.forEach((index, i) => {
    const a = corners[index] ?? [0, 0, 0];
    const b = corners[ring[(i + 1) % ring.length] ?? 0] ?? [0, 0, 0];
    x += (a[1] - b[1]) * (a[2] + b[2]);
    y += (a[2] - b[2]) * (a[0] + b[0]);
    z += (a[0] - b[0]) * (a[1] + b[1]);
  });
  return Math.hypot(x, y, z);
}
