import { escapeText } from '../xml/writer.ts';
import { plainText } from './coordinate-text.ts';

const FIRST_SIZE = 16 * 1024;
const LARGEST_INT = 2 ** 31 - 1;

/**
 * Text as UTF-8 bytes, written one after another. Texts joined from thousands of small ones keep the garbage
 * collector busier than all the rest of an answer; bytes do not.
 */
export class ByteWriter {
  #bytes = new Uint8Array(FIRST_SIZE);
  #length = 0;

  /** Bytes written since they were taken last. */
  get length(): number {
    return this.#length;
  }

  /** Takes back what was written after `length` bytes. */
  rewind(length: number): void {
    this.#length = Math.min(this.#length, length);
  }

  /** What was written since the last time; it is the caller's own. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#bytes = new Uint8Array(Math.max(FIRST_SIZE, this.#length));
    this.#length = 0;
    return taken;
  }

  /** The same, read before anything else is written. */
  peel(): Uint8Array {
    const peeled = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return peeled;
  }

  text(text: string): void {
    const { length } = text;
    // No character takes more than three bytes for each of its units.
    const bytes = this.#room(3 * length);
    let at = this.#length;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 0x80) bytes[at++] = unit;
      else {
        this.#length = at;
        const point = text.codePointAt(i) ?? unit;
        this.#beyondAscii(point);
        if (point > 0xffff) i++;
        at = this.#length;
      }
    }
    this.#length = at;
  }

  /** Text each of whose characters is one byte. */
  bytes(text: string): void {
    const { length } = text;
    const bytes = this.#room(length);
    for (let i = 0; i < length; i++) bytes[this.#length + i] = text.charCodeAt(i);
    this.#length += length;
  }

  /** Text for element content or a quoted attribute of XML, as `escapeText` gives it. */
  escaped(text: string): void {
    const { length } = text;
    const bytes = this.#room(length);
    let at = this.#length;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 0x20 || unit > 0x7e || NEEDS_ENTITY[unit] === 1) {
        this.text(escapeText(text));
        return;
      }
      bytes[at++] = unit;
    }
    this.#length = at;
  }

  /** A string of JSON, as `JSON.stringify` gives it. */
  quoted(text: string): void {
    const { length } = text;
    const bytes = this.#room(length + 2);
    let at = this.#length;
    bytes[at++] = QUOTE;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 0x20 || unit > 0x7e || unit === QUOTE || unit === BACKSLASH) {
        this.text(JSON.stringify(text));
        return;
      }
      bytes[at++] = unit;
    }
    bytes[at++] = QUOTE;
    this.#length = at;
  }

  /** A number with at most `decimals` (≤ 9) digits after the point, as `roundedText` gives it. */
  rounded(value: number, decimals: number): void {
    const scale = POWERS[decimals] ?? 10 ** decimals;
    const scaled = Math.round(Math.abs(value) * scale);
    if (!(scaled <= Number.MAX_SAFE_INTEGER)) {
      this.text(plainText(value));
      return;
    }
    const whole = Math.floor(scaled / scale);
    let rest = scaled - whole * scale;
    const bytes = this.#room(32);
    if (value < 0 && scaled > 0) bytes[this.#length++] = MINUS;
    if (whole > LARGEST_INT) this.text(String(whole));
    else this.#digits(whole, digitsOf(whole));
    if (rest === 0) return;
    let digits = decimals;
    while (rest % 10 === 0) {
      rest = (rest / 10) | 0;
      digits--;
    }
    bytes[this.#length++] = POINT;
    this.#digits(rest, digits);
  }

  /** A whole number with so many digits, zeros in front. */
  #digits(value: number, digits: number): void {
    const bytes = this.#bytes;
    let left = value | 0;
    for (let at = this.#length + digits - 1; at >= this.#length; at--) {
      const tens = (left / 10) | 0;
      bytes[at] = ZERO + left - tens * 10;
      left = tens;
    }
    this.#length += digits;
  }

  #beyondAscii(point: number): void {
    const bytes = this.#bytes;
    const lone = point >= 0xd800 && point <= 0xdfff;
    const known = lone ? 0xfffd : point;
    if (known < 0x800) bytes[this.#length++] = 0xc0 | (known >> 6);
    else {
      if (known > 0xffff) {
        bytes[this.#length++] = 0xf0 | (known >> 18);
        bytes[this.#length++] = 0x80 | ((known >> 12) & 63);
      } else bytes[this.#length++] = 0xe0 | (known >> 12);
      bytes[this.#length++] = 0x80 | ((known >> 6) & 63);
    }
    bytes[this.#length++] = 0x80 | (known & 63);
  }

  /** The memory, with room for so many bytes more. */
  #room(more: number): Uint8Array {
    if (this.#length + more > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    return this.#bytes;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const POWERS: readonly number[] = Array.from({ length: 10 }, (_, exponent) => 10 ** exponent);
const NEEDS_ENTITY = Uint8Array.from({ length: 128 }, (_, unit) =>
  '&<>"\''.includes(String.fromCharCode(unit)) ? 1 : 0,
);

function digitsOf(value: number): number {
  let digits = 1;
  for (let limit = 10; value >= limit; limit *= 10) digits++;
  return digits;
}
