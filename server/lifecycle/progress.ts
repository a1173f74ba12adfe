/** Where long work tells a waiting person how far it is. */
export interface Progress {
  /** A step begins; the one before it is done. */
  step(title: string): void;
  /** How far the step is. Truthful: `total` is known, `done` has happened. */
  count(done: number, total: number): void;
  /** Something to read; it stays on the screen. */
  note(message: string): void;
  /** Everything is done. */
  ready(message: string): void;
}
