import type RenderFeature from 'ol/render/Feature.js';

const MOST = 20_000;
const REDRAW_DELAY_MS = 120;
/** Streets are cut at crossings; between two labels of one name lies at least this much of the screen. */
const NAMESAKES_APART_PX = 170;
/** A line shorter than its name bears none, and must not keep a longer one from bearing it. */
const LETTER_PX = 6;

interface Bearer {
  readonly id: unknown;
  readonly x: number;
  readonly y: number;
}

/**
 * Decides who bears a label. An object cut by tile edges comes in several pieces; only the largest piece seen at a
 * resolution bears it. When a larger one arrives after a smaller was written, the layer is drawn again. Of lines of one
 * name only those bear it that lie apart.
 */
export class LabelOwners {
  readonly #largest = new Map<string, number>();
  readonly #bearers = new Map<string, Bearer[]>();
  readonly #redraw: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(redraw: () => void) {
    this.#redraw = redraw;
  }

  owns(feature: RenderFeature, resolution: number): boolean {
    const id: unknown = feature.get('id');
    if (id === undefined) return true;
    const key = `${resolution} ${id}`;
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = feature.getExtent();
    const size = (maxX - minX) * (maxY - minY);
    const known = this.#largest.get(key) ?? 0;
    if (size < known * 0.999) return false;
    if (size > known * 1.001) {
      if (this.#largest.size > MOST) this.#largest.clear();
      this.#largest.set(key, size);
      if (known > 0) this.#redrawSoon();
    }
    return true;
  }

  /** Whether no other line that bears this name is near. */
  isApart(feature: RenderFeature, name: string, resolution: number): boolean {
    const id: unknown = feature.get('id');
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = feature.getExtent();
    if (Math.hypot(maxX - minX, maxY - minY) / resolution < name.length * LETTER_PX) return false;
    const key = `${resolution} ${name}`;
    const bearers = this.#bearers.get(key) ?? [];
    const [x, y] = [(minX + maxX) / 2, (minY + maxY) / 2];
    const isNear = (other: Bearer) => Math.hypot(other.x - x, other.y - y) < NAMESAKES_APART_PX * resolution;
    if (bearers.some((other) => other.id !== id && isNear(other))) return false;
    if (bearers.some((other) => other.id === id)) return true;
    if (this.#bearers.size > MOST) this.#bearers.clear();
    this.#bearers.set(key, [...bearers, { id, x, y }]);
    return true;
  }

  #redrawSoon(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#redraw, REDRAW_DELAY_MS);
  }
}
