/** The map of the ground that was ordered as pixels with a place on the Earth. */
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { orderWatermark } from '../../../core/order/order-note.ts';
import { colourOf } from '../../../tiles/picture/colour.ts';
import { drawStrips, type Picture } from '../../../tiles/picture/draw-picture.ts';
import { type Frame, styleFrame } from '../../../tiles/picture/frame.ts';
import type { PlacedText } from '../../../tiles/picture/letters.ts';
import type { Raster } from '../../../tiles/picture/raster.ts';
import {
  ascii,
  BLOCK_PX,
  double,
  evenly,
  geoKeys,
  short,
  type TiffField,
  tiffFile,
} from '../../../tiles/tiff/tiff-file.ts';
import { mapFrameOf } from '../area-box.ts';
import { type OrderedLayer, type OrderWriter, orderFileName, type WrittenOrder } from './order-writer.ts';
import { paperLayers } from './paper-layers.ts';

const CHANNELS = 3;
/** Between watermarks. */
const [MARK_X_PX, MARK_Y_PX, MARK_COLOUR] = [900, 450, '#8f8f8f'];
const pack = promisify(deflate);

export const writeMapRaster: OrderWriter = function* (layers, order) {
  const { order: asked } = order.settled;
  const { scale = 500 } = asked.map ?? {};
  const name = orderFileName('map-tif', `map_1-${scale}`, 'tif', asked);
  yield { name, srid: asked.srid, bytes: mapRaster(layers, order) };
};

async function* mapRaster(
  layers: readonly OrderedLayer[],
  { place, settled, note }: WrittenOrder,
): AsyncGenerator<Uint8Array> {
  const { order, view, area, signal } = settled;
  const frame = mapFrameOf(order, area, place.city.srid);
  const { shown } = await paperLayers(layers, frame, place.maps(view), signal);
  const said = note(
    layers.map(({ layer }) => layer),
    order.srid,
  );
  const picture = { frame, background: colourOf('#ffffff'), layers: shown };
  yield* rasterMap(picture, marksOf(frame, orderWatermark(order)), said, signal);
}

/**
 * A tiled, deflated GeoTIFF of red, green and blue. The picture is drawn and packed strip by strip: one strip is held as
 * pixels, the rest packed.
 */
export async function* rasterMap(
  picture: Picture,
  marks: readonly PlacedText[],
  note: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const blocks: Uint8Array[] = [];
  for (const strip of drawStrips(picture, BLOCK_PX, marks)) {
    signal.throwIfAborted();
    blocks.push(...(await Promise.all(blocksOf(strip).map(async (block) => evenly(await pack(block))))));
    strip.release();
  }
  yield* tiffFile([{ fields: fieldsOf(picture.frame, note), blocks }]);
}

function blocksOf({ pixels, widthPx, heightPx }: Raster): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(widthPx / BLOCK_PX) }, (_, column) => {
    const block = new Uint8Array(BLOCK_PX * BLOCK_PX * CHANNELS).fill(0xff);
    const left = column * BLOCK_PX;
    const width = Math.min(BLOCK_PX, widthPx - left);
    for (let row = 0; row < heightPx; row++) {
      let [from, to] = [(row * widthPx + left) * 4, row * BLOCK_PX * CHANNELS];
      for (let x = 0; x < width; x++, from += 4, to += CHANNELS) {
        block[to] = pixels[from] ?? 0;
        block[to + 1] = pixels[from + 1] ?? 0;
        block[to + 2] = pixels[from + 2] ?? 0;
      }
    }
    return block;
  });
}

/** TIFF 6.0 fields: red, green and blue side by side in blocks, packed by Deflate, with a place and a CRS. */
function fieldsOf({ bbox, widthPx, heightPx }: Frame, note: readonly string[]): readonly TiffField[] {
  // What is left of coordinates of seven digits is no part of it.
  const pixelM = Number(((bbox.maxX - bbox.minX) / widthPx).toPrecision(9));
  return [
    { tag: 256, type: 4, values: [widthPx] },
    { tag: 257, type: 4, values: [heightPx] },
    short(258, 8, 8, 8),
    short(259, 8),
    short(262, 2),
    ascii(270, note.join('\n')),
    short(277, CHANNELS),
    short(284, 1),
    short(322, BLOCK_PX),
    short(323, BLOCK_PX),
    double(33_550, pixelM, pixelM, 0),
    double(33_922, 0, 0, 0, bbox.minX, bbox.maxY, 0),
    geoKeys(bbox.srid),
  ];
}

/** All over the map, as on paper. */
function marksOf(frame: Frame, text: string | undefined): readonly PlacedText[] {
  if (text === undefined) return [];
  const { widthPx, heightPx } = styleFrame(frame);
  const columns = Math.ceil(widthPx / MARK_X_PX);
  const rows = Math.ceil(heightPx / MARK_Y_PX);
  return Array.from({ length: columns * rows }, (_, index) => ({
    ...{ text, colour: MARK_COLOUR },
    x: ((index % columns) + 0.5) * (widthPx / columns),
    y: (Math.floor(index / columns) + 0.5) * (heightPx / rows),
  }));
}
