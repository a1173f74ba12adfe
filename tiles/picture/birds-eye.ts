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
import { styledProperties } from '../../core/feature/layer.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import { classOf, inkOf } from '../../core/feature/symbol.ts';
import type { Bbox } from '../../core/geo/bbox.ts';
import type { Geometry, Position, Ring } from '../../core/geo/geometry.ts';
import { isInside, middleOf, type Xy } from '../../core/geo/plane.ts';
import { colourOf } from './colour.ts';
import type { PictureMaker } from './picture-maker.ts';

export interface SeenPlace {
  /** In the middle of the picture. */
  readonly bbox: Bbox;
  /** Ground with a colour and an edge of its own. */
  readonly marked: readonly Geometry[];
  /** Buildings of a colour of their own; they are told by id and geometry. */
  isMeant(building: Feature): boolean;
}

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
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
export async function drawBirdsEye(
  source: FeatureSource,
  pictures: PictureMaker,
  place: SeenPlace,
  size: Size,
  signal: CancelSignal,
): Promise<(Size & { readonly file: Uint8Array }) | undefined> {
  const frame = frameOf(place.bbox, size);
  if (frame.widthM > MOST_WIDTH_M) return undefined;
  const shapes = paintBirdsEye(await sceneOf(source, place, frame, signal));
  const picture = { ...size, background: PAPER, shapes };
  return { file: await pictures.make({ picture, format: 'image/png', isOpaque: true }, signal), ...size };
}

async function sceneOf(
  source: FeatureSource,
  place: SeenPlace,
  frame: BirdsEyeFrame,
  signal: CancelSignal,
): Promise<BirdsEyeScene> {
  const layers = new Map((await source.layers()).map((layer) => [layer.name, layer]));
  const [minX, minY, maxX, maxY] = birdsEyeBox(frame);
  const bbox = { minX, minY, maxX, maxY, srid: place.bbox.srid };
  const read = async (layer: string, properties: readonly string[] = []): Promise<readonly Feature[]> => {
    if (!layers.has(layer)) return [];
    const found: Feature[] = [];
    const query = { layer, bbox, properties, limit: MOST_OBJECTS };
    for await (const feature of source.query(query, signal)) found.push(feature);
    return found;
  };
  const ground: BirdsEyeScene['ground'][number][] = [];
  for (const name of GROUND_LAYERS) {
    const layer = layers.get(name);
    if (!layer) continue;
    for (const { geometry, properties } of await read(name, styledProperties(layer))) {
      const { fill } = inkOf(layer.style, classOf(layer.style, properties));
      if (geometry && fill !== undefined) ground.push({ geometry, ink: { fill } });
    }
  }
  for (const { geometry } of await read('parcels')) if (geometry) ground.push({ geometry, ink: PARCELS });
  for (const geometry of place.marked) ground.push({ geometry, ink: MEANT });
  return {
    frame,
    ground,
    buildings: (await read('buildings_3d')).flatMap((building) =>
      building.geometry ? [{ geometry: building.geometry, isMeant: place.isMeant(building) }] : [],
    ),
    trees: (await read('trees', ['height_m', 'crown_diameter_m'])).flatMap(treeOf),
  };
}

function frameOf({ minX, minY, maxX, maxY }: Bbox, size: Size): BirdsEyeFrame {
  const widthM = Math.max(LEAST_WIDTH_M, AROUND * Math.hypot(maxX - minX, maxY - minY));
  return { ...size, middle: [(minX + maxX) / 2, (minY + maxY) / 2], widthM };
}

/** By the middle of its corners, which is in every house but a ring of houses. */
export function standsOn({ geometry: body }: Feature, ground: Geometry): boolean {
  const corners = body?.type === 'MultiPolygon' ? body.coordinates.flat(2) : [];
  const middle = middleOf(corners.map(toXy));
  return shellsOf(ground).some((ring) => isInside(ring.map(toXy), middle));
}

const toXy = ([e, n]: Position): Xy => [e, n];

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
