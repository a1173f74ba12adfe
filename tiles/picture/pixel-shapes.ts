import type { PixelMap } from './pixel-map.ts';

/** Geometries of one kind in pixels, flat. */
export interface PixelShapes {
  /** `x, y, x, y, …`; rings are not closed by repeating their first position. */
  readonly positions: Float64Array;
  /** Where each ring, line or point ends in `positions`. */
  readonly ends: Int32Array;
  /** Where each geometry ends in `ends`. */
  readonly features: Int32Array;
}

/** A vertex nearer than this to the one before it does not change the picture. */
const SAME_PX = 0.25;

const POINT = 1;
const LINE_STRING = 2;
const POLYGON = 3;

/**
 * Reads well-known binary geometries that stand one after another (little-endian, heights skipped) into pixels.
 * Shells of polygons come out clockwise as one looks at the picture, holes the other way.
 * @throws Error on bytes that are not such geometries
 */
export function pixelShapes(wkb: Uint8Array, map: PixelMap): PixelShapes {
  const reader = new ShapeReader(wkb, map);
  while (reader.offset < wkb.byteLength) reader.feature();
  return reader.shapes();
}

class ShapeReader {
  offset = 0;
  readonly #view: DataView;
  readonly #map: PixelMap;
  readonly #positions: Float64Array;
  readonly #ends: number[] = [];
  readonly #features: number[] = [];
  #filled = 0;

  constructor(wkb: Uint8Array, map: PixelMap) {
    this.#view = new DataView(wkb.buffer, wkb.byteOffset, wkb.byteLength);
    this.#map = map;
    this.#positions = new Float64Array(wkb.byteLength >> 3);
  }

  shapes(): PixelShapes {
    return {
      positions: this.#positions.subarray(0, this.#filled),
      ends: Int32Array.from(this.#ends),
      features: Int32Array.from(this.#features),
    };
  }

  feature(): void {
    this.#geometry();
    this.#features.push(this.#ends.length);
  }

  #geometry(): void {
    if (this.#view.getUint8(this.offset) !== 1) throw new Error('WKB must be little-endian');
    const code = this.#view.getUint32(this.offset + 1, true);
    this.offset += 5;
    const stride = code >= 1000 ? 24 : 16;
    const type = code % 1000;
    if (type === POINT) this.#run(1, stride, false, false);
    else if (type === LINE_STRING) this.#run(this.#count(), stride, false, false);
    else if (type === POLYGON) {
      const rings = this.#count();
      for (let i = 0; i < rings; i++) this.#run(this.#count(), stride, true, i > 0);
    } else if (type <= 7) {
      for (let left = this.#count(); left > 0; left--) this.#geometry();
    } else throw new Error(`WKB type ${code} cannot be drawn`);
  }

  #count(): number {
    const count = this.#view.getUint32(this.offset, true);
    this.offset += 4;
    return count;
  }

  #run(count: number, stride: number, isRing: boolean, isHole: boolean): void {
    const view = this.#view;
    const map = this.#map;
    const positions = this.#positions;
    const start = this.#filled;
    let at = start;
    let [lastX, lastY] = [Number.NaN, Number.NaN];
    for (let i = 0; i < count; i++) {
      map.locate(view.getFloat64(this.offset, true), view.getFloat64(this.offset + 8, true));
      this.offset += stride;
      const { x, y } = map;
      const near = Math.abs(x - lastX) < SAME_PX && Math.abs(y - lastY) < SAME_PX;
      // The end of a line stays, that of a ring is its beginning.
      if (near && (isRing || i < count - 1 || at === start + 2)) continue;
      if (isRing && i === count - 1) break;
      positions[at++] = x;
      positions[at++] = y;
      lastX = x;
      lastY = y;
    }
    if (isRing) {
      if (at - start < 6) return;
      if (isClockwise(positions, start, at) === isHole) reverse(positions, start, at);
    }
    this.#filled = at;
    this.#ends.push(at);
  }
}

/** As one looks at the picture, where y goes down. */
function isClockwise(positions: Float64Array, start: number, end: number): boolean {
  let area = 0;
  let x = positions[end - 2] ?? 0;
  let y = positions[end - 1] ?? 0;
  for (let i = start; i < end; i += 2) {
    const nextX = positions[i] ?? 0;
    const nextY = positions[i + 1] ?? 0;
    area += x * nextY - nextX * y;
    x = nextX;
    y = nextY;
  }
  return area > 0;
}

function reverse(positions: Float64Array, start: number, end: number): void {
  for (let i = start, j = end - 2; i < j; i += 2, j -= 2) {
    const [x = 0, y = 0] = [positions[i], positions[i + 1]];
    positions[i] = positions[j] ?? 0;
    positions[i + 1] = positions[j + 1] ?? 0;
    positions[j] = x;
    positions[j + 1] = y;
  }
}
