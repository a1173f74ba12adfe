/** The paths and trips of a solution as bytes, so that later questions about it need no second solution. */

import type { CityTrips } from './city-trips.ts';
import type { PackedPaths } from './packed-paths.ts';
import type { LedTrips } from './select-link.ts';

/** What questions about a solution are answered from. */
export interface KeptSolution {
  readonly before: LedTrips;
  /** Null without a scenario. */
  readonly after: LedTrips | null;
  /** Of the scenario, without one of the base. */
  readonly trips: CityTrips;
}

/** Rises with every change of the bytes; others are not read. */
export const SOLUTION_LAYOUT = 2;
/** Larger solutions are not kept: their questions are computed anew. */
const MOST_BYTES = 160_000_000;
const HEAD_BYTES = 4;
const ALIGNED = 8;

type Numbers = Int32Array | Float64Array;
interface Head {
  /** First street and number of classes of each state. */
  readonly states: readonly { readonly firstStreet: number; readonly classes: number }[];
  readonly zoneCount: number;
  readonly intrazonalTrips: readonly [car: number, truck: number];
  /** Elements of each array, in their order; those of 64 bits stand before those of 32. */
  readonly floats: readonly number[];
  readonly ints: readonly number[];
}

/** @returns undefined of a solution that is too large to be kept */
export function packSolution({ before, after, trips }: KeptSolution): Uint8Array | undefined {
  const states = after ? [before, after] : [before];
  const classes = states.flatMap(({ paths }) => paths.map(({ paths: own }) => own));
  const demands = [trips.car, trips.truck];
  const floats = [...classes.map(({ trips }) => trips), ...demands.map(({ trips }) => trips)];
  const ints = [
    ...classes.flatMap(({ pairs, firstPath, firstLink, links }) => [pairs, firstPath, firstLink, links]),
    ...demands.flatMap(({ start, destination }) => [start, destination]),
  ];
  const head: Head = {
    states: states.map(({ firstStreet, paths }) => ({ firstStreet, classes: paths.length })),
    zoneCount: trips.car.zoneCount,
    intrazonalTrips: [trips.car.intrazonalTrips, trips.truck.intrazonalTrips],
    floats: floats.map(({ length }) => length),
    ints: ints.map(({ length }) => length),
  };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const begin = aligned(HEAD_BYTES + text.length);
  const arrays: readonly Numbers[] = [...floats, ...ints];
  const size = arrays.reduce((sum, { byteLength }) => sum + byteLength, begin);
  if (size > MOST_BYTES) return undefined;
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, text.length);
  bytes.set(text, HEAD_BYTES);
  let at = begin;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/** @param packed of this layout */
export function unpackSolution(packed: Uint8Array): KeptSolution {
  // Arrays of 64 bits must begin at a multiple of 8 in their buffer.
  const bytes = packed.slice();
  const size = new DataView(bytes.buffer).getUint32(0);
  const head: Head = JSON.parse(new TextDecoder().decode(bytes.subarray(HEAD_BYTES, HEAD_BYTES + size)));
  let at = aligned(HEAD_BYTES + size);
  const floats = head.floats.map((length) => {
    const array = new Float64Array(bytes.buffer, at, length);
    at += array.byteLength;
    return array;
  });
  const ints = head.ints.map((length) => {
    const array = new Int32Array(bytes.buffer, at, length);
    at += array.byteLength;
    return array;
  });
  const float = () => floats.shift() ?? new Float64Array();
  const int = () => ints.shift() ?? new Int32Array();
  const [before, after] = head.states.map(({ firstStreet, classes }): LedTrips => {
    const pathsOf = (): PackedPaths => ({
      ...{ pairs: int(), firstPath: int(), firstLink: int(), links: int(), trips: float() },
    });
    return { firstStreet, paths: Array.from({ length: classes }, () => ({ paths: pathsOf() })) };
  });
  if (!before) throw new Error('a kept solution without a state');
  const [car, truck] = head.intrazonalTrips.map((intrazonalTrips) => ({
    ...{ zoneCount: head.zoneCount, intrazonalTrips },
    ...{ start: int(), destination: int(), trips: float() },
  }));
  if (!car || !truck) throw new Error('a kept solution without trips');
  return { before, after: after ?? null, trips: { car, truck } };
}

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNED) * ALIGNED;
