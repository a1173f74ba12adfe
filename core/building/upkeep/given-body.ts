/** Bodies as a steward gives them, checked: closed, outward, of a height that a building can have. */
import { TwinError } from '../../errors.ts';
import type { Position, Ring } from '../../geo/geometry.ts';
import type { GivenBody } from '../../wire/model-change.ts';
import { type Body, blockBody, heightRange, kindsOf, openCorner, volumeM3 } from '../body.ts';

/** From a kiosk to the highest mast-like tower of the country with a reserve. */
const HEIGHTS_M = [1, 350] as const;
/** Of the foot: from the deepest polder to the highest houses of the country, PL-EVRF2007-NH. */
const FEET_M = [-10, 2_000] as const;

export interface CheckedBody extends Body {
  readonly lod: number;
}

/**
 * @param where the member that the body stands in
 * @throws TwinError invalid-parameter naming the member of the body at fault
 */
export function checkedBody(given: GivenBody, srid: number, where: string): CheckedBody {
  if ('outline' in given) {
    for (const [i, ring] of given.outline.entries()) refuseOpenRing(ring, `${where}.outline.${i}`);
    checkHeights(given.groundM, given.heightM, `${where}.groundM`, `${where}.heightM`);
    return { ...blockBody(given.outline, given.groundM, given.heightM), lod: 1 };
  }
  const { faces, kinds, lod } = given;
  for (const [f, rings] of faces.entries()) {
    for (const [r, ring] of rings.entries()) refuseOpenRing(ring, `${where}.faces.${f}.${r}`);
  }
  if (kinds !== undefined && kinds.length !== faces.length) {
    throw bodyFault(`${where}.kinds`, `${kinds.length} letters for ${faces.length} surfaces; give one each`);
  }
  const open = openCorner(faces);
  if (open) {
    throw bodyFault(
      `${where}.faces`,
      `the body is open at ${open.join(' ')}: each edge must belong to two surfaces that walk it in opposite directions`,
    );
  }
  if (volumeM3(faces) <= 0) {
    throw bodyFault(`${where}.faces`, 'the surfaces look inward; turn every ring round');
  }
  const [low, high] = heightRange(faces);
  checkHeights(low, high - low, `${where}.faces`, `${where}.faces`);
  return { faces, kinds: kinds ?? kindsOf(faces, srid), lod };
}

function refuseOpenRing(ring: Ring, where: string): void {
  const [first, last] = [ring[0], ring.at(-1)] as [Position, Position];
  if (first.every((value, axis) => value === last[axis])) return;
  throw bodyFault(where, 'the ring is not closed; end it with its first corner');
}

function checkHeights(footM: number, heightM: number, footWhere: string, heightWhere: string): void {
  if (footM < FEET_M[0] || footM > FEET_M[1]) {
    throw bodyFault(
      footWhere,
      `its foot would lie at ${footM} m; buildings here stand from ${FEET_M.join(' to ')} m`,
    );
  }
  if (heightM < HEIGHTS_M[0] || heightM > HEIGHTS_M[1]) {
    throw bodyFault(
      heightWhere,
      `it would be ${heightM} m high; buildings are from ${HEIGHTS_M.join(' to ')} m`,
    );
  }
}

const bodyFault = (where: string, message: string): TwinError =>
  new TwinError('invalid-parameter', `${where} cannot be used: ${message}`, { parameter: where });
