/** Values and lines of a STEP file (ISO 10303-21). */
import { roundedText } from '../coordinate-text.ts';

/** A text in quotes; what is not ASCII by its code (6.4.3). */
export function stepText(text: string): string {
  const plain = text.replace(/['\\]/g, (character) => character + character);
  return `'${plain.replace(/[^ -~]+/g, (run) => `\\X2\\${unitsOf(run)}\\X0\\`)}'`;
}

const unitsOf = (run: string): string =>
  Array.from({ length: run.length }, (_, at) =>
    run.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0'),
  ).join('');

/** A real number to so many digits behind the point, which it must have. */
export function stepReal(value: number, decimals = 3): string {
  const text = roundedText(value, decimals);
  return text.includes('.') ? text : `${text}.`;
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$';

/** A GlobalId (22 digits of base 64, ISO 16739) that is the same for the same text. */
export function globalId(text: string): string {
  const words = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f].map((seed) => hash32(text, seed));
  let number = words.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
  let digits = '';
  for (let at = 0; at < 22; at++) {
    digits = (DIGITS[Number(number & 63n)] ?? '0') + digits;
    number >>= 6n;
  }
  return stepText(digits);
}

/** MurmurHash3 of the code units, 32 bits. */
function hash32(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) {
    let unit = Math.imul(text.charCodeAt(at), 0xcc9e2d51);
    unit = Math.imul((unit << 15) | (unit >>> 17), 0x1b873593);
    hash ^= unit;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Gives out numbers of lines, and keeps those that were not taken yet. */
export class StepLines {
  #last = 0;
  #lines: string[] = [];

  /** @returns how others refer to it */
  add(line: string): string {
    this.#last++;
    this.#lines.push(`#${this.#last}=${line};\n`);
    return `#${this.#last}`;
  }

  take(): string {
    const text = this.#lines.join('');
    this.#lines = [];
    return text;
  }
}
