/** What the readers of CityGML and CityJSON make of a building: its faces, each once, with their kinds and heights. */

import type { Appearance } from '../building/appearance.ts';
import { ACCURACY_BASES, BUILDING_STATES } from '../catalogue/buildings-3d.ts';
import type { Ring } from '../geo/geometry.ts';
import { type FoundLook, settledAppearance } from './appearance/found-looks.ts';
import { deriveKinds, type SurfaceKind } from './citygml/surface-kinds.ts';
import type { Notebook } from './notebook.ts';

/** One bounding surface of a building: shell, then holes, with heights. */
export interface Face {
  readonly rings: readonly Ring[];
  readonly kind: SurfaceKind;
}

/** More storeys than this are what producers write for "not known". */
export const MAX_STOREYS = 200;

/** The state that a file of ours says in an attribute; a model of others shows what stands. */
export function stateOf(written: unknown): string {
  return STATES.find((state) => state === written) ?? 'built';
}
const STATES = BUILDING_STATES.map(({ code }) => code);

const BASES = ACCURACY_BASES.map(({ code }) => code);
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * What a file of ours says of the upkeep of a building. Others give these names other meanings: what does not fit is
 * left out and noted.
 * @param said the attribute of a name
 */
export function upkeepOf(
  said: (name: string) => unknown,
  notes: Notebook,
): {
  readonly state_since: string | null;
  readonly geometry_source: string | null;
  readonly accuracy_m: number | null;
  readonly accuracy_basis: string | null;
} {
  const text = (name: string, fits: (value: string) => boolean): string | null => {
    const value = said(name) ?? null;
    if (value === null) return null;
    if (fits(String(value))) return String(value);
    notes.add(`upkeep:${name}`, `${name} "${String(value).slice(0, 40)}" is taken as not known`);
    return null;
  };
  const accuracy = text(
    'accuracy_m',
    (value) => value.trim() !== '' && Number(value) >= 0 && Number(value) < 1_000,
  );
  return {
    state_since: text('state_since', (value) => DAY.test(value) && !Number.isNaN(Date.parse(value))),
    geometry_source: text('geometry_source', (value) => value.trim() !== ''),
    accuracy_m: accuracy === null ? null : Number(accuracy),
    accuracy_basis: text('accuracy_basis', (value) => BASES.includes(value)),
  };
}

/** CityGML 2.0, 10.3.3, CityGML 3.0 construction and CityJSON; `undefined`: inside the building, not taken. */
export const KIND_OF_CLASS: Readonly<Record<string, SurfaceKind | undefined>> = {
  GroundSurface: 'G',
  WallSurface: 'W',
  RoofSurface: 'R',
  OuterCeilingSurface: 'O',
  OuterFloorSurface: 'O',
  ClosureSurface: 'O',
  InteriorWallSurface: undefined,
  CeilingSurface: undefined,
  FloorSurface: undefined,
};

interface FoundFace {
  readonly rings: readonly Ring[];
  readonly srid: number;
  readonly kind: SurfaceKind | undefined;
  timesInSolids: number;
  looks: readonly FoundLook[];
}

/** The faces of one building as they are found; a face is taken once, however often it is repeated. */
export class FoundFaces {
  readonly #found = new Map<string, FoundFace>();

  /**
   * @param kind as declared; undefined = nobody says
   * @param looks with coordinates in the order of the rings
   */
  take(
    rings: readonly Ring[],
    srid: number,
    kind: SurfaceKind | undefined,
    isInSolid: boolean,
    looks: readonly FoundLook[] = [],
  ): void {
    const key = faceKey(rings[0] ?? []);
    const same = this.#found.get(key);
    if (same === undefined) {
      this.#found.set(key, { rings, srid, kind, timesInSolids: isInSolid ? 1 : 0, looks });
      return;
    }
    if (isInSolid) same.timesInSolids++;
    // The same face, told elsewhere: its corners may begin at another place, for which the coordinates are not.
    if (same.looks.length === 0 && looks.length > 0 && isWrittenAlike(same.rings, rings)) same.looks = looks;
  }

  /** How the faces look, in their order; undefined where nothing is said of any. */
  get appearance(): Appearance | undefined {
    const looks = [...this.#found.values()].map((face) => face.looks);
    return looks.every((each) => each.length === 0) ? undefined : settledAppearance(looks);
  }

  get all(): readonly Pick<FoundFace, 'rings' | 'srid'>[] {
    return [...this.#found.values()];
  }

  /** Declared surfaces keep their kind; the others get theirs from the direction in which they look. */
  settled(srid: number): readonly Face[] {
    const found = [...this.#found.values()];
    const shells = found.map(({ rings }) => rings[0] ?? []);
    const derived = found.every(({ kind }) => kind !== undefined) ? [] : deriveKinds(shells, srid);
    return found.map(({ rings, kind, timesInSolids }, i): Face => {
      // A face between two solids of one building bounds neither from outside.
      const between = timesInSolids > 1 ? 'O' : undefined;
      return { rings, kind: kind ?? between ?? derived[i] ?? 'O' };
    });
  }
}

const isWrittenAlike = (some: readonly Ring[], others: readonly Ring[]): boolean =>
  some.length === others.length &&
  some.every((ring, index) =>
    ring.every((corner, at) => corner.every((value, axis) => value === others[index]?.[at]?.[axis])),
  );

/** The same for the same corners, wherever the ring begins and however it turns. */
function faceKey(ring: Ring): string {
  return ring
    .slice(1)
    .map((position) => position.join(' '))
    .sort()
    .join(',');
}

/** Metres, to the millimetre: from foot to top, and where the ground surfaces, else the foot, lie. */
export function modelHeights(faces: readonly Face[]): {
  readonly fromFootToTopM: number;
  readonly groundM: number;
} {
  let [foot, top, ground] = [Infinity, -Infinity, Infinity];
  for (const { rings, kind } of faces) {
    for (const [, , z = Number.NaN] of rings[0] ?? []) {
      foot = Math.min(foot, z);
      top = Math.max(top, z);
      if (kind === 'G') ground = Math.min(ground, z);
    }
  }
  return {
    fromFootToTopM: millimetres(top - foot),
    groundM: millimetres(Number.isFinite(ground) ? ground : foot),
  };
}

const millimetres = (value: number): number => Math.round(value * 1000) / 1000;
