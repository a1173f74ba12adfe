/** FlatGeobuf 3 (flatgeobuf.org): binary features behind an index of their boxes. */
import { Builder } from 'flatbuffers';
import type { Feature } from '../../feature/feature.ts';
import type { Layer } from '../../feature/layer.ts';
import type { FeatureStream } from '../../feature/source.ts';
import { type GeometryType, positionsOf } from '../../geo/geometry.ts';
import { type FlatGeobufHead, flatGeobufFeature, flatGeobufHead } from './flatgeobuf-parts.ts';
import { alongHilbert, type Boxed, boxOver, NODE_SIZE, packedTree } from './packed-tree.ts';

const MAGIC = Uint8Array.of(0x66, 0x67, 0x62, 3, 0x66, 0x67, 0x62, 0);
/** The index stands before the features: as many bytes of features as this are held for it. */
const MOST_HELD_BYTES = 48 * 1024 * 1024;

interface HeldFeature extends Boxed {
  readonly bytes: Uint8Array;
}

/**
 * The features of a layer, easting (longitude) first. Up to `mostHeldBytes` of them are sorted and indexed; a larger
 * layer is written as it comes, without an index and without its count, which the format allows.
 */
export async function* writeFlatGeobuf(
  features: FeatureStream,
  layer: Layer,
  about: Pick<FlatGeobufHead, 'srid' | 'heights' | 'note'>,
  mostHeldBytes = MOST_HELD_BYTES,
): AsyncGenerator<Uint8Array> {
  const builder = new Builder(4096);
  const head = { layer, ...about };
  const held: HeldFeature[] = [];
  const types = new Set<GeometryType>();
  let heldBytes = 0;
  let isStreaming = false;
  yield MAGIC;
  for await (const feature of features) {
    const bytes = flatGeobufFeature(builder, feature, layer);
    if (isStreaming) {
      yield bytes;
      continue;
    }
    held.push({ bytes, ...boxOf(feature) });
    if (feature.geometry) types.add(feature.geometry.type);
    heldBytes += bytes.length;
    if (heldBytes <= mostHeldBytes) continue;
    isStreaming = true;
    yield flatGeobufHead({ ...head, geometryType: undefined, box: undefined, count: 0, nodeSize: 0 });
    for (const one of held.splice(0)) yield one.bytes;
  }
  if (isStreaming) return;
  const box = boxOver(held);
  const sorted = alongHilbert(held, box);
  const [geometryType] = types.size === 1 ? types : [];
  yield flatGeobufHead({
    ...{ ...head, geometryType, box: types.size === 0 ? undefined : box },
    ...{ count: sorted.length, nodeSize: sorted.length === 0 ? 0 : NODE_SIZE },
  });
  if (sorted.length === 0) return;
  let offset = 0;
  const leaves = sorted.map(({ bytes, ...around }) => {
    offset += bytes.length;
    return { ...around, offset: offset - bytes.length };
  });
  yield packedTree(leaves);
  for (const { bytes } of sorted) yield bytes;
}

function boxOf({ geometry }: Feature): Boxed {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of geometry ? positionsOf(geometry) : []) {
    minX = Math.min(minX, x);
    minY = Math.min(minY, y);
    maxX = Math.max(maxX, x);
    maxY = Math.max(maxY, y);
  }
  return { minX, minY, maxX, maxY };
}
