/** Pictures of a WMS for a frame of ours. */

import { getMapAddress } from '../../core/cascade/wms-request.ts';
import { notSupported } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { CascadedLayer, CascadedSource } from '../../core/wire/cascade.ts';
import { decodePicture } from '../../tiles/picture/decode-picture.ts';
import type { Frame } from '../../tiles/picture/frame.ts';
import { frameIn } from '../../tiles/picture/frame-in.ts';
import type { PlacedPicture } from '../../tiles/picture/placed-picture.ts';
import type { SourceLine } from './source-line.ts';

/** A layer of a source with the line to it. */
export interface Remote {
  readonly layer: Layer;
  readonly source: CascadedSource;
  readonly declared: CascadedLayer;
  readonly line: SourceLine;
}

export async function wmsPictures(
  { source, declared, line }: Remote,
  frame: Frame,
): Promise<readonly PlacedPicture[]> {
  const { maps, remote } = declared;
  const asked = maps && frameIn(frame, maps);
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
