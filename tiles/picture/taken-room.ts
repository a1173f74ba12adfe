interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

const CELL_PX = 64;

/** The room of a picture that labels have taken. */
export class TakenRoom {
  readonly #cells = new Map<number, Box[]>();

  /** Takes all the boxes, or none when one of them is taken already. */
  take(boxes: readonly Box[]): boolean {
    if (boxes.some((box) => this.#isTaken(box))) return false;
    for (const box of boxes) {
      for (const key of cellsOf(box)) {
        const cell = this.#cells.get(key);
        if (cell) cell.push(box);
        else this.#cells.set(key, [box]);
      }
    }
    return true;
  }

  #isTaken(box: Box): boolean {
    for (const key of cellsOf(box)) {
      for (const other of this.#cells.get(key) ?? []) {
        if (
          box.minX < other.maxX &&
          box.maxX > other.minX &&
          box.minY < other.maxY &&
          box.maxY > other.minY
        ) {
          return true;
        }
      }
    }
    return false;
  }
}

function* cellsOf({ minX, minY, maxX, maxY }: Box): Generator<number> {
  for (let row = Math.floor(minY / CELL_PX); row <= Math.floor(maxY / CELL_PX); row++) {
    for (let column = Math.floor(minX / CELL_PX); column <= Math.floor(maxX / CELL_PX); column++) {
      yield row * 4096 + column;
    }
  }
}
