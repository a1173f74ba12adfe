/** Pictures of a WMS for a frame of ours. */

import { getMapAddress, type RemoteFrame } from '../../core/cascade/wms-request.ts';
import { notSupported } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { CascadedLayer, CascadedSource } from '../../core/wire/cascade.ts';
import { decodePicture } from '../../tiles/picture/decode-picture.ts';
import type { Frame } from '../../tiles/picture/frame.ts';
import { shownBox } from '../../tiles/picture/pixel-map.ts';
import type { PlacedPicture } from '../../tiles/picture/placed-picture.ts';
import type { SourceLine } from './source-line.ts';

/** A layer of a source with the line to it. */
export interface Remote {
  readonly layer: Layer;
  readonly source: CascadedSource;
  readonly declared: CascadedLayer;
  readonly line: SourceLine;
}

/**
 * The frame in which a source is asked for what ours shows: ours itself where it knows the CRS and as many pixels, else
 * one of its own around it. Undefined when ours shows nothing of the CRS of the source.
 */
export function remoteFrame(
  { bbox, widthPx, heightPx }: Frame,
  { srids, mostSidePx }: NonNullable<CascadedLayer['maps']>,
): RemoteFrame | undefined {
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

export async function wmsPictures(
  { source, declared, line }: Remote,
  frame: Frame,
): Promise<readonly PlacedPicture[]> {
  const { maps, remote } = declared;
  const asked = maps && remoteFrame(frame, maps);
  if (!maps || !asked) return [];
  const address = getMapAddress(source.url, remote, maps, asked);
  let pixels: Awaited<ReturnType<typeof decodePicture>> | undefined;
  const { answer } = await line.ask(address, async ({ bytes, contentType }) => {
    refuseWords(bytes, contentType);
    pixels = await decodePicture(bytes, asked);
  });
  pixels ??= await decodePicture(answer.bytes, asked);
  return [{ ...asked, pixels: new Uint8Array(pixels.pixels) }];
}

/** @throws TwinError not-supported telling what an answer says that should be a picture */
export function refuseWords(bytes: Uint8Array, contentType: string): void {
  if (!/^(?:text|application)\//i.test(contentType)) return;
  const words = new TextDecoder().decode(bytes.subarray(0, 4_000));
  const plain = words
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
  throw notSupported(`it answered with ${contentType.split(';')[0]} in place of a picture: ${plain}`);
}
