/** Tiles of a WMTS for a frame of ours. */
import { boxOfBlock, tileAddress, tilesOfFrame } from '../../core/cascade/tiles-of-frame.ts';
import { type Bbox, reprojectBbox } from '../../core/geo/bbox.ts';
import { decodePicture } from '../../tiles/picture/decode-picture.ts';
import type { Frame } from '../../tiles/picture/frame.ts';
import { shownBox } from '../../tiles/picture/pixel-map.ts';
import type { PlacedPicture } from '../../tiles/picture/placed-picture.ts';
import type { Answer } from './fetch-answer.ts';
import { type Remote, refuseWords } from './remote-pictures.ts';

/** As many as a source is asked at once, so that the tiles of one picture do not fill its line. */
const AT_ONCE = 4;

/** How services say that a place has no tile: 404 (OGC 07-057r7, 10.2.4) or no content. It is clear then. */
const NO_TILE = [204, 404];

/** One picture of the tiles that show what the frame shows, in their CRS; nothing where the grid or the layer has none. */
export async function tilePictures(
  { source, declared, line }: Remote,
  frame: Frame,
): Promise<readonly PlacedPicture[]> {
  const { tiles, extent } = declared;
  const found = tiles && setFor(frame, source.tileMatrixSets ?? [], tiles.sets);
  if (!tiles || !found) return [];
  const { set, limits } = found;
  const shown = shownBox(frame, set.srid);
  if (!shown) return [];
  const [width, height] = [shown.maxX - shown.minX, shown.maxY - shown.minY];
  const perPx = Math.sqrt((width * height) / (frame.widthPx * frame.heightPx));
  const box = extent === null ? shown : within(shown, extent);
  const block = box && tilesOfFrame(set, box, perPx, limits);
  if (!block) return [];
  const { level, minColumn, maxColumn, minRow, maxRow } = block;
  const size = { widthPx: level.tileWidthPx, heightPx: level.tileHeightPx };
  const widthPx = size.widthPx * (maxColumn - minColumn + 1);
  const heightPx = size.heightPx * (maxRow - minRow + 1);
  const pixels = new Uint8Array(4 * widthPx * heightPx);
  const places: { row: number; column: number }[] = [];
  for (let row = minRow; row <= maxRow; row++) {
    for (let column = minColumn; column <= maxColumn; column++) places.push({ row, column });
  }
  const lay = async ({ row, column }: (typeof places)[number]) => {
    const address = tileAddress(tiles.template, set.id, level.id, row, column);
    let tile: Awaited<ReturnType<typeof decodePicture>> | undefined;
    const check = async ({ bytes, contentType }: Answer) => {
      if (bytes.length === 0) return;
      refuseWords(bytes, contentType);
      tile = await decodePicture(bytes, size);
    };
    const { answer } = await line.ask(address, check, { nothingIs: NO_TILE });
    if (answer.bytes.length === 0) return;
    tile ??= await decodePicture(answer.bytes, size);
    const corner = 4 * ((row - minRow) * size.heightPx * widthPx + (column - minColumn) * size.widthPx);
    for (let y = 0; y < size.heightPx; y++) {
      const line = tile.pixels.subarray(4 * y * size.widthPx, 4 * (y + 1) * size.widthPx);
      pixels.set(line, corner + 4 * y * widthPx);
    }
  };
  for (let from = 0; from < places.length; from += AT_ONCE) {
    await Promise.all(places.slice(from, from + AT_ONCE).map(lay));
  }
  return [{ pixels, widthPx, heightPx, bbox: boxOfBlock(block, set.srid) }];
}

type Sets = NonNullable<Remote['source']['tileMatrixSets']>;
type Links = NonNullable<Remote['declared']['tiles']>['sets'];

/** The grid in the CRS of the frame, else the first. */
function setFor({ bbox }: Frame, sets: Sets, links: Links) {
  const linked = links.flatMap(({ id, limits }) => {
    const set = sets.find((each) => each.id === id);
    return set ? [{ set, limits }] : [];
  });
  return linked.find(({ set }) => set.srid === bbox.srid) ?? linked[0];
}

/**
 * The part of a box that the layer covers: tiles beyond it are often refused. Cut in degrees, since few CRS know the whole
 * world, which some layers say they cover.
 * @param extent degrees
 */
function within(box: Bbox, [west = 0, south = 0, east = 0, north = 0]: readonly number[]): Bbox | undefined {
  const shown = reprojectBbox(box, 4326);
  if (west <= shown.minX && south <= shown.minY && east >= shown.maxX && north >= shown.maxY) return box;
  const both = {
    ...{ minX: Math.max(west, shown.minX), maxX: Math.min(east, shown.maxX), srid: 4326 },
    ...{ minY: Math.max(south, shown.minY), maxY: Math.min(north, shown.maxY) },
  };
  if (both.minX > both.maxX || both.minY > both.maxY) return undefined;
  const covered = reprojectBbox(both, box.srid);
  const part = {
    ...{ minX: Math.max(box.minX, covered.minX), maxX: Math.min(box.maxX, covered.maxX), srid: box.srid },
    ...{ minY: Math.max(box.minY, covered.minY), maxY: Math.min(box.maxY, covered.maxY) },
  };
  return part.minX < part.maxX && part.minY < part.maxY ? part : undefined;
}
