import { invalidParameter } from '../../errors.ts';

const SPACE = /\s*/y;
const WORD = /[A-Za-z]+(?![\w.:])/y;
const NAME = /[\p{L}_:][\p{L}\p{N}_.:]*/uy;
const QUOTED_NAME = /"((?:[^"]|"")*)"/y;
const TEXT = /'((?:[^'\\]|''|\\.)*)'/suy;
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const OPERATOR = /<>|<=|>=|!=|=|<|>/y;
const SRID = /SRID=(\d{4,6});/iy;
const GEOMETRY = /((?:multi)?(?:point|linestring|polygon)|geometrycollection)(?:\s+(?:Z|M|ZM))?(?=\s*\()/iy;
const NUMBER_NEXT = /\s*,\s*[+-]?[\d.]/y;

/** A place in a text that moves on over what is asked for, space before it left out. Words are without case. */
export class TextScan {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    this.#take(SPACE);
    return this.#at >= this.#text.length;
  }

  word(wanted: string): boolean {
    this.#take(SPACE);
    WORD.lastIndex = this.#at;
    if (WORD.exec(this.#text)?.[0].toLowerCase() !== wanted) return false;
    this.#at += wanted.length;
    return true;
  }

  sign(wanted: '(' | ')' | ','): boolean {
    this.#take(SPACE);
    if (this.#text[this.#at] !== wanted) return false;
    this.#at++;
    return true;
  }

  expectSign(wanted: '(' | ')' | ','): void {
    if (!this.sign(wanted)) throw this.fault(`cannot be understood; expected "${wanted}"`);
  }

  /** A name with its opening parenthesis, lower case. @param name sticky, lower case */
  call(name: RegExp): string | undefined {
    this.#take(SPACE);
    const whole = new RegExp(`(?:${name.source})(?=\\s*\\()`, 'iy');
    const found = this.#take(whole);
    if (found === undefined) return undefined;
    this.expectSign('(');
    return found[0].toLowerCase();
  }

  operator(): string | undefined {
    this.#take(SPACE);
    const found = this.#take(OPERATOR)?.[0];
    return found === '!=' ? '<>' : found;
  }

  number(): number {
    const found = this.maybeNumber();
    if (found === undefined) throw this.fault('is no number');
    return found;
  }

  maybeNumber(): number | undefined {
    this.#take(SPACE);
    const found = this.#take(NUMBER)?.[0];
    return found === undefined ? undefined : Number(found);
  }

  nextIsNumberAfterComma(): boolean {
    NUMBER_NEXT.lastIndex = this.#at;
    return NUMBER_NEXT.test(this.#text);
  }

  quoted(): string {
    const found = this.maybeQuoted();
    if (found === undefined) throw this.fault("is no text in 'single quotes'");
    return found;
  }

  /** A text in single quotes; a quote within is doubled or stands behind a backslash. */
  maybeQuoted(): string | undefined {
    this.#take(SPACE);
    return this.#take(TEXT)?.[1]?.replace(/''|\\'/g, "'");
  }

  name(): string {
    this.#take(SPACE);
    const found = this.#take(QUOTED_NAME)?.[1]?.replaceAll('""', '"') ?? this.#take(NAME)?.[0];
    if (found === undefined) throw this.fault('is no name of a property');
    return found;
  }

  /** The code in `SRID=2177;`. */
  srid(): number | undefined {
    this.#take(SPACE);
    const found = this.#take(SRID)?.[1];
    return found === undefined ? undefined : Number(found);
  }

  /** The type at the beginning of well-known text, lower case. */
  geometryKeyword(): string | undefined {
    this.#take(SPACE);
    return this.#take(GEOMETRY)?.[1]?.toLowerCase();
  }

  /** What is wrong at this place. */
  fault(message: string): Error {
    const rest = this.#text.slice(this.#at, this.#at + 40);
    const seen = rest === '' ? 'the end of the filter' : `"${rest}"`;
    return invalidParameter('filter', `At character ${this.#at + 1}: ${seen} ${message}`);
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) return undefined;
    this.#at += found[0].length;
    return found;
  }
}
