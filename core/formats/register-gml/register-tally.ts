/** What was written of a register, and what could not be. */
import type { Feature } from '../../feature/feature.ts';

/** Objects of one layer that the schema cannot hold, for want of the same things. */
export interface LeftOut {
  readonly layer: string;
  /** Elements of the schema that have no value here, or none that it allows. */
  readonly lacks: readonly string[];
  readonly objects: number;
  /** Business ids of the first of them. */
  readonly examples: readonly string[];
}

export interface RegisterReport {
  /** Objects by class. */
  readonly written: Readonly<Record<string, number>>;
  readonly leftOut: readonly LeftOut[];
  /** Objects by element that the schema demands and lets stand without a value: `nilReason="missing"`. */
  readonly nil: Readonly<Record<string, number>>;
  /** What the schema demands and nobody knows here: the empty text where it is one, else its code for "not stated". */
  readonly empty: Readonly<Record<string, number>>;
  /** Values of ours that the schema has no place for, by layer and property. */
  readonly noPlace: Readonly<Record<string, number>>;
}

const MOST_EXAMPLES = 10;

/** Counts as objects are written; its size depends on kinds of faults, not on objects. */
export class RegisterTally {
  readonly #written = new Map<string, number>();
  readonly #nil = new Map<string, number>();
  readonly #empty = new Map<string, number>();
  readonly #noPlace = new Map<string, number>();
  readonly #leftOut = new Map<string, { -readonly [Key in keyof LeftOut]: LeftOut[Key] }>();

  wrote(className: string): void {
    raise(this.#written, className);
  }
  /** How many were written. */
  objects(): number {
    return [...this.#written.values()].reduce((sum, count) => sum + count, 0);
  }

  nil(element: string): void {
    raise(this.#nil, element);
  }
  empty(element: string): void {
    raise(this.#empty, element);
  }
  noPlace(layer: string, property: string): void {
    raise(this.#noPlace, `${layer}.${property}`);
  }

  leftOut({ layer, id }: Feature, lacks: readonly string[]): void {
    const key = `${layer} ${lacks.join(' ')}`;
    const known = this.#leftOut.get(key) ?? { layer, lacks: [...lacks], objects: 0, examples: [] };
    known.objects++;
    if (known.examples.length < MOST_EXAMPLES) known.examples = [...known.examples, id];
    this.#leftOut.set(key, known);
  }

  report(): RegisterReport {
    return {
      written: Object.fromEntries(this.#written),
      leftOut: [...this.#leftOut.values()],
      nil: Object.fromEntries(this.#nil),
      empty: Object.fromEntries(this.#empty),
      noPlace: Object.fromEntries(this.#noPlace),
    };
  }
}

const raise = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
