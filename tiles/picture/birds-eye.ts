/** A place of the city from the air, drawn from its model; no photograph. */
import {
  type BirdsEyeFrame,
  type BirdsEyeScene,
  birdsEyeBox,
  type GroundInk,
  paintBirdsEye,
} from '../../core/building/birds-eye.ts';
import type { CancelSignal } from '../../core/cancel.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import { classOf, inkOf } from '../../core/feature/symbol.ts';
import type { Geometry, Ring } from '../../core/geo/geometry.ts';
import { isInside } from '../../core/geo/plane.ts';
import { colourOf } from './colour.ts';
import type { ShapePicture } from './draw-shapes.ts';

export interface SeenPlace {
  /** In the middle of the picture; in the CRS of `srid`, easting first. */
  readonly bbox: readonly [minE: number, minN: number, maxE: number, maxN: number];
  readonly srid: number;
  /** Ground with a colour and an edge of its own. */
  readonly marked: readonly Geometry[];
  /** Buildings of a colour of their own. */
  isMeant(building: Feature): boolean;
}

/** Around the place, so that its neighbours are seen. */
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

/** @returns undefined where the place is too large to see houses on it */
export async function birdsEyePicture(
  source: FeatureSource,
  layers: readonly Layer[],
  place: SeenPlace,
  size: { readonly widthPx: number; readonly heightPx: number },
  signal: CancelSignal,
): Promise<ShapePicture | undefined> {
  const frame = frameOf(place, size);
  if (frame.widthM > MOST_WIDTH_M) return undefined;
  const [minX, minY, maxX, maxY] = birdsEyeBox(frame);
  const read = async (layer: string): Promise<readonly Feature[]> => {
    if (!layers.some(({ name }) => name === layer)) return [];
    const bbox = { minX, minY, maxX, maxY, srid: place.srid };
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
  for (const geometry of place.marked) ground.push({ geometry, ink: MEANT });
  const scene: BirdsEyeScene = {
    frame,
    ground,
    buildings: (await read('buildings_3d')).flatMap((building) =>
      building.geometry ? [{ geometry: building.geometry, isMeant: place.isMeant(building) }] : [],
    ),
    trees: (await read('trees')).flatMap(treeOf),
  };
  return { ...size, background: PAPER, shapes: paintBirdsEye(scene) };
}

function frameOf(
  { bbox: [minE, minN, maxE, maxN] }: SeenPlace,
  size: { readonly widthPx: number; readonly heightPx: number },
): BirdsEyeFrame {
  const widthM = Math.max(LEAST_WIDTH_M, AROUND * Math.hypot(maxE - minE, maxN - minN));
  return { ...size, middle: [(minE + maxE) / 2, (minN + maxN) / 2], widthM };
}

/** By the middle of its corners, which is in every house but a ring of houses. */
export function standsOn({ geometry: body }: Feature, ground: Geometry): boolean {
  const corners = body?.type === 'MultiPolygon' ? body.coordinates.flat(2) : [];
  const middle = [0, 1].map(
    (axis) => corners.reduce((sum, corner) => sum + (corner[axis] ?? 0), 0) / Math.max(1, corners.length),
  );
  const at = [middle[0] ?? 0, middle[1] ?? 0] as const;
  return shellsOf(ground).some((ring) =>
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
