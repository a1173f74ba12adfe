import type { PackedView } from './meshopt.ts';
import type { BufferWriter } from './property-table.ts';

const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BIN_CHUNK = 0x004e4942;

export const MESHOPT = 'EXT_meshopt_compression';

/** Collects the one buffer of a glb. */
export class GlbBuffer implements BufferWriter {
  readonly bufferViews: object[] = [];
  private readonly chunks: Uint8Array[] = [];
  private length = 0;
  private unpackedLength = 0;

  add(bytes: Uint8Array, extra: Readonly<Record<string, unknown>> = {}): number {
    // A view must hold at least one byte; the padding gives an empty one a place of its own.
    const padded = Math.max(8, Math.ceil(bytes.length / 8) * 8);
    this.bufferViews.push({
      buffer: 0,
      byteOffset: this.length,
      byteLength: Math.max(1, bytes.length),
      ...extra,
    });
    this.append(bytes, padded);
    return this.bufferViews.length - 1;
  }

  /** Adds a view that is kept packed (EXT_meshopt_compression) and returns its number. */
  addPacked({ bytes, ...packed }: PackedView, target: number): number {
    const byteLength = packed.count * packed.byteStride;
    const isVertices = packed.mode === 'ATTRIBUTES';
    this.bufferViews.push({
      buffer: 1,
      byteOffset: this.unpackedLength,
      byteLength,
      ...(isVertices ? { byteStride: packed.byteStride } : {}),
      target,
      extensions: {
        [MESHOPT]: { buffer: 0, byteOffset: this.length, byteLength: bytes.length, ...packed },
      },
    });
    this.append(bytes, Math.ceil(bytes.length / 8) * 8);
    this.unpackedLength += Math.ceil(byteLength / 8) * 8;
    return this.bufferViews.length - 1;
  }

  /** The buffer of the bytes, and the one that packed views fill when they are unpacked. */
  get buffers(): readonly object[] {
    const unpacked = { byteLength: this.unpackedLength, extensions: { [MESHOPT]: { fallback: true } } };
    return [{ byteLength: this.length }, ...(this.unpackedLength > 0 ? [unpacked] : [])];
  }

  private append(bytes: Uint8Array, padded: number): void {
    this.chunks.push(bytes, new Uint8Array(padded - bytes.length));
    this.length += padded;
  }

  get byteLength(): number {
    return this.length;
  }

  writeTo(target: Uint8Array): void {
    let at = 0;
    for (const chunk of this.chunks) {
      target.set(chunk, at);
      at += chunk.length;
    }
  }
}

/** A binary glTF (glTF 2.0, 4.4): the document with the buffer's views added, padded with spaces, then the bytes. */
export function writeGlb(document: Readonly<Record<string, unknown>>, buffer: GlbBuffer): Uint8Array {
  const hasBytes = buffer.byteLength > 0;
  const whole = hasBytes
    ? { ...document, bufferViews: buffer.bufferViews, buffers: buffer.buffers }
    : document;
  const json = new TextEncoder().encode(JSON.stringify(whole));
  // The binary chunk starts at a multiple of 8, as the property tables demand.
  const jsonLength = Math.ceil((json.length + 28) / 8) * 8 - 28;
  const total = 20 + jsonLength + (hasBytes ? 8 + buffer.byteLength : 0);
  const out = new Uint8Array(total);
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, 2, true);
  view.setUint32(8, total, true);
  view.setUint32(12, jsonLength, true);
  view.setUint32(16, JSON_CHUNK, true);
  out.fill(0x20, 20, 20 + jsonLength);
  out.set(json, 20);
  if (!hasBytes) return out;
  view.setUint32(20 + jsonLength, buffer.byteLength, true);
  view.setUint32(24 + jsonLength, BIN_CHUNK, true);
  buffer.writeTo(out.subarray(28 + jsonLength));
  return out;
}
