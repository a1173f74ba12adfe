/** Vertices and triangles in the codecs of EXT_meshopt_compression, by the library of their author. */
import { MeshoptEncoder } from 'meshoptimizer/encoder';

await MeshoptEncoder.ready;

/** Bytes of a buffer view as the extension wants them described. */
export interface PackedView {
  readonly bytes: Uint8Array;
  /** Bytes of one element, and how many there are, when unpacked. */
  readonly byteStride: number;
  readonly count: number;
  readonly mode: 'ATTRIBUTES' | 'TRIANGLES';
}

/** The new number of a vertex that no triangle uses. */
export const UNUSED = 0xffffffff;

/**
 * Gives vertices new numbers, so that triangles near each other share them and both pack well.
 * @param indices of triangles; changed in place
 * @returns for each old number the new one or `UNUSED`, and how many are used
 */
export function renumber(indices: Uint32Array): { readonly order: Uint32Array; readonly count: number } {
  const [order, count] = MeshoptEncoder.reorderMesh(indices, true, true);
  return { order, count };
}

/** @param bytes of vertices, a multiple of 4 each */
export const packVertices = (bytes: Uint8Array, byteStride: number): PackedView =>
  pack(bytes, byteStride, 'ATTRIBUTES');

/** @param bytes of 16- or 32-bit indices of triangles */
export const packTriangles = (bytes: Uint8Array, byteStride: 2 | 4): PackedView =>
  pack(bytes, byteStride, 'TRIANGLES');

function pack(bytes: Uint8Array, byteStride: number, mode: PackedView['mode']): PackedView {
  const count = bytes.length / byteStride;
  // Version 0 of the codec of vertices is the one that the extension allows.
  return {
    bytes: MeshoptEncoder.encodeGltfBuffer(bytes, count, byteStride, mode, 0),
    byteStride,
    count,
    mode,
  };
}
