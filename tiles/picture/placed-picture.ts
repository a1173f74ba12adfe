/** Pictures of others, laid where they belong. */
import type { Bbox } from '../../core/geo/bbox.ts';
import type { Frame } from './frame.ts';
import { PixelMap, shownBox } from './pixel-map.ts';
import type { Raster, Sheet } from './raster.ts';

/** A picture and the box of some CRS that it shows. Pixels are RGBA, multiplied by alpha. */
export interface PlacedPicture extends Sheet {
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly heightPx: number;
  readonly bbox: Bbox;
}

/** Lays it over a raster of the frame: pixel on pixel where both show the same box, else between the nearest four. */
export function layPlaced(raster: Raster, frame: Frame, placed: PlacedPicture): void {
  if (isSame(frame, placed)) {
    raster.lay(placed.pixels);
    return;
  }
  const shown = shownBox(frame, placed.bbox.srid);
  if (!shown) return;
  const { bbox, widthPx, heightPx } = frame;
  const map = new PixelMap({ bbox: placed.bbox, widthPx: placed.widthPx, heightPx: placed.heightPx }, bbox);
  const perX = (bbox.maxX - bbox.minX) / widthPx;
  const perY = (bbox.maxY - bbox.minY) / heightPx;
  const row = new Uint8Array(4 * widthPx);
  for (let y = 0; y < heightPx; y++) {
    row.fill(0);
    const northing = bbox.maxY - (y + 0.5) * perY;
    for (let x = 0; x < widthPx; x++) {
      map.locate(bbox.minX + (x + 0.5) * perX, northing);
      sample(placed, map.x, map.y, row, 4 * x);
    }
    raster.layPart({ pixels: row, widthPx }, { x: 0, y: 0, widthPx, heightPx: 1 }, 0, y);
  }
}

const isSame = ({ bbox, widthPx, heightPx }: Frame, placed: PlacedPicture): boolean =>
  widthPx === placed.widthPx &&
  heightPx === placed.heightPx &&
  bbox.srid === placed.bbox.srid &&
  bbox.minX === placed.bbox.minX &&
  bbox.minY === placed.bbox.minY &&
  bbox.maxX === placed.bbox.maxX &&
  bbox.maxY === placed.bbox.maxY;

/** Clear beyond the edges of the picture, also halfway. */
function sample(
  { pixels, widthPx, heightPx }: PlacedPicture,
  x: number,
  y: number,
  out: Uint8Array,
  at: number,
) {
  if (x < 0 || y < 0 || x >= widthPx || y >= heightPx) return;
  const left = Math.max(0, Math.floor(x - 0.5));
  const top = Math.max(0, Math.floor(y - 0.5));
  const right = Math.min(widthPx - 1, left + 1);
  const bottom = Math.min(heightPx - 1, top + 1);
  const a = Math.min(1, Math.max(0, x - 0.5 - left));
  const b = Math.min(1, Math.max(0, y - 0.5 - top));
  const lt = 4 * (top * widthPx + left);
  const rt = 4 * (top * widthPx + right);
  const lb = 4 * (bottom * widthPx + left);
  const rb = 4 * (bottom * widthPx + right);
  for (let channel = 0; channel < 4; channel++) {
    const upper = (pixels[lt + channel] ?? 0) * (1 - a) + (pixels[rt + channel] ?? 0) * a;
    const lower = (pixels[lb + channel] ?? 0) * (1 - a) + (pixels[rb + channel] ?? 0) * a;
    out[at + channel] = Math.round(upper * (1 - b) + lower * b);
  }
}
