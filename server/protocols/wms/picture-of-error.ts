import type { TwinError } from '../../../core/errors.ts';
import { CLEAR } from '../../../tiles/picture/colour.ts';
import { drawMessage } from '../../../tiles/picture/message.ts';
import { Raster } from '../../../tiles/picture/raster.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { Reply } from '../../http/protocol.ts';
import { encode, type ImageFormat, imageFormatOf } from './image-formats.ts';
import { type Ground, MAX_SIDE_PX, parseGround } from './map-request.ts';

/** Where the request does not say. */
const SIDE_PX = 256;

/**
 * An error as a picture where EXCEPTIONS asks for that (WMS 1.3.0, 7.3.3.11; 1.1.1, 7.2.3.11): its words, or the
 * bare ground. Undefined when it is to be a report.
 */
export async function pictureOfError(error: TwinError, kvp: Kvp): Promise<Reply | undefined> {
  const wish = kvp.get('exceptions')?.toLowerCase().replace('application/vnd.ogc.se_', '');
  if (wish !== 'inimage' && wish !== 'blank') return undefined;
  const format = orElse<ImageFormat>(() => imageFormatOf(kvp.get('format') ?? ''), 'image/png');
  const ground = orElse<Ground | undefined>(() => parseGround(kvp), undefined);
  const isOpaque = !ground?.isTransparent || format === 'image/jpeg';
  const background = isOpaque ? (ground?.background ?? { r: 255, g: 255, b: 255, a: 1 }) : CLEAR;
  const raster = new Raster(sideOf(kvp.get('width')), sideOf(kvp.get('height')), background);
  if (wish === 'inimage') drawMessage(raster, error.message);
  return {
    status: 200,
    headers: { 'content-type': format, 'cache-control': 'no-store' },
    body: await encode(raster, format, isOpaque),
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
