/** What the fields of a dBASE table must hold, found by a look at every row: nothing is cut or rounded. */
import type { PropertyValue } from '../../feature/feature.ts';
import type { PropertyDeclaration, PropertyType } from '../../feature/layer.ts';
import { plainText } from '../coordinate-text.ts';

/** A field as it stands in the table. */
export interface DbfField {
  /** Ten characters at most, capitals. */
  readonly field: string;
  /** What it holds; a long text goes on in fields of the same property. */
  readonly property: string;
  readonly part: number;
}

export interface DbfColumn extends DbfField {
  readonly type: 'C' | 'N' | 'L' | 'D';
  /** Bytes. */
  readonly length: number;
  readonly decimals: number;
}

const [LONGEST_TEXT, LONGEST_NUMBER, LONGEST_NAME] = [254, 32, 10];
const SPACE = 0x20;
const encoder = new TextEncoder();

type Declared = Pick<PropertyDeclaration, 'name' | 'type'>;

/** Looks at rows, then says what fields hold them. */
export class DbfMeasure {
  readonly #declarations: readonly Declared[];
  /** Longest piece of each part of a value. */
  readonly #lengths: readonly number[][];
  readonly #decimals: number[];

  /** @param declarations in the order of the values */
  constructor(declarations: readonly Declared[]) {
    this.#declarations = declarations;
    this.#lengths = declarations.map(() => [1]);
    this.#decimals = declarations.map(() => 0);
  }

  take(values: readonly PropertyValue[]): void {
    for (const [index, { type }] of this.#declarations.entries()) {
      const text = cellText(values[index] ?? null, type);
      const lengths = this.#lengths[index] ?? [];
      for (const [part, { length }] of pieces(encoder.encode(text)).entries()) {
        lengths[part] = Math.max(lengths[part] ?? 1, length);
      }
      if (type === 'number') this.#decimals[index] = Math.max(this.#decimals[index] ?? 0, decimalsOf(text));
    }
  }

  columns(): readonly DbfColumn[] {
    const taken = new Set<string>();
    return this.#declarations.flatMap(({ name, type }, index) =>
      (this.#lengths[index] ?? []).map((length, part) => ({
        ...{ field: shortName(name, part, taken), property: name, part },
        ...shapeOf(type, length, this.#decimals[index] ?? 0),
      })),
    );
  }
}

function shapeOf(
  type: PropertyType,
  length: number,
  decimals: number,
): Pick<DbfColumn, 'type' | 'length' | 'decimals'> {
  switch (type) {
    case 'boolean':
      return { type: 'L', length: 1, decimals: 0 };
    case 'date':
      return { type: 'D', length: 8, decimals: 0 };
    case 'integer':
    case 'number':
      // Numbers of more digits than a field of numbers takes are kept whole as texts.
      return length > LONGEST_NUMBER ? { type: 'C', length, decimals: 0 } : { type: 'N', length, decimals };
    default:
      return { type: 'C', length, decimals: 0 };
  }
}

/** What a row has in each part of a property. */
export const cellPieces = (value: PropertyValue, type: PropertyType): readonly Uint8Array[] =>
  pieces(encoder.encode(cellText(value, type)));

function cellText(value: PropertyValue, type: PropertyType): string {
  if (value === null) return '';
  switch (type) {
    case 'boolean':
      return value ? 'T' : 'F';
    case 'date':
      return String(value).slice(0, 10).replaceAll('-', '');
    case 'number':
    case 'integer':
      return plainText(Number(value));
    default:
      return String(value);
  }
}

const decimalsOf = (text: string): number => (text.includes('.') ? text.length - text.indexOf('.') - 1 : 0);

/** A text in pieces of the bytes that a field holds, never within a character nor beside a space, which readers take away at both ends. */
function pieces(bytes: Uint8Array): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  let from = 0;
  while (bytes.length - from > LONGEST_TEXT) {
    const to = cutBefore(bytes, from, from + LONGEST_TEXT);
    found.push(bytes.subarray(from, to));
    from = to;
  }
  return [...found, bytes.subarray(from)];
}

function cutBefore(bytes: Uint8Array, from: number, most: number): number {
  const isWithin = (to: number) => ((bytes[to] ?? 0) & 0xc0) === 0x80;
  let to = most;
  while (to > from && (isWithin(to) || bytes[to] === SPACE || bytes[to - 1] === SPACE)) to--;
  if (to > from) return to;
  to = most;
  while (isWithin(to)) to--;
  return to;
}

function shortName(name: string, part: number, taken: Set<string>): string {
  const whole = name.toUpperCase();
  const tail = part === 0 ? '' : `_${part + 1}`;
  let short = whole.slice(0, LONGEST_NAME - tail.length) + tail;
  for (let count = 1; taken.has(short); count++) {
    const ending = `${tail}${count}`;
    short = whole.slice(0, LONGEST_NAME - ending.length) + ending;
  }
  taken.add(short);
  return short;
}
