const START_SLOTS = 1 << 10;

/** Segments between whole positions that were seen before, in either direction. */
export class SegmentSet {
  #slots = new Int32Array(START_SLOTS);
  #held = new Int32Array(4 * (START_SLOTS >> 1));
  #count = 0;

  /** Whether the segment is new. */
  add(ax: number, ay: number, bx: number, by: number): boolean {
    const isTurned = ax > bx || (ax === bx && ay > by);
    const x1 = isTurned ? bx : ax;
    const y1 = isTurned ? by : ay;
    const x2 = isTurned ? ax : bx;
    const y2 = isTurned ? ay : by;
    if (this.#count * 2 >= this.#slots.length) this.#grow();
    const held = this.#held;
    const mask = this.#slots.length - 1;
    for (let slot = hash(x1, y1, x2, y2) & mask; ; slot = (slot + 1) & mask) {
      const index = this.#slots[slot] ?? 0;
      if (index === 0) {
        const at = this.#count * 4;
        held[at] = x1;
        held[at + 1] = y1;
        held[at + 2] = x2;
        held[at + 3] = y2;
        this.#slots[slot] = ++this.#count;
        return true;
      }
      const at = (index - 1) * 4;
      if (held[at] === x1 && held[at + 1] === y1 && held[at + 2] === x2 && held[at + 3] === y2) return false;
    }
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const held = new Int32Array(4 * this.#slots.length);
    held.set(this.#held);
    const mask = slots.length - 1;
    for (let i = 0; i < this.#count; i++) {
      const at = 4 * i;
      let slot = hash(held[at] ?? 0, held[at + 1] ?? 0, held[at + 2] ?? 0, held[at + 3] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = i + 1;
    }
    this.#slots = slots;
    this.#held = held;
  }
}

function hash(x1: number, y1: number, x2: number, y2: number): number {
  let h = Math.imul(x1, 0x9e3779b1) ^ Math.imul(y1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35) ^ Math.imul(x2, 0x27d4eb2f) ^ Math.imul(y2, 0x165667b1);
  return h ^ (h >>> 13) ^ (h >>> 21);
}
