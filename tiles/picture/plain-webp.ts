/** Flag of a colour profile in the chunk VP8X (RFC 9649, 2.7). */
const HAS_PROFILE = 0x20;

/** A WebP without the colour profile that encoders put in: glTF knows sRGB only (EXT_texture_webp). */
export function withoutProfile(webp: Uint8Array): Uint8Array {
  const view = new DataView(webp.buffer, webp.byteOffset, webp.byteLength);
  const kept: Uint8Array[] = [];
  for (let at = 12; at + 8 <= webp.length; ) {
    const size = view.getUint32(at + 4, true);
    const end = Math.min(webp.length, at + 8 + size + (size % 2));
    const chunk = webp.slice(at, end);
    const kind = String.fromCharCode(...chunk.subarray(0, 4));
    if (kind === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~HAS_PROFILE;
    if (kind !== 'ICCP') kept.push(chunk);
    at = end;
  }
  const length = kept.reduce((sum, chunk) => sum + chunk.length, 12);
  const out = new Uint8Array(length);
  out.set(webp.subarray(0, 12));
  new DataView(out.buffer).setUint32(4, length - 8, true);
  let at = 12;
  for (const chunk of kept) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}
