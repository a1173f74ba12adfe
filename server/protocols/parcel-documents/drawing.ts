/** The plan of a parcel at a round scale on paper, with its boundary and the places of constraints. */

import { WORDS } from '../../../core/documents/parcel/document-words.ts';
import type { ParcelDrawing } from '../../../core/documents/parcel/shared-blocks.ts';
import type { LegendEntry } from '../../../core/documents/print-document.ts';
import type { Language, Layer } from '../../../core/feature/layer.ts';
import type { Geometry } from '../../../core/geo/geometry.ts';
import { writeEwkb } from '../../../core/geo/wkb.ts';
import { colourOf } from '../../../tiles/picture/colour.ts';
import type { PictureLayer } from '../../../tiles/picture/draw-picture.ts';
import type { Frame } from '../../../tiles/picture/frame.ts';
import { type LayerPlan, planLayer } from '../../../tiles/picture/plan-layer.ts';
import { readLayers } from '../../../tiles/picture/read-layers.ts';
import type { View } from '../../access/view.ts';
import type { Services } from '../../services.ts';

const WIDTH_MM = 174;
const HEIGHT_MM = 126;
/** Fine enough for paper, with letters that can be read there. */
const PX_PER_MM = 5;
const PAPER = colourOf('#ffffff');
/** Around the parcel, so that its neighbours are seen. */
const AROUND = 1.25;
const SCALES = [500, 1_000, 2_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000];
/** Entries of the legend; a map of everything would bury its reader. */
const MOST_ENTRIES = 24;

const OUTLINE = { stroke: '#c0182a', strokeWidthPx: 4.5 } as const;
const CONFLICT = {
  stroke: '#8a4b00',
  strokeWidthPx: 2.5,
  strokeDash: [8, 5],
  fill: '#e08a1e',
  fillOpacity: 0.22,
} as const;

type Box = readonly [minE: number, minN: number, maxE: number, maxN: number];

export interface DrawnParcel {
  readonly bbox: Box;
  readonly outlines: readonly Geometry[];
  /** What the outlines are called in the legend. */
  readonly outlined: 'outline' | 'outlines' | 'areaOutline';
  /** Where constraints lie. */
  readonly conflicts: readonly Geometry[];
  readonly srid: number;
}

export async function drawParcel(
  { maps, pictures }: Pick<Services, 'maps' | 'pictures'>,
  view: View,
  layers: readonly Layer[],
  drawn: DrawnParcel,
  language: Language,
  signal: AbortSignal,
): Promise<ParcelDrawing> {
  const { frame, scaleDenominator } = frameOf(drawn.bbox, drawn.srid);
  const plans = layers.flatMap((layer) => planLayer(frame, layer) ?? []);
  const city = await readLayers(maps(view), plans, signal);
  const over = [
    ...shapeLayers(drawn.conflicts, CONFLICT, frame),
    ...shapeLayers(drawn.outlines, OUTLINE, frame),
  ];
  // Before the shapes go to the thread that draws: they are handed over, not copied.
  const legend = legendOf(plans, city, drawn, language);
  const picture = { frame, background: PAPER, layers: [...city, ...over] };
  const file = await pictures.make({ picture, format: 'image/png', isOpaque: true }, signal);
  return {
    picture: { file, widthPx: frame.widthPx, heightPx: frame.heightPx },
    widthMm: WIDTH_MM,
    scaleDenominator,
    srid: drawn.srid,
    legend,
  };
}

/** The parcel in the middle, at the largest round scale that it fits the paper at. */
function frameOf([minE, minN, maxE, maxN]: Box, srid: number): { frame: Frame; scaleDenominator: number } {
  const [widthM, heightM] = [(maxE - minE) * AROUND, (maxN - minN) * AROUND];
  const fits = (scale: number) =>
    (scale * WIDTH_MM) / 1_000 >= widthM && (scale * HEIGHT_MM) / 1_000 >= heightM;
  const scaleDenominator = SCALES.find(fits) ?? SCALES.at(-1) ?? 1;
  const [halfE, halfN] = [(scaleDenominator * WIDTH_MM) / 2_000, (scaleDenominator * HEIGHT_MM) / 2_000];
  const [midE, midN] = [(minE + maxE) / 2, (minN + maxN) / 2];
  const bbox = { minX: midE - halfE, minY: midN - halfN, maxX: midE + halfE, maxY: midN + halfN, srid };
  return {
    frame: { bbox, widthPx: Math.round(WIDTH_MM * PX_PER_MM), heightPx: Math.round(HEIGHT_MM * PX_PER_MM) },
    scaleDenominator,
  };
}

function shapeLayers(
  geometries: readonly Geometry[],
  style: PictureLayer['layer']['style'],
  frame: Frame,
): readonly PictureLayer[] {
  return (['Polygon', 'LineString', 'Point'] as const).flatMap((shape) => {
    const members = geometries.filter(({ type }) => type.endsWith(shape));
    if (members.length === 0) return [];
    const marker = { marker: { shape: 'circle' as const, sizePx: 14 } };
    const layer: PictureLayer['layer'] = {
      style: { ...style, ...(shape === 'Point' && marker) },
      geometryType: `Multi${shape}`,
      srid: frame.bbox.srid,
    };
    const wkb = Buffer.concat(members.map((geometry) => writeEwkb(geometry, undefined)));
    return [{ layer, area: frame.bbox, classes: [{ entry: -1, wkb: new Uint8Array(wkb), labels: [] }] }];
  });
}

/** Only what is to be seen on this drawing: the boundary, the places of constraints, and classes that are there. */
function legendOf(
  plans: readonly LayerPlan[],
  drawn: readonly PictureLayer[],
  { conflicts, outlined }: DrawnParcel,
  language: Language,
): readonly LegendEntry[] {
  const own: LegendEntry[] = [{ label: WORDS[outlined][language], stroke: OUTLINE.stroke, line: 'solid' }];
  if (conflicts.length > 0) {
    const { stroke, fill, fillOpacity } = CONFLICT;
    own.push({ label: WORDS.conflict[language], stroke, line: 'dashed', fill, fillOpacity });
  }
  const seen = plans.flatMap(({ layer }, index) => {
    const classes = drawn[index]?.classes.filter(({ wkb }) => wkb.length > 0) ?? [];
    return classes.flatMap(({ entry }) => legendEntry(layer, entry, language));
  });
  return [...own, ...seen.toReversed()].slice(0, MOST_ENTRIES);
}

function legendEntry(
  { title, style, geometryType }: Layer,
  entry: number,
  language: Language,
): readonly LegendEntry[] {
  const styled = style.classes?.entries[entry];
  const fill = styled?.fill ?? style.fill;
  const label = styled ? `${title[language]}: ${styled.label[language]}` : title[language];
  const stroke = styled?.stroke ?? style.stroke;
  const casing = styled?.casing ?? style.casing;
  // A street is as light as the paper; its edge is what is seen.
  if (geometryType.endsWith('LineString')) {
    return casing
      ? [{ label, stroke: casing.color, line: 'solid', fill: stroke }]
      : [{ label, stroke, line: style.strokeDash ? 'dashed' : 'solid' }];
  }
  if (fill === undefined) return [{ label, stroke, line: 'solid' }];
  const fillOpacity = styled?.fillOpacity ?? style.fillOpacity ?? 1;
  return [{ label, stroke, line: 'solid', fill, fillOpacity }];
}
