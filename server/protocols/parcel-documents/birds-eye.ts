/** A parcel with its surroundings from the air, drawn from the model of the city; no photograph. */
import {
  type BirdsEyeFrame,
  type BirdsEyeScene,
  birdsEyeBox,
  type GroundInk,
  paintBirdsEye,
} from '../../../core/building/birds-eye.ts';
import type { Figure } from '../../../core/documents/print-document.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { classOf, inkOf } from '../../../core/feature/symbol.ts';
import type { Geometry, Ring } from '../../../core/geo/geometry.ts';
import { isInside } from '../../../core/geo/plane.ts';
import { colourOf } from '../../../tiles/picture/colour.ts';
import type { View } from '../../access/view.ts';
import type { Services } from '../../services.ts';

export interface SeenParcel {
  readonly bbox: readonly [minE: number, minN: number, maxE: number, maxN: number];
  readonly geometry: Geometry;
  readonly srid: number;
}

/** Around the parcel, so that its neighbours are seen. */
const AROUND = 1.6;
const LEAST_WIDTH_M = 110;
/** From farther away houses are specks: the map tells more. */
const MOST_WIDTH_M = 900;
/** Of a layer. */
const MOST_OBJECTS = 4_000;
const PAPER = colourOf('#f6f1e6');
/** In the order in which they cover each other. */
const GROUND_LAYERS = ['land_cover', 'green_areas', 'water'] as const;
const PARCELS: GroundInk = { stroke: '#a79a86', strokeWidthPx: 0.8 };
const MEANT: GroundInk = { fill: '#fbe7b2', stroke: '#c0182a', strokeWidthPx: 3 };

/** @returns undefined where the parcel is too large to see houses on it */
export async function drawBirdsEye(
  { featuresFor, pictures }: Pick<Services, 'featuresFor' | 'pictures'>,
  view: View,
  layers: readonly Layer[],
  parcel: SeenParcel,
  size: { readonly widthPx: number; readonly heightPx: number },
  signal: AbortSignal,
): Promise<Figure['picture'] | undefined> {
  const frame = frameOf(parcel, size);
  if (frame.widthM > MOST_WIDTH_M) return undefined;
  const [minX, minY, maxX, maxY] = birdsEyeBox(frame);
  const source = featuresFor(view);
  const read = async (layer: string): Promise<readonly Feature[]> => {
    if (!layers.some(({ name }) => name === layer)) return [];
    const bbox = { minX, minY, maxX, maxY, srid: parcel.srid };
    const found: Feature[] = [];
    for await (const feature of source.query({ layer, bbox, limit: MOST_OBJECTS }, signal))
      found.push(feature);
    return found;
  };
  const ground: BirdsEyeScene['ground'][number][] = [];
  for (const name of GROUND_LAYERS) {
    const style = layers.find((layer) => layer.name === name)?.style;
    if (!style) continue;
    for (const { geometry, properties } of await read(name)) {
      const { fill } = inkOf(style, classOf(style, properties));
      if (geometry && fill !== undefined) ground.push({ geometry, ink: { fill } });
    }
  }
  for (const { geometry } of await read('parcels')) if (geometry) ground.push({ geometry, ink: PARCELS });
  ground.push({ geometry: parcel.geometry, ink: MEANT });
  const scene: BirdsEyeScene = {
    frame,
    ground,
    buildings: (await read('buildings_3d')).flatMap(({ geometry }) =>
      geometry ? [{ geometry, isMeant: standsOn(geometry, parcel.geometry) }] : [],
    ),
    trees: (await read('trees')).flatMap(treeOf),
  };
  const shapes = paintBirdsEye(scene);
  const picture = { ...size, background: PAPER, shapes };
  return { file: await pictures.make({ picture, format: 'image/png', isOpaque: true }, signal), ...size };
}

function frameOf(
  { bbox: [minE, minN, maxE, maxN] }: SeenParcel,
  size: { readonly widthPx: number; readonly heightPx: number },
): BirdsEyeFrame {
  const widthM = Math.max(LEAST_WIDTH_M, AROUND * Math.hypot(maxE - minE, maxN - minN));
  return { ...size, middle: [(minE + maxE) / 2, (minN + maxN) / 2], widthM };
}

/** By the middle of its corners, which is in every house but a ring of houses. */
function standsOn(building: Geometry, parcel: Geometry): boolean {
  const corners = building.type === 'MultiPolygon' ? building.coordinates.flat(2) : [];
  const middle = [0, 1].map(
    (axis) => corners.reduce((sum, corner) => sum + (corner[axis] ?? 0), 0) / Math.max(1, corners.length),
  );
  const at = [middle[0] ?? 0, middle[1] ?? 0] as const;
  return shellsOf(parcel).some((ring) =>
    isInside(
      ring.map(([e, n]) => [e, n] as const),
      at,
    ),
  );
}

function shellsOf(geometry: Geometry): readonly Ring[] {
  if (geometry.type === 'Polygon') return geometry.coordinates.slice(0, 1);
  return geometry.type === 'MultiPolygon' ? geometry.coordinates.flatMap((rings) => rings.slice(0, 1)) : [];
}

/** A tree whose size the inventory does not know is not drawn. */
function treeOf({ geometry, properties }: Feature): BirdsEyeScene['trees'] {
  const { height_m: heightM, crown_diameter_m: crownM } = properties;
  if (geometry?.type !== 'Point' || typeof heightM !== 'number' || typeof crownM !== 'number') return [];
  const [e, n] = geometry.coordinates;
  return [{ e, n, heightM, crownM }];
}
