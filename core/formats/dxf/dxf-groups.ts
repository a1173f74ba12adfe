/** The grain of a drawing: a code and a value, each on a line. */

export type Group = readonly [code: number, value: string | number];

export const groupText = (groups: readonly Group[]): string =>
  groups.map(([code, value]) => `${code}\n${value}\n`).join('');

/** Gives out handles: every object of a drawing has one of its own. */
export class Handles {
  #last = 0xff;

  next(): string {
    this.#last++;
    return this.#last.toString(16).toUpperCase();
  }
}
