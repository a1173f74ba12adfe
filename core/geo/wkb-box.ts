/** What well-known binary says of itself without becoming a geometry: millions of positions are looked at as they lie. */

/** Grows over what is looked at; inverted while there is nothing. */
export class WkbBox {
  minX = Infinity;
  minY = Infinity;
  maxX = -Infinity;
  maxY = -Infinity;
  /** Whether a geometry said that its positions have heights. */
  hasHeights = false;
  #view: DataView = new DataView(new ArrayBuffer(0));
  #at = 0;

  get isEmpty(): boolean {
    return !(this.minX <= this.maxX);
  }

  clear(): void {
    [this.minX, this.minY, this.maxX, this.maxY] = [Infinity, Infinity, -Infinity, -Infinity];
    this.hasHeights = false;
  }

  /** @throws Error on what is no WKB of the six types of ISO (OGC 06-103r4, 8.2), without or with heights. */
  look(bytes: Uint8Array): void {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = 0;
    this.clear();
    this.#geometry();
  }

  #geometry(): void {
    const isLittle = this.#view.getUint8(this.#at) === 1;
    const code = this.#view.getUint32(this.#at + 1, isLittle);
    this.#at += 5;
    const kind = code % 1000;
    const isHigh = code > 1000;
    if (kind < 1 || kind > 6 || code > 1006) throw new Error(`WKB type ${code} is not looked at here`);
    if (isHigh) this.hasHeights = true;
    const count = kind === 1 ? 1 : this.#count(isLittle);
    if (kind <= 2) this.#positions(count, isLittle, isHigh);
    else this.#parts(kind, count, isLittle, isHigh);
  }

  #parts(kind: number, count: number, isLittle: boolean, isHigh: boolean): void {
    for (let left = count; left > 0; left--) {
      if (kind === 3) this.#positions(this.#count(isLittle), isLittle, isHigh);
      else this.#geometry();
    }
  }

  #count(isLittle: boolean): number {
    const count = this.#view.getUint32(this.#at, isLittle);
    this.#at += 4;
    return count;
  }

  #positions(count: number, isLittle: boolean, isHigh: boolean): void {
    const view = this.#view;
    const step = isHigh ? 24 : 16;
    let { minX, minY, maxX, maxY } = this;
    let at = this.#at;
    for (let left = count; left > 0; left--, at += step) {
      const x = view.getFloat64(at, isLittle);
      const y = view.getFloat64(at + 8, isLittle);
      // An empty point has no numbers, and is in no box.
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    }
    this.#at = at;
    [this.minX, this.minY, this.maxX, this.maxY] = [minX, minY, maxX, maxY];
  }
}
