/** The plan of a parcel at a round scale on paper, with its boundary and the places of constraints. */

import type { PaperMap } from '../../../core/documents/paper-map.ts';
import { WORDS } from '../../../core/documents/parcel/document-words.ts';
import type { Language, Layer } from '../../../core/feature/layer.ts';
import type { Geometry } from '../../../core/geo/geometry.ts';
import { drawPaperMap, type OverShapes, paperFrame } from '../../../tiles/picture/paper-map.ts';
import type { View } from '../../access/view.ts';
import type { Services } from '../../services.ts';

const HEIGHT_MM = 126;
/** Around the parcel, so that its neighbours are seen. */
const AROUND = 1.25;

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

export function drawParcel(
  { maps, pictures }: Pick<Services, 'maps' | 'pictures'>,
  view: View,
  layers: readonly Layer[],
  { bbox: [minX, minY, maxX, maxY], outlines, outlined, conflicts, srid }: DrawnParcel,
  language: Language,
  signal: AbortSignal,
): Promise<PaperMap> {
  const at = paperFrame({ minX, minY, maxX, maxY, srid }, { heightMm: HEIGHT_MM, around: AROUND });
  const over: readonly OverShapes[] = [
    { label: WORDS.conflict[language], geometries: conflicts, style: CONFLICT },
    { label: WORDS[outlined][language], geometries: outlines, style: OUTLINE },
  ];
  return drawPaperMap({ maps: maps(view), pictures }, { at, layers, over, language }, signal);
}
