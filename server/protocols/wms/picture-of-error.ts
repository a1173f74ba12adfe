import type { TwinError } from '../../../core/errors.ts';
import { CLEAR } from '../../../tiles/picture/colour.ts';
import type { ImageFormat } from '../../../tiles/picture/encode.ts';
import type { PictureMaker } from '../../../tiles/picture/picture-maker.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { imageFormatOf } from './image-formats.ts';
import { type Ground, MAX_SIDE_PX, parseGround } from './map-request.ts';

/** Where the request does not say. */
const SIDE_PX = 256;

/**
 * An error as a picture where EXCEPTIONS asks for that (WMS 1.3.0, 7.3.3.11; 1.1.1, 7.2.3.11): its words, or the
 * bare ground. Undefined when it is to be a report.
 */
export async function pictureOfError(
  error: TwinError,
  kvp: Kvp,
  pictures: PictureMaker,
  { signal }: Pick<Ask, 'signal'>,
): Promise<Reply | undefined> {
  const wish = kvp.get('exceptions')?.toLowerCase().replace('application/vnd.ogc.se_', '');
  if (wish !== 'inimage' && wish !== 'blank') return undefined;
  const format = orElse<ImageFormat>(() => imageFormatOf(kvp.get('format') ?? ''), 'image/png');
  const ground = orElse<Ground | undefined>(() => parseGround(kvp), undefined);
  const isOpaque = !ground?.isTransparent || format === 'image/jpeg';
  const background = isOpaque ? (ground?.background ?? { r: 255, g: 255, b: 255, a: 1 }) : CLEAR;
  const picture = {
    widthPx: sideOf(kvp.get('width')),
    heightPx: sideOf(kvp.get('height')),
    background,
    message: wish === 'inimage' ? error.message : '',
  };
  return {
    status: 200,
    headers: { 'content-type': format, 'cache-control': 'no-store' },
    body: await pictures.make({ picture, format, isOpaque }, signal),
  };
}

function orElse<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

function sideOf(text: string | undefined): number {
  const side = Math.round(Number(text ?? Number.NaN));
  return side >= 1 && side <= MAX_SIDE_PX ? side : SIDE_PX;
}
