import type { ReadEvent } from './reader.ts';

/** Notes of one file, each kind told once with its number, since a city repeats a quirk 100,000 times. */
export class Notebook {
  readonly #notes = new Map<string, { message: string; count: number }>();

  /** @param message of the first occurrence; the later ones only count */
  add(code: string, message: string): void {
    const note = this.#notes.get(code);
    if (note === undefined) this.#notes.set(code, { message, count: 1 });
    else note.count++;
  }

  /** For what is true of the whole file, however often it comes up. */
  addOnce(code: string, message: string): void {
    if (!this.#notes.has(code)) this.#notes.set(code, { message, count: 1 });
  }

  *events(): Generator<ReadEvent> {
    for (const [code, { message, count }] of this.#notes) {
      yield { kind: 'note', code, message: count === 1 ? message : `${message} (${count} times)` };
    }
  }
}
