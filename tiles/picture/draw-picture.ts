import type { Layer } from '../../core/feature/layer.ts';
import { enlarged, PIXEL_M, symbolOf } from '../../core/feature/symbol.ts';
import type { Bbox } from '../../core/geo/bbox.ts';
import type { Colour } from './colour.ts';
import { drawAreas } from './draw-areas.ts';
import { drawLines } from './draw-lines.ts';
import { drawMarkers } from './draw-markers.ts';
import { type Frame, styleFrame } from './frame.ts';
import { type PlacedText, write } from './letters.ts';
import type { ClassShapes } from './map-source.ts';
import { PixelMap } from './pixel-map.ts';
import { pixelShapes } from './pixel-shapes.ts';
import { type LabelledShapes, placeLabels } from './place-labels.ts';
import { layPlaced, type PlacedPicture } from './placed-picture.ts';
import { Raster } from './raster.ts';
import { TakenRoom } from './taken-room.ts';

/** A layer of a picture with all that is drawn of it. */
export interface PictureLayer {
  readonly layer: Pick<Layer, 'style' | 'geometryType' | 'srid'>;
  /** What the frame shows of the layer's storage CRS. */
  readonly area: Bbox;
  readonly classes: readonly ClassShapes[];
  /** In place of shapes: pictures of heights or of somebody else's service. */
  readonly pictures?: readonly PlacedPicture[];
}

export interface Picture {
  readonly frame: Frame;
  readonly background: Colour;
  /** From the lowest to the topmost. */
  readonly layers: readonly PictureLayer[];
}

/**
 * Draws a picture: plain data in, pixels out. Labels lie over all layers; those of upper layers are placed first.
 * @param isWanted asked before each layer; once it says no, this throws
 */
export function drawPicture({ frame, background, layers }: Picture, isWanted = () => true): Raster {
  const raster = new Raster(frame.widthPx, frame.heightPx, background);
  const drawn = layers.map((layer) => {
    if (!isWanted()) throw new Error('Nobody waits for this picture any more');
    return drawLayer(raster, frame, layer);
  });
  write(raster, labelsOf(frame, drawn), frame.pixelRatio);
  return raster;
}

/**
 * The same picture from above in strips of so many rows, and less memory; labels go over their edges.
 * @param over words above all else, places in pixels of the style
 */
export function* drawStrips(
  { frame, background, layers }: Picture,
  rowsPx: number,
  over: readonly PlacedText[],
): Generator<Raster> {
  const { bbox, widthPx, heightPx, pixelRatio = 1 } = frame;
  const drawn = layers.map((layer) => drawnLayer(frame, layer));
  const texts = [...labelsOf(frame, drawn), ...over];
  const rowM = (bbox.maxY - bbox.minY) / heightPx;
  for (let top = 0; top < heightPx; top += rowsPx) {
    const bottom = Math.min(top + rowsPx, heightPx);
    const box = { ...bbox, maxY: bbox.maxY - top * rowM, minY: bbox.maxY - bottom * rowM };
    const raster = new Raster(widthPx, bottom - top, background);
    for (const layer of layers) {
      drawLayer(raster, { bbox: box, widthPx, heightPx: bottom - top, pixelRatio }, layer);
    }
    const near = texts.filter((text) => isWithin(text, top / pixelRatio, bottom / pixelRatio));
    write(
      raster,
      near.map((text) => raised(text, top / pixelRatio)),
      pixelRatio,
    );
    yield raster;
  }
}

/** Half of the height of a text with its halo, at most. */
const TEXT_REACH_PX = 20;

function isWithin({ y, letters }: PlacedText, top: number, bottom: number): boolean {
  const ys = letters ? letters.map((letter) => letter.y) : [y];
  return ys.some((each) => each > top - TEXT_REACH_PX && each < bottom + TEXT_REACH_PX);
}

const raised = ({ letters, ...text }: PlacedText, byPx: number): PlacedText => ({
  ...{ ...text, y: text.y - byPx },
  ...(letters && { letters: letters.map((letter) => ({ ...letter, y: letter.y - byPx })) }),
});

/** Labels over all layers, in pixels of the style; those of upper layers are placed first. */
export function labelsOf(frame: Frame, drawn: readonly DrawnLayer[]): readonly PlacedText[] {
  const taken = new TakenRoom();
  return drawn
    .toReversed()
    .flatMap(({ layer, parts, scale }) =>
      placeLabels(layer, inStylePixels(parts, frame), scale, styleFrame(frame), taken),
    );
}

/** Room for letters is counted in pixels of the style, whatever those of the picture are. */
function inStylePixels(
  parts: readonly LabelledShapes[],
  { pixelRatio = 1 }: Frame,
): readonly LabelledShapes[] {
  if (pixelRatio === 1) return parts;
  return parts.map(({ symbol, shapes, labels }) => ({
    ...{ symbol: enlarged(symbol, 1 / pixelRatio), labels },
    shapes: { ...shapes, positions: shapes.positions.map((px) => px / pixelRatio) },
  }));
}

interface DrawnLayer {
  readonly layer: PictureLayer['layer'];
  readonly parts: readonly LabelledShapes[];
  /** On the ground. */
  readonly scale: number;
}

/** What is drawn of a layer: classes in the order of the style, whatever order the store gave. */
export function drawnLayer(frame: Frame, { layer, area, classes }: PictureLayer): DrawnLayer {
  const map = new PixelMap(frame, area);
  const { pixelRatio = 1 } = frame;
  const scale = (map.metresPerPixel * pixelRatio) / PIXEL_M;
  const entries = layer.style.classes?.entries ?? [];
  const parts = classes
    .toSorted((a, b) => a.entry - b.entry)
    .map(
      ({ entry, wkb, labels }): LabelledShapes => ({
        symbol: enlarged(symbolOf(layer, entries[entry], scale), pixelRatio),
        shapes: pixelShapes(wkb, map),
        labels,
      }),
    );
  return { layer, parts, scale };
}

function drawLayer(raster: Raster, frame: Frame, picture: PictureLayer): DrawnLayer {
  const drawn = drawnLayer(frame, picture);
  const { layer, parts } = drawn;
  for (const placed of picture.pictures ?? []) layPlaced(raster, frame, placed);
  if (layer.geometryType.endsWith('Polygon')) drawAreas(raster, parts);
  else if (layer.geometryType.endsWith('LineString')) drawLines(raster, parts);
  else drawMarkers(raster, parts);
  return drawn;
}
