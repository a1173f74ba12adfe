import type { CancelSignal } from '../../core/cancel.ts';
import type { Tile } from '../source.ts';
import type { Colour } from './colour.ts';
import { drawPicture, type Picture } from './draw-picture.ts';
import { drawShapes, type ShapePicture } from './draw-shapes.ts';
import { encode, type ImageFormat, type SVG_FORMAT } from './encode.ts';
import { drawMessage } from './message.ts';
import { pictureSvg } from './picture-svg.ts';
import { Raster } from './raster.ts';

/** Words across a ground of one colour. */
export interface MessagePicture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly background: Colour;
  /** Empty = the bare ground. */
  readonly message: string;
}

/** A picture to be made: plain data, so that it can go to another thread. */
export type PictureOrder = PixelOrder | LineOrder;

interface PixelOrder {
  readonly picture: Picture | MessagePicture | ShapePicture;
  readonly format: ImageFormat;
  readonly isOpaque: boolean;
}

interface LineOrder {
  readonly picture: Picture;
  readonly format: typeof SVG_FORMAT;
  readonly isOpaque: boolean;
}

/** Where pictures are made, so that the thread that answers requests is free. */
export interface PictureMaker {
  /**
   * The file of a picture. Bytes in the order may be taken over: they must not be read afterwards.
   * @throws TwinError unavailable when the drawing broke off
   */
  make(order: PictureOrder, signal: CancelSignal): Promise<Uint8Array>;
}

export interface PictureVersion extends Omit<Tile, 'bytes'> {
  /** Names of the layers that it shows. */
  readonly layers: readonly string[];
}

/** Finished pictures, each under the validator of all that it was drawn from (`pictureVersion`). */
export interface KeptPictures {
  /** The kept file, or one made now: once at a time, however many ask for it. */
  of(
    version: PictureVersion,
    make: (signal: CancelSignal) => Promise<Uint8Array>,
    signal: CancelSignal,
  ): Promise<Uint8Array>;
}

/** Draws and encodes in this thread. @param isWanted asked between layers; once it says no, this throws */
export function makePicture(order: PictureOrder, isWanted = () => true): Uint8Array {
  if (order.format === 'image/svg+xml')
    return new TextEncoder().encode(pictureSvg(order.picture, order.isOpaque));
  const { picture, format, isOpaque } = order;
  const raster = rasterOf(picture, isWanted);
  try {
    return encode(raster, format, isOpaque);
  } finally {
    raster.release();
  }
}

function rasterOf(picture: PixelOrder['picture'], isWanted: () => boolean): Raster {
  if ('message' in picture) return messageRaster(picture);
  return 'shapes' in picture ? drawShapes(picture) : drawPicture(picture, isWanted);
}

function messageRaster({ widthPx, heightPx, background, message }: MessagePicture): Raster {
  const raster = new Raster(widthPx, heightPx, background);
  if (message !== '') drawMessage(raster, message);
  return raster;
}
