import type { Bbox } from '../../core/geo/bbox.ts';
import type { Frame } from './frame.ts';
import { shownBox } from './pixel-map.ts';

/** A frame of a source that is pictures itself. */
export interface SourceFrame {
  readonly bbox: Bbox;
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * The frame in which a source is asked for what ours shows: ours itself where it knows the CRS and as many pixels, else
 * one of its own around it. Undefined when ours shows nothing of the CRS of the source.
 * @param srids that the source knows, the best first
 */
export function frameIn(
  { bbox, widthPx, heightPx }: Frame,
  { srids, mostSidePx }: { readonly srids: readonly number[]; readonly mostSidePx: number },
): SourceFrame | undefined {
  const shrink = Math.min(1, mostSidePx / Math.max(widthPx, heightPx));
  const sides = {
    widthPx: Math.max(1, Math.round(widthPx * shrink)),
    heightPx: Math.max(1, Math.round(heightPx * shrink)),
  };
  if (srids.includes(bbox.srid)) return { bbox, ...sides };
  for (const srid of srids) {
    const box = shownBox({ bbox, widthPx, heightPx }, srid);
    if (!box) continue;
    // Pixels of theirs as square on the ground as ours, and as many.
    const [width, height] = [box.maxX - box.minX, box.maxY - box.minY];
    const perPx = Math.sqrt((width * height) / (sides.widthPx * sides.heightPx));
    const side = (length: number) => Math.min(mostSidePx, Math.max(1, Math.round(length / perPx)));
    return { bbox: box, widthPx: side(width), heightPx: side(height) };
  }
  return undefined;
}
