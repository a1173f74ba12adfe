/** Pictures of a model of heights: bands of colour, shaded. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CancelSignal } from '../../core/cancel.ts';
import type { HeightBand } from '../../core/catalogue/ground-heights.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import type { Filter } from '../../core/filter/ast.ts';
import { compileFilter } from '../../core/filter/evaluate.ts';
import { type Bbox, bboxesIntersect, reprojectBbox, widenBbox } from '../../core/geo/bbox.ts';
import { boxGeometry } from '../../core/geo/box-geometry.ts';
import { crsOf } from '../../core/geo/crs.ts';
import type { Position } from '../../core/geo/geometry.ts';
import { writeWkb } from '../../core/geo/wkb.ts';
import { type Colour, colourOf } from './colour.ts';
import type { Frame } from './frame.ts';
import { frameIn, type SourceFrame } from './frame-in.ts';
import type { MapSource } from './map-source.ts';
import type { PlacedPicture } from './placed-picture.ts';

/** What pictures need of a model of heights. Distances in units of its CRS. */
export interface ReliefModel {
  /** Changes with the model. */
  readonly version: string;
  readonly extent: Bbox;
  /** Larger side of a cell. */
  readonly cellM: number;
  readonly minM: number;
  readonly maxM: number;
  /** @param spacingM distance of the samples */
  window(bbox: Bbox, spacingM: number): Promise<{ heightM(easting: number, northing: number): number }>;
}

const LONGEST_SIDE_PX = 4096;
/** Places looked at along a side to tell which bands a box holds. */
const LOOKED_AT = 64;
/** Worked on without a pause: some 10 ms. */
const PIXELS_A_TURN = 65_536;
const METRES_PER_DEGREE = 111_320;
/** Towns of the plains are flat: twice the slope is what an eye takes for the slope. */
const EXAGGERATION = 2;
/** The light comes from the north-west, 45° high. */
const LIGHT = { east: -0.5, north: 0.5, up: Math.SQRT1_2 };
/** What lies in its own shadow still shows its colour. */
const AMBIENT = 0.55;

/** Maps of a layer of heights. Its shapes are places where its bands were met, for legends of what is in view. */
export const reliefMaps = (model: ReliefModel): MapSource => ({
  shapes: async ({ layer, area }) => {
    const bandAt = bandFinder(layer);
    const { heightM } = await model.window(area, (area.maxX - area.minX) / LOOKED_AT);
    const seen = new Map<number, Position>();
    for (let n = 0; n < LOOKED_AT ** 2; n++) {
      const place: Position = [
        area.minX + (((n % LOOKED_AT) + 0.5) / LOOKED_AT) * (area.maxX - area.minX),
        area.minY + ((Math.floor(n / LOOKED_AT) + 0.5) / LOOKED_AT) * (area.maxY - area.minY),
      ];
      const band = bandAt(heightM(place[0], place[1]));
      if (band !== undefined) seen.set(band, place);
    }
    return [...seen].map(([entry, coordinates]) => ({
      ...{ entry, labels: [] },
      wkb: writeWkb({ type: 'Point', coordinates }),
    }));
  },
  versions: async (areas) => areas.map(() => model.version),
  pictures: ({ layer, filter }, frame, signal) => reliefPicture(model, layer, filter, frame, signal),
});

/** A cell of the model under the middle of the box that is asked for; other questions find nothing. */
export function reliefCells(model: ReliefModel, layer: Layer): FeatureSource {
  const { srid } = model.extent;
  const decimals = crsOf(srid).unit === 'degree' ? 6 : 1;

  async function cellIn({ bbox, filter }: FeatureQuery): Promise<readonly Feature[]> {
    if (!bbox) return [];
    const box = reprojectBbox(bbox, srid);
    const [x, y] = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2];
    const half = model.cellM / 2;
    const around = { minX: x - half, minY: y - half, maxX: x + half, maxY: y + half, srid };
    const heightM = (await model.window(around, model.cellM)).heightM(x, y);
    if (Number.isNaN(heightM)) return [];
    const cell: Feature = {
      ...{ layer: layer.name, id: `${x.toFixed(decimals)}_${y.toFixed(decimals)}` },
      geometry: boxGeometry(around, srid),
      properties: { [heightOf(layer)]: Math.round(heightM * 100) / 100 },
    };
    return !filter || compileFilter(filter, layer)(cell) === true ? [cell] : [];
  }

  return {
    layers: async () => [layer],
    query: (query) => ({
      async *[Symbol.asyncIterator]() {
        yield* await cellIn(query);
      },
    }),
    count: async (query) => (await cellIn(query)).length,
    byId: async () => undefined,
  };
}

async function reliefPicture(
  model: ReliefModel,
  layer: Layer,
  filter: Filter | undefined,
  frame: Frame,
  signal: CancelSignal,
): Promise<readonly PlacedPicture[]> {
  const placed = frameIn(frame, { srids: [model.extent.srid], mostSidePx: LONGEST_SIDE_PX });
  if (!placed || !bboxesIntersect(placed.bbox, model.extent)) return [];
  const heights = await heightsOver(model, placed, signal);
  const bandAt = bandFinder(layer);
  const colours = (layer.style.classes?.entries ?? []).map(({ fill }) => colourOf(fill ?? '#ffffff'));
  const isWanted = wantedHeights(layer, filter);
  const shade = shading(heights, placed);
  const { widthPx, heightPx } = placed;
  const pixels = new Uint8Array(4 * widthPx * heightPx);
  await inTurns(heightPx, widthPx, signal, (row) => {
    for (let column = 0; column < widthPx; column++) {
      const at = (row + 1) * (widthPx + 2) + column + 1;
      const heightM = heights[at] ?? Number.NaN;
      const colour = colours[bandAt(heightM) ?? -1];
      if (colour && isWanted(heightM)) paint(pixels, 4 * (row * widthPx + column), colour, shade(at));
    }
  });
  return [{ ...placed, pixels }];
}

function paint(pixels: Uint8Array, at: number, { r, g, b }: Colour, light: number): void {
  pixels[at] = Math.min(255, r * light);
  pixels[at + 1] = Math.min(255, g * light);
  pixels[at + 2] = Math.min(255, b * light);
  pixels[at + 3] = 255;
}

/** Heights in the middle of each pixel and of one more around, to the millimetre; row by row from the north. */
async function heightsOver(
  model: ReliefModel,
  { bbox, widthPx, heightPx }: SourceFrame,
  signal: CancelSignal,
): Promise<Float64Array> {
  const [perX, perY] = [(bbox.maxX - bbox.minX) / widthPx, (bbox.maxY - bbox.minY) / heightPx];
  const field = await model.window(widenBbox(bbox, Math.max(perX, perY)), Math.min(perX, perY));
  const [columns, rows] = [widthPx + 2, heightPx + 2];
  const heights = new Float64Array(columns * rows);
  await inTurns(rows, columns, signal, (row) => {
    const northing = bbox.maxY - (row - 0.5) * perY;
    for (let column = 0; column < columns; column++) {
      const heightM = field.heightM(bbox.minX + (column - 0.5) * perX, northing);
      heights[row * columns + column] = Math.round(heightM * 1_000) / 1_000;
    }
  });
  return heights;
}

/** Row by row, and others may have their turn in between: a large picture takes seconds. */
async function inTurns(
  rows: number,
  columns: number,
  signal: CancelSignal,
  work: (row: number) => void,
): Promise<void> {
  const rowsATurn = Math.max(1, Math.floor(PIXELS_A_TURN / columns));
  for (let row = 0; row < rows; row++) {
    work(row);
    if ((row + 1) % rowsATurn !== 0) continue;
    await nextTurn();
    signal.throwIfAborted();
  }
}

/** How bright the ground at an index of the heights is; 1 where it is level. */
function shading(heights: Float64Array, { bbox, widthPx, heightPx }: SourceFrame): (index: number) => number {
  const isDegrees = crsOf(bbox.srid).unit === 'degree';
  const middle = ((bbox.minY + bbox.maxY) / 2) * (Math.PI / 180);
  const [unitX, unitY] = isDegrees ? [METRES_PER_DEGREE * Math.cos(middle), METRES_PER_DEGREE] : [1, 1];
  const acrossM = (2 * unitX * (bbox.maxX - bbox.minX)) / widthPx;
  const alongM = (2 * unitY * (bbox.maxY - bbox.minY)) / heightPx;
  const columns = widthPx + 2;
  const slope = (from: number, to: number, distanceM: number): number => {
    const rise = (heights[to] ?? Number.NaN) - (heights[from] ?? Number.NaN);
    return Number.isNaN(rise) ? 0 : (EXAGGERATION * rise) / distanceM;
  };
  return (index) => {
    const east = slope(index - 1, index + 1, acrossM);
    const north = slope(index + columns, index - columns, alongM);
    const lit =
      (LIGHT.up - east * LIGHT.east - north * LIGHT.north) / Math.sqrt(east * east + north * north + 1);
    return AMBIENT + ((1 - AMBIENT) * Math.max(0, lit)) / LIGHT.up;
  };
}

/** Which band a height is in, by the entries of the style; undefined: none, or no height. */
function bandFinder({ style }: Layer): (heightM: number) => number | undefined {
  const bands = (style.classes?.entries ?? []).map(({ values: [range = ''] }): HeightBand => {
    const [fromM = Number.NaN, toM = Number.NaN] = range.split('/').map(Number);
    return { fromM, toM };
  });
  const last = bands.length - 1;
  return (heightM) => {
    const found = bands.findIndex(
      ({ fromM, toM }, n) => heightM >= fromM && (heightM < toM || (n === last && heightM <= toM)),
    );
    return found < 0 ? undefined : found;
  };
}

function wantedHeights(layer: Layer, filter: Filter | undefined): (heightM: number) => boolean {
  if (!filter) return () => true;
  const fits = compileFilter(filter, layer);
  const property = heightOf(layer);
  return (heightM) =>
    fits({ layer: layer.name, id: '', geometry: undefined, properties: { [property]: heightM } }) === true;
}

const heightOf = ({ properties }: Layer): string => properties[0]?.name ?? '';
