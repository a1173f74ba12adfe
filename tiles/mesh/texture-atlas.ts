/** The pictures of a tile in one: what its faces show of them, side by side. */

import { pictureSize } from '../picture/decode-picture.ts';
import { type AtlasPatch, drawAtlas } from '../picture/draw-atlas.ts';
import type { FacePaint, FacePaints } from './face-looks.ts';

/** Sides of the one picture of a tile, and of what a face shows at most, px. */
const ATLAS_PX = 2_048;
const PATCH_PX = 1_024;
const COLOUR_PX = 4;
/** Round each patch, so that neighbours do not shine through when it is drawn smaller. */
const GUTTER_PX = 2;
/** How often a picture is repeated within one face; more is no picture any more. */
const MOST_REPEATS = 100;
const SMALLEST_SCALE = 0.02;

export interface TextureAtlas {
  /** WebP. */
  readonly bytes: Uint8Array;
  /** u, v of glTF for each position of a polygon; undefined where it has no place here. */
  at(paint: FacePaint): Float32Array | undefined;
}

interface Wanted {
  /** Left, bottom, right, top in the picture, 1 is its side; a colour has none. */
  readonly window: readonly [number, number, number, number] | undefined;
  readonly paint: FacePaint;
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * @param pictures by their digests
 * @returns undefined where no face has a look that can be drawn
 */
export async function textureAtlas(
  faces: readonly FacePaints[],
  pictures: ReadonlyMap<string, Uint8Array>,
): Promise<TextureAtlas | undefined> {
  const wanted = new Map<string, Wanted>();
  for (const paint of faces.flat()) {
    if (!paint) continue;
    const patch = wantedPatch(paint, pictures);
    if (patch) wanted.set(keyOf(paint), patch);
  }
  if (wanted.size === 0) return undefined;
  const placed = placedPatches(wanted);
  if (!placed) return undefined;
  const { places, heightPx } = placed;
  const patches = [...places].map(([key, place]): AtlasPatch => {
    const { paint, window } = wanted.get(key) as Wanted;
    const fill =
      'colour' in paint
        ? { colour: paint.colour }
        : { image: paint.image, repeats: paint.repeats, window: window ?? ([0, 0, 1, 1] as const) };
    return { ...place, ...fill };
  });
  const bytes = await drawAtlas(patches, pictures, { widthPx: ATLAS_PX, heightPx, gutterPx: GUTTER_PX });
  return {
    bytes,
    at(paint) {
      const key = keyOf(paint);
      const place = places.get(key);
      const patch = wanted.get(key);
      if (!place || !patch) return undefined;
      if ('colour' in paint) {
        const middle = [
          (place.x + place.widthPx / 2) / ATLAS_PX,
          (place.y + place.heightPx / 2) / heightPx,
        ] as const;
        return Float32Array.from(middle);
      }
      const [left, bottom, right, top] = patch.window ?? [0, 0, 1, 1];
      return Float32Array.from(paint.coordinates, (value, index) => {
        const isAcross = index % 2 === 0;
        const [low, high] = isAcross ? [left, right] : [bottom, top];
        const share = (Math.min(high, Math.max(low, value)) - low) / (high - low);
        return isAcross
          ? (place.x + share * place.widthPx) / ATLAS_PX
          : (place.y + (1 - share) * place.heightPx) / heightPx;
      });
    },
  };
}

const keyOf = (paint: FacePaint): string =>
  'colour' in paint ? paint.colour.join(' ') : `${paint.image} ${paint.repeats} ${windowOf(paint)}`;

/** What a face shows of its picture, to a ten-thousandth; without repeats no more than the picture. */
function windowOf({ coordinates, repeats }: Exclude<FacePaint, { readonly colour: unknown }>) {
  const window: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [index, value] of coordinates.entries()) {
    const inside = repeats === 'no' ? Math.min(1, Math.max(0, value)) : value;
    const axis = index % 2;
    window[axis] = Math.min(window[axis] ?? 0, Math.floor(inside * 1e4) / 1e4);
    window[2 + axis] = Math.max(window[2 + axis] ?? 0, Math.ceil(inside * 1e4) / 1e4);
  }
  const [left, bottom, right, top] = window;
  return [left, bottom, Math.max(right, left + 1e-4), Math.max(top, bottom + 1e-4)] as const;
}

function wantedPatch(paint: FacePaint, pictures: ReadonlyMap<string, Uint8Array>): Wanted | undefined {
  if ('colour' in paint) return { paint, window: undefined, widthPx: COLOUR_PX, heightPx: COLOUR_PX };
  const bytes = pictures.get(paint.image);
  if (!bytes) return undefined;
  const { widthPx, heightPx } = pictureSize(bytes);
  const window = windowOf(paint);
  const [wide, high] = [window[2] - window[0], window[3] - window[1]];
  if (wide * high > MOST_REPEATS) return undefined;
  const px = (side: number) => Math.min(PATCH_PX, Math.max(1, Math.ceil(side)));
  return { paint, window, widthPx: px(wide * widthPx), heightPx: px(high * heightPx) };
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** All patches on shelves, the highest first; all smaller by one measure until they have room. */
function placedPatches(
  wanted: ReadonlyMap<string, Wanted>,
): { readonly places: ReadonlyMap<string, Place>; readonly heightPx: number } | undefined {
  const sorted = [...wanted].sort(
    ([keyA, a], [keyB, b]) => b.heightPx - a.heightPx || b.widthPx - a.widthPx || (keyA < keyB ? -1 : 1),
  );
  for (let scale = 1; scale >= SMALLEST_SCALE; scale *= 0.85) {
    const places = new Map<string, Place>();
    let [x, y, shelf] = [0, 0, 0];
    for (const [key, patch] of sorted) {
      const size = (side: number) => ('colour' in patch.paint ? side : Math.max(1, Math.round(side * scale)));
      const [widthPx, heightPx] = [size(patch.widthPx), size(patch.heightPx)];
      if (x + widthPx + 2 * GUTTER_PX > ATLAS_PX) [x, y, shelf] = [0, y + shelf, 0];
      places.set(key, { x: x + GUTTER_PX, y: y + GUTTER_PX, widthPx, heightPx });
      x += widthPx + 2 * GUTTER_PX;
      shelf = Math.max(shelf, heightPx + 2 * GUTTER_PX);
    }
    if (y + shelf <= ATLAS_PX) return { places, heightPx: y + shelf };
  }
  return undefined;
}
