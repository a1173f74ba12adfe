/** Base64 (RFC 4648), which neither the language nor every engine reads. */

const SIXTY_FOUR = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** LoRaWAN messages have up to 242 bytes. */
const LONGEST = 2_000;

export const isBase64 = (text: string): boolean =>
  text.length <= LONGEST && /^[A-Za-z0-9+/]*={0,2}$/.test(text);

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const letters = base64.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of letters) {
    bits = ((bits << 6) | SIXTY_FOUR.indexOf(letter)) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at++] = (bits >> held) & 0xff;
  }
  return bytes;
}

export function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const word = (a << 16) | (b << 8) | c;
    const letters = [18, 12, 6, 0].map((shift) => SIXTY_FOUR.charAt((word >> shift) & 63)).join('');
    const missing = Math.max(0, at + 3 - bytes.length);
    parts.push(letters.slice(0, 4 - missing) + '='.repeat(missing));
  }
  return parts.join('');
}
