import type RenderFeature from 'ol/render/Feature.js';

const MOST = 20_000;
const REDRAW_DELAY_MS = 120;

/**
 * An object cut by tile edges comes in several pieces; only the largest piece seen at a resolution bears the
 * label. When a larger one arrives after a smaller was written, the layer is drawn again.
 */
export class LabelOwners {
  readonly #largest = new Map<string, number>();
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

  #redrawSoon(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#redraw, REDRAW_DELAY_MS);
  }
}
