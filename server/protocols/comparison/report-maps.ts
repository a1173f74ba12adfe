/** Maps of a report: the city without and with each scenario, with what differs drawn over it. */
import { MAP_WIDTH_MM, type ReportMap } from '../../../core/documents/comparison-maps.ts';
import { CHANGE_INK } from '../../../core/documents/comparison-words.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { type Bbox, bboxOf } from '../../../core/geo/bbox.ts';
import type { Geometry } from '../../../core/geo/geometry.ts';
import { writeEwkb } from '../../../core/geo/wkb.ts';
import type { Difference } from '../../../core/scenario/difference.ts';
import { drawBirdsEye } from '../../../tiles/picture/birds-eye.ts';
import { colourOf } from '../../../tiles/picture/colour.ts';
import type { PictureLayer } from '../../../tiles/picture/draw-picture.ts';
import type { Frame } from '../../../tiles/picture/frame.ts';
import { planLayer } from '../../../tiles/picture/plan-layer.ts';
import { readLayers } from '../../../tiles/picture/read-layers.ts';
import type { View } from '../../access/view.ts';
import type { Services } from '../../services.ts';

/** Fine enough for paper, with letters that can be read there. */
const [WIDTH_PX, HEIGHT_PX] = [1_000, 600];
const PAPER = colourOf('#fcfaf4');
/** Around what differs, so that its neighbourhood is seen. */
const AROUND = 1.4;
const SCALES = [500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000];

export interface MapFrame {
  readonly frame: Frame;
  readonly scaleDenominator: number;
}

/** Everything that differs, in the middle, at a round scale on paper; undefined where nothing does. */
export function mapFrame(geometries: readonly Geometry[], srid: number): MapFrame | undefined {
  const around = boxAround(geometries, srid);
  if (!around) return undefined;
  const { minX, minY, maxX, maxY } = around;
  const wantedM = AROUND * Math.max(maxX - minX, ((maxY - minY) * WIDTH_PX) / HEIGHT_PX);
  const most = SCALES.at(-1) ?? 1;
  const scaleDenominator = SCALES.find((scale) => (scale * MAP_WIDTH_MM) / 1_000 >= wantedM) ?? most;
  const widthM = (scaleDenominator * MAP_WIDTH_MM) / 1_000;
  const heightM = (widthM * HEIGHT_PX) / WIDTH_PX;
  const [midX, midY] = [(minX + maxX) / 2, (minY + maxY) / 2];
  const bbox = {
    minX: midX - widthM / 2,
    minY: midY - heightM / 2,
    maxX: midX + widthM / 2,
    maxY: midY + heightM / 2,
    srid,
  };
  return { frame: { bbox, widthPx: WIDTH_PX, heightPx: HEIGHT_PX }, scaleDenominator };
}

/** The city of a view, and over it the differences as that city shows them. */
export async function drawMap(
  { maps, pictures }: Pick<Services, 'maps' | 'pictures'>,
  view: View,
  layers: readonly Layer[],
  differences: readonly Difference[],
  { frame, scaleDenominator }: MapFrame,
  signal: AbortSignal,
): Promise<Pick<ReportMap, 'picture' | 'scaleDenominator'>> {
  const plans = layers.flatMap((layer) => planLayer(frame, layer) ?? []);
  const city = await readLayers(maps(view), plans, signal);
  const picture = { frame, background: PAPER, layers: [...city, ...changeLayers(differences, frame)] };
  const file = await pictures.make({ picture, format: 'image/png', isOpaque: true }, signal);
  return { picture: { file, widthPx: frame.widthPx, heightPx: frame.heightPx }, scaleDenominator };
}

/** Buildings as solids. */
const SOLIDS = 'buildings_3d';

/**
 * A place from the air, in the city of a view, with the buildings that differ in a colour of their own.
 * @returns undefined where it is too large to see houses
 */
export function drawFromAir(
  { featuresFor, pictures }: Pick<Services, 'featuresFor' | 'pictures'>,
  view: View,
  bbox: Bbox,
  differences: readonly Difference[],
  signal: AbortSignal,
): Promise<ReportMap['birdsEye']> {
  const meant = new Set(differences.filter(({ layer }) => layer === SOLIDS).map(({ id }) => id));
  const place = { bbox, marked: [], isMeant: ({ id }: Feature) => meant.has(id) };
  return drawBirdsEye(featuresFor(view), pictures, place, { widthPx: WIDTH_PX, heightPx: HEIGHT_PX }, signal);
}

export const geometriesOf = ({ after, before }: Difference): readonly Geometry[] =>
  [after, before].flatMap((one) => one?.geometry ?? []);

/** @returns undefined where no geometry has a position */
export function boxAround(geometries: readonly Geometry[], srid: number): Bbox | undefined {
  const boxes = geometries.flatMap((one) => bboxOf(one, srid) ?? []);
  if (boxes.length === 0) return undefined;
  return {
    minX: Math.min(...boxes.map((box) => box.minX)),
    minY: Math.min(...boxes.map((box) => box.minY)),
    maxX: Math.max(...boxes.map((box) => box.maxX)),
    maxY: Math.max(...boxes.map((box) => box.maxY)),
    srid,
  };
}

const DASHES = { solid: undefined, dashed: [10, 5], dotted: [2, 4] } as const;

/** One layer for each kind of change and of shape. */
function changeLayers(differences: readonly Difference[], frame: Frame): readonly PictureLayer[] {
  return (['removed', 'changed', 'added'] as const).flatMap((change) =>
    (['Polygon', 'LineString', 'Point'] as const).flatMap((shape) => {
      const geometries = differences
        .filter((one) => one.change === change)
        .flatMap(({ after, before }) => (after ?? before)?.geometry ?? [])
        .filter(({ type }) => type.endsWith(shape));
      if (geometries.length === 0) return [];
      const { stroke, fill, fillOpacity, line } = CHANGE_INK[change];
      const strokeDash = DASHES[line];
      const layer: PictureLayer['layer'] = {
        style: {
          ...{ stroke, fill, fillOpacity, strokeWidthPx: 3 },
          ...(strokeDash && { strokeDash }),
          ...(shape === 'Point' && { marker: { shape: 'circle', sizePx: 12 } }),
        },
        geometryType: `Multi${shape}`,
        srid: frame.bbox.srid,
      };
      const wkb = Buffer.concat(geometries.map((geometry) => writeEwkb(geometry, undefined)));
      return [{ layer, area: frame.bbox, classes: [{ entry: -1, wkb: new Uint8Array(wkb), labels: [] }] }];
    }),
  );
}
