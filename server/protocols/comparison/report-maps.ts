/** Maps of a report: the city without and with each scenario, with what differs drawn over it. */
import type { ReportMap } from '../../../core/documents/comparison-maps.ts';
import { CHANGE_INK } from '../../../core/documents/comparison-words.ts';
import type { PaperMap } from '../../../core/documents/paper-map.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { Language, Layer } from '../../../core/feature/layer.ts';
import { type Bbox, bboxOf } from '../../../core/geo/bbox.ts';
import type { Geometry } from '../../../core/geo/geometry.ts';
import type { Difference } from '../../../core/scenario/difference.ts';
import { drawBirdsEye } from '../../../tiles/picture/birds-eye.ts';
import {
  drawPaperMap,
  type OverShapes,
  type PaperFrame,
  paperFrame,
} from '../../../tiles/picture/paper-map.ts';
import type { View } from '../../access/view.ts';
import type { Services } from '../../services.ts';

const HEIGHT_MM = 104;
/** Around what differs, so that its neighbourhood is seen. */
const AROUND = 1.4;
/** From the air. */
const [WIDTH_PX, HEIGHT_PX] = [1_000, 600];

/** Everything that differs, in the middle, at a round scale on paper; undefined where nothing does. */
export function mapFrame(geometries: readonly Geometry[], srid: number): PaperFrame | undefined {
  const box = boxAround(geometries, srid);
  return box && paperFrame(box, { heightMm: HEIGHT_MM, around: AROUND });
}

/** The city of a view, and over it the differences as that city shows them. */
export function drawMap(
  { maps, pictures }: Pick<Services, 'maps' | 'pictures'>,
  view: View,
  layers: readonly Layer[],
  differences: readonly Difference[],
  at: PaperFrame,
  language: Language,
  signal: AbortSignal,
): Promise<PaperMap> {
  const order = { at, layers, over: changeShapes(differences), language };
  return drawPaperMap({ maps: maps(view), pictures }, order, signal);
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

const changeShapes = (differences: readonly Difference[]): readonly OverShapes[] =>
  (['removed', 'changed', 'added'] as const).map((change) => {
    const { stroke, fill, fillOpacity, line } = CHANGE_INK[change];
    const strokeDash = DASHES[line];
    return {
      geometries: differences
        .filter((one) => one.change === change)
        .flatMap(({ after, before }) => (after ?? before)?.geometry ?? []),
      style: { stroke, fill, fillOpacity, strokeWidthPx: 3, ...(strokeDash && { strokeDash }) },
    };
  });
