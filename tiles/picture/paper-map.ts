/**
 * Maps for paper, of every document: the city as a view shows it at a round scale, shapes drawn over it, and the legend
 * of what is to be seen. The bar of the scale and the arrow to the north are put on by whoever writes the document.
 */
import type { CancelSignal } from '../../core/cancel.ts';
import { inkEntry, layerEntry, type PaperMap } from '../../core/documents/paper-map.ts';
import type { LegendEntry } from '../../core/documents/print-document.ts';
import type { Language, Layer, LayerStyle } from '../../core/feature/layer.ts';
import { type Bbox, ringOfBbox } from '../../core/geo/bbox.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { writeEwkb } from '../../core/geo/wkb.ts';
import { colourOf } from './colour.ts';
import type { PictureLayer } from './draw-picture.ts';
import type { Frame } from './frame.ts';
import type { MapSource } from './map-source.ts';
import type { PictureMaker } from './picture-maker.ts';
import { type LayerPlan, planLayer } from './plan-layer.ts';
import { readLayers } from './read-layers.ts';

/** A place at a round scale. */
export interface PaperFrame {
  readonly frame: Frame;
  readonly widthMm: number;
  readonly scaleDenominator: number;
}

/** Shapes of one meaning. */
export interface OverShapes {
  /** In the legend; undefined where they are told elsewhere. */
  readonly label?: string;
  /** Planar positions in the CRS of the frame. */
  readonly geometries: readonly Geometry[];
  /** Widths and sizes in pixels, `PX_PER_MM` of them a millimetre; a point without `marker` is a circle. */
  readonly style: LayerStyle;
  /** Written on each geometry, in their order. */
  readonly names?: readonly string[];
}

export interface PaperMapOrder {
  readonly at: PaperFrame;
  /** From the lowest to the topmost. */
  readonly layers: readonly Layer[];
  /** From the lowest to the topmost, over all layers. */
  readonly over: readonly OverShapes[];
  /** Layers over the shapes, not faded, and not in the legend; default none. */
  readonly above?: readonly Layer[];
  /**
   * How much the layers fade into the paper, 0 (not at all) to 1, so that what is drawn over them is seen; default 0.
   * Faded ones are there to find one's way, and not in the legend.
   */
  readonly fade?: number;
  readonly language: Language;
}

/** Fine enough for paper, with letters that can be read there. */
export const PX_PER_MM = 5;
/** Between the margins of A4. */
const WIDTH_MM = 174;
const SCALES = [
  ...[500, 1_000, 2_000, 5_000, 10_000, 15_000, 20_000, 25_000],
  ...[50_000, 75_000, 100_000, 250_000, 500_000],
];
const PAPER = '#ffffff';
/** Entries of the legend; a map of everything would bury its reader. */
const MOST_ENTRIES = 24;

/** A box in the middle, at the largest round scale at which it and its neighbourhood fit. @param around 1.25: a quarter more */
export function paperFrame(
  { minX, minY, maxX, maxY, srid }: Bbox,
  { heightMm, around }: { readonly heightMm: number; readonly around: number },
): PaperFrame {
  const [widthM, heightM] = [(maxX - minX) * around, (maxY - minY) * around];
  const fits = (scale: number) =>
    (scale * WIDTH_MM) / 1_000 >= widthM && (scale * heightMm) / 1_000 >= heightM;
  const scaleDenominator = SCALES.find(fits) ?? SCALES.at(-1) ?? 1;
  const [halfX, halfY] = [(scaleDenominator * WIDTH_MM) / 2_000, (scaleDenominator * heightMm) / 2_000];
  const [midX, midY] = [(minX + maxX) / 2, (minY + maxY) / 2];
  const bbox = { minX: midX - halfX, minY: midY - halfY, maxX: midX + halfX, maxY: midY + halfY, srid };
  const [widthPx, heightPx] = [Math.round(WIDTH_MM * PX_PER_MM), Math.round(heightMm * PX_PER_MM)];
  return { frame: { bbox, widthPx, heightPx }, widthMm: WIDTH_MM, scaleDenominator };
}

/** @throws TwinError unavailable when the drawing broke off */
export async function drawPaperMap(
  { maps, pictures }: { readonly maps: MapSource; readonly pictures: PictureMaker },
  { at: { frame, widthMm, scaleDenominator }, layers, over, above = [], fade = 0, language }: PaperMapOrder,
  signal: CancelSignal,
): Promise<PaperMap> {
  const plans = layers.flatMap((layer) => planLayer(frame, layer) ?? []);
  const city = await readLayers(maps, plans, frame, signal);
  const higher = above.flatMap((layer) => planLayer(frame, layer) ?? []);
  const top = await readLayers(maps, higher, frame, signal);
  // Before the shapes go to the thread that draws: they are handed over, not copied.
  const seen = fade > 0 ? [] : seenEntries(plans, city, language);
  const legend = [...ownEntries(over), ...seen].slice(0, MOST_ENTRIES);
  const veil = fade > 0 ? shapeLayers(veilOver(frame, fade), frame) : [];
  const drawn = [...city, ...veil, ...over.flatMap((shapes) => shapeLayers(shapes, frame)), ...top];
  const picture = { frame, background: colourOf(PAPER), layers: drawn };
  const file = await pictures.make({ picture, format: 'image/png', isOpaque: true }, signal);
  const { widthPx, heightPx } = frame;
  return {
    picture: { file, widthPx, heightPx },
    ...{ widthMm, scaleDenominator, srid: frame.bbox.srid, legend },
  };
}

const SHAPES = ['Polygon', 'LineString', 'Point'] as const;
const CIRCLE = { shape: 'circle', sizePx: 14 } as const;
/** The column that names stand in, where they are read from no table. */
const NAMED = 'name';

function shapeLayers({ geometries, names, style }: OverShapes, frame: Frame): readonly PictureLayer[] {
  const named = geometries.map((geometry, index) => ({ geometry, name: names?.[index] }));
  return SHAPES.flatMap((shape) => {
    const members = named.filter(({ geometry }) => geometry.type.endsWith(shape));
    if (members.length === 0) return [];
    const layer: PictureLayer['layer'] = {
      style: {
        ...style,
        ...(shape === 'Point' && { marker: style.marker ?? CIRCLE }),
        ...(names && {
          label: { property: NAMED, maxScaleDenominator: Number.MAX_VALUE, color: style.stroke },
        }),
      },
      geometryType: `Multi${shape}`,
      srid: frame.bbox.srid,
    };
    const wkb = Buffer.concat(members.map(({ geometry }) => writeEwkb(geometry, undefined)));
    const labels = names ? members.map(({ name }) => [name, undefined] as const) : [];
    return [{ layer, area: frame.bbox, classes: [{ entry: -1, wkb: new Uint8Array(wkb), labels }] }];
  });
}

const veilOver = ({ bbox }: Frame, fillOpacity: number): OverShapes => ({
  geometries: [{ type: 'Polygon', coordinates: [ringOfBbox(bbox)] }],
  style: { stroke: PAPER, strokeWidthPx: 0, fill: PAPER, fillOpacity },
});

const ownEntries = (over: readonly OverShapes[]): readonly LegendEntry[] =>
  over
    .flatMap(({ label, geometries: [first], style }) =>
      label === undefined || !first ? [] : [inkEntry(label, style, first.type.endsWith('LineString'))],
    )
    .toReversed();

/** Only classes of layers that are to be seen on this map. */
const seenEntries = (
  plans: readonly LayerPlan[],
  drawn: readonly PictureLayer[],
  language: Language,
): readonly LegendEntry[] =>
  plans
    .flatMap(({ layer }, index) => {
      const classes = drawn[index]?.classes.filter(({ wkb }) => wkb.length > 0) ?? [];
      return classes.map(({ entry }) => layerEntry(layer, entry, language));
    })
    .toReversed();
