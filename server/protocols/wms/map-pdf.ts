/** A map as PDF for print: in scale, with frame, grid, bar, north, legend and where it is from. */
import { type PaperMapFile, sheetAround } from '../../../core/documents/map-sheet.ts';
import { invalidParameter, tooLarge } from '../../../core/errors.ts';
import type { Language, Layer, LayerStatus } from '../../../core/feature/layer.ts';
import { PIXEL_M } from '../../../core/feature/symbol.ts';
import { crsOf } from '../../../core/geo/crs.ts';
import { crsTitle } from '../../../core/geo/crs-title.ts';
import type { Colour } from '../../../tiles/picture/colour.ts';
import { type Frame, styleFrame } from '../../../tiles/picture/frame.ts';
import type { MapSource } from '../../../tiles/picture/map-source.ts';
import type { LayerPlan } from '../../../tiles/picture/plan-layer.ts';
import { readLayers } from '../../../tiles/picture/read-layers.ts';
import { signsOf } from '../../../tiles/picture/sheet-signs.ts';
import { vectorDrawing } from '../../../tiles/picture/vector-drawing.ts';
import type { View } from '../../access/view.ts';
import type { WmsServices } from './wms-services.ts';
import { WORDS } from './words.ts';

/** Of the pixel that styles are declared for: 96 to an inch. */
const PX_PER_MM = 96 / 25.4;
/** Sides of a pixel on the ground may differ by rounding. */
const SAME_SIDES = 0.005;
/** Lines are laid out on the thread that answers: some 100 ms at most. */
const MOST_SHAPE_BYTES = 8 << 20;
const LONGEST_TITLE = 200;
const MERCATOR = 3857;

export interface MapForPdf {
  readonly frame: Frame;
  readonly background: Colour;
  readonly plans: readonly LayerPlan[];
  readonly layers: readonly Layer[];
  readonly title: string | undefined;
  readonly language: Language;
  readonly view: View;
}

/**
 * As large on paper as WIDTH and HEIGHT at DPI say, so the scale follows from BBOX.
 * @throws TwinError invalid-parameter in a CRS that keeps no lengths, or of pixels that are not square
 */
export async function mapPdf(
  { catalogue, documents }: WmsServices,
  maps: MapSource,
  { frame: asked, background, plans, layers, title, language, view }: MapForPdf,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const frame = styleFrame(asked);
  const scale = scaleOf(frame);
  const shown = await readLayers(maps, plans, frame, signal);
  const shapeBytes = shown.flatMap(({ classes }) => classes).reduce((sum, { wkb }) => sum + wkb.length, 0);
  if (shapeBytes > MOST_SHAPE_BYTES) {
    throw tooLarge(
      'The map has more lines than a sheet that can be read; ask for a smaller area or fewer layers, or for image/png',
      'bbox',
    );
  }
  const statuses = await Promise.all(layers.map(({ name }) => catalogue.status(name, view)));
  const plan = sheetAround(frame.bbox, {
    ...{ widthMm: frame.widthPx / PX_PER_MM, heightMm: frame.heightPx / PX_PER_MM },
    scaleDenominator: scale,
  });
  const drawing = vectorDrawing({ frame, background, layers: shown });
  const signs = signsOf(plans, shown, scale / (PIXEL_M * 1_000 * PX_PER_MM), language);
  const date = youngest(statuses);
  const map: PaperMapFile = {
    ...{ language, plan, date, pxPerMm: PX_PER_MM, outline: [], watermark: undefined },
    title: title?.slice(0, LONGEST_TITLE) ?? WORDS.title[language],
    author: layers[0]?.steward[language] ?? WORDS.provider[language],
    sheets: [{ box: frame.bbox, drawing, signs }],
    stamp: stampOf(layers, frame.bbox.srid, view.at ?? date, language),
    notes: [
      ...(statuses.some(({ synthetic }) => synthetic) ? [WORDS.synthetic[language]] : []),
      WORDS.informative[language],
    ],
  };
  return documents.writeMap(map);
}

function scaleOf({ bbox, widthPx, heightPx }: Frame): number {
  if (crsOf(bbox.srid).unit === 'degree' || bbox.srid === MERCATOR) {
    throw invalidParameter(
      'crs',
      `A map as PDF is in scale, and EPSG:${bbox.srid} keeps no lengths; use EPSG:2177, EPSG:2180 or another plane system`,
    );
  }
  const [alongX, alongY] = [(bbox.maxX - bbox.minX) / widthPx, (bbox.maxY - bbox.minY) / heightPx];
  if (Math.abs(alongX / alongY - 1) > SAME_SIDES) {
    throw invalidParameter(
      'bbox',
      'A map as PDF has one scale: give WIDTH and HEIGHT in the proportion of the sides of BBOX',
    );
  }
  return alongX * 1_000 * PX_PER_MM;
}

const youngest = (statuses: readonly LayerStatus[]): Date =>
  new Date(
    Math.max(0, ...statuses.map(({ loadedAt }) => (loadedAt === undefined ? 0 : Date.parse(loadedAt)))),
  );

function stampOf(
  layers: readonly Layer[],
  srid: number,
  date: Date,
  language: Language,
): PaperMapFile['stamp'] {
  const distinct = (texts: readonly Layer['steward'][]) =>
    [...new Set(texts.map((text) => text[language]))].join('; ');
  const rows = [
    ['content', layers.map(({ title }) => title[language]).join(', ')],
    ['date', date.toISOString().slice(0, 10)],
    ['crs', crsTitle(srid, language)],
    ['source', distinct(layers.map(({ steward }) => steward))],
    ['licence', distinct(layers.map(({ licence }) => licence))],
  ] as const;
  return rows.map(([name, value]) => ({ name: WORDS[name][language], value }));
}
