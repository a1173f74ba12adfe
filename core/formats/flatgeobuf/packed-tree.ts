/** The index of a FlatGeobuf: a packed R-tree over boxes along a Hilbert curve (FlatGeobuf 3, section "Index"). */
import { hilbert, hilbertStep } from '../../geo/hilbert.ts';

export interface Boxed {
  /** Inverted where there is no geometry, which no search finds. */
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** Children of a node. */
export const NODE_SIZE = 16;
const NODE_BYTES = 40;

/** The order in which neighbours lie together. */
export function alongHilbert<T extends Boxed>(items: readonly T[], around: Boxed): T[] {
  const keyOf = ({ minX, minY, maxX, maxY }: Boxed): number =>
    minX > maxX
      ? -1
      : hilbert(
          hilbertStep((minX + maxX) / 2, around.minX, around.maxX),
          hilbertStep((minY + maxY) / 2, around.minY, around.maxY),
        );
  return items
    .map((item) => ({ item, key: keyOf(item) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/**
 * The nodes of the tree, the root first.
 * @param leaves boxes in the order of the features, each with where its feature begins behind the index
 */
export function packedTree(leaves: readonly (Boxed & { readonly offset: number })[]): Uint8Array {
  const levels = [leaves.length];
  for (let count = leaves.length; count > 1; ) {
    count = Math.ceil(count / NODE_SIZE);
    levels.push(count);
  }
  // A single leaf has a root of its own.
  if (levels.length === 1) levels.push(1);
  const total = levels.reduce((sum, count) => sum + count, 0);
  const bytes = new Uint8Array(total * NODE_BYTES);
  const view = new DataView(bytes.buffer);
  const put = (at: number, { minX, minY, maxX, maxY }: Boxed, offset: number): void => {
    [minX, minY, maxX, maxY].forEach((value, index) => {
      view.setFloat64(at * NODE_BYTES + 8 * index, value, true);
    });
    view.setBigUint64(at * NODE_BYTES + 32, BigInt(offset), true);
  };
  let first = total - leaves.length;
  leaves.forEach((leaf, index) => {
    put(first + index, leaf, leaf.offset);
  });
  let below: readonly Boxed[] = leaves;
  for (const count of levels.slice(1)) {
    const nodes = Array.from({ length: count }, (_, index) =>
      boxOver(below.slice(index * NODE_SIZE, (index + 1) * NODE_SIZE)),
    );
    nodes.forEach((node, index) => {
      put(first - count + index, node, first + index * NODE_SIZE);
    });
    first -= count;
    below = nodes;
  }
  return bytes;
}

/** The box around all; inverted around nothing. */
export function boxOver(boxes: readonly Boxed[]): Boxed {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    minX = Math.min(minX, box.minX);
    minY = Math.min(minY, box.minY);
    maxX = Math.max(maxX, box.maxX);
    maxY = Math.max(maxY, box.maxY);
  }
  return { minX, minY, maxX, maxY };
}
