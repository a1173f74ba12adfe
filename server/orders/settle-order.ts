/** What an order means in the city as it is: its ground, its layers, how much it is. */
import { invalidParameter } from '../../core/errors.ts';
import { layerNamed, unknownLayer } from '../../core/feature/check-query.ts';
import type { Layer, Text } from '../../core/feature/layer.ts';
import type { FeatureStream } from '../../core/feature/source.ts';
import { crsOf } from '../../core/geo/crs.ts';
import { positionsOf } from '../../core/geo/geometry.ts';
import { CITY_HEIGHTS, type HeightShift, shiftAt } from '../../core/geo/height-systems.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import { layerOfChanges } from '../../core/order/order-changes.ts';
import { ORDER_FORMAT_FACTS, skipOf } from '../../core/order/order-formats.ts';
import { heightMover, layerInHeights, movedStream } from '../../core/order/order-heights.ts';
import { parseRecordedMoment } from '../../core/scenario/recorded-moment.ts';
import type { NewDataOrder, OrderEstimate, OrderFormat, OrderRequest } from '../../core/wire/order.ts';
import type { MapSource } from '../../tiles/picture/map-source.ts';
import { HEIGHT_GRID_FILES } from '../../tiles/terrain/height-grids.ts';
import type { Relief } from '../../tiles/terrain/open-terrain.ts';
import type { View } from '../access/view.ts';
import type { Catalogue } from '../services/catalogue.ts';
import type { DocumentWriter } from '../services/documents.ts';
import type { GeoPackages, PackedRows } from '../services/geo-packages.ts';
import { pictureBytesOf } from '../store/appearances.ts';
import { changedRelation } from '../store/changed-rows.ts';
import { cutRelation } from '../store/cut-relation.ts';
import { type LayersProvider, postgisSource } from '../store/features.ts';
import { type SettledArea, settleOrderArea } from '../store/order-area.ts';
import { packedRows } from '../store/packed-rows.ts';
import type { Pool } from '../store/pool.ts';
import { type Relation, relationFor } from '../store/relation.ts';
import { sql } from '../store/sql.ts';
import { mapFrameOf, sheetsOf } from './area-box.ts';
import { movedRows } from './moved-rows.ts';
import { postsOfOrder } from './relief-frame.ts';

export interface OrderPlace {
  readonly poolOf: (view: View) => Pool;
  readonly layers: LayersProvider;
  readonly catalogue: Catalogue;
  readonly geoPackages: GeoPackages;
  readonly maps: (view: View) => MapSource;
  readonly documents: DocumentWriter;
  readonly city: { readonly name: Text; readonly srid: number };
  /** That of now. */
  readonly relief: () => Relief | undefined;
  /** To PL-KRON86-NH; undefined where the grids of the state were not given. */
  readonly oldHeights: HeightShift | undefined;
}

/** Before the first object. */
const BEGIN_S = 0.2;
/** Of the package and of each layer: metadata, styles, readme, manifest, packed. */
const [BYTES_OF_PAPERS, BYTES_OF_LAYER, BYTES_OF_FILE] = [4_000, 6_000, 600];
const POSTS_PER_S = 500_000;
/** Zones of PL-2000 are three degrees wide; their neighbours' coordinates are used a little way into them. */
const CENTRAL_MERIDIANS: Readonly<Record<number, number>> = { 2176: 15, 2177: 18, 2178: 21, 2179: 24 };
const ZONE_REACH_DEG = 2.5;

export interface SettledOrder {
  readonly order: NewDataOrder;
  readonly view: View;
  readonly area: SettledArea;
  readonly layers: readonly Layer[];
  readonly estimate: OrderEstimate;
  readonly features: (layer: string, srid: number) => FeatureStream;
  /** The same rows packed (`PackedRows`): geometry, id, properties in their order. */
  readonly packed: (layer: Layer, srid: number) => PackedRows;
  /** What the same order would hold of another ground. @param shape EWKB in the CRS of the city */
  readonly countIn: (shape: Buffer) => Promise<number>;
  /** From the heights of the twin; undefined = as they are. */
  readonly heights: HeightShift | undefined;
  readonly signal: AbortSignal;
}

/** @throws TwinError as `Orders.estimate` */
export async function settleOrder(
  { poolOf, layers: layersOfStore, catalogue, city, relief, oldHeights }: OrderPlace,
  order: NewDataOrder,
  view: View,
  signal: AbortSignal,
): Promise<SettledOrder> {
  const pool = poolOf(view);
  const known = await catalogue.layers(view);
  const named = [...new Set(order.layers)].map((name) => layerNamed(known, name));
  const kept = order.since === undefined ? named : named.map(layerOfChanges);
  const layers = kept.map((layer) => layerInHeights(layer, order.heights));
  for (const { name, srid } of layers) {
    if (srid === city.srid) continue;
    throw invalidParameter(
      'layers',
      `Layer ${name} is kept in EPSG:${srid}; orders are of the city in EPSG:${city.srid}`,
    );
  }
  const whole = postgisSource(pool, layersOfStore, (layer) => relationFor(layer, view));
  const area = await settleOrderArea(pool, whole, order.area, city.srid, signal);
  checkZone(order.srid, area);
  const heights = heightsOf(order, area, city.srid, oldHeights);
  if (order.formats.includes('pdf')) sheetsOf(order, area, city.srid);
  if (order.formats.includes('map-tif') && crsOf(order.srid).unit !== 'degree')
    mapFrameOf(order, area, city.srid);
  const { shape } = area;
  const since = sinceOf(order, view);
  const relationIn = (ground: Buffer | undefined) => (layer: Layer) =>
    orderedRelation(layer, order, view, ground, since);
  const sourceIn = (ground: Buffer | undefined) => postgisSource(pool, layersOfStore, relationIn(ground));
  const source = sourceIn(shape);
  const counted: { layer: string; objects: number }[] = [];
  for (const { name } of layers) {
    counted.push({ layer: name, objects: await source.count({ layer: name }, signal) });
  }
  const pictureBytes = order.formats.some(hasPictures)
    ? await bytesOfPictures(pool, named, relationIn(shape), signal)
    : 0;
  const posts = postsOfOrder(relief(), order, view, area, city.srid);
  const estimate = estimateOf(order, layers, counted, area.areaM2, { posts, pictureBytes });
  if (shape !== undefined && estimate.objects === 0 && !since) {
    throw invalidParameter(
      'area',
      'No object of these layers lies in the area. Is it within the city, and in the coordinates that srid says?',
    );
  }
  return {
    ...{ order, view, area, layers, estimate, heights, signal },
    features: (layer, srid) => {
      const move = heights && heightMover(layerNamed(layers, layer), srid, heights);
      const features = source.query({ layer, srid }, signal);
      return move ? movedStream(features, move) : features;
    },
    packed: (layer, srid) => {
      const known = named.find(({ name }) => name === layer.name);
      const relation = known && relationIn(shape)(known);
      if (!relation) throw unknownLayer(named, layer.name);
      const rows = packedRows(pool, relation, { layer: layer.name, srid }, signal);
      const move = heights && heightMover(layer, srid, heights);
      return move ? movedRows(rows, layer, move) : rows;
    },
    countIn: async (ground) => {
      const inGround = sourceIn(ground);
      let objects = 0;
      for (const { name } of layers) objects += await inGround.count({ layer: name }, signal);
      return objects;
    },
  };
}

/** What is ordered of a layer: the objects in the area, or those of them that have changed. */
function orderedRelation(
  layer: Layer,
  { cut }: OrderRequest,
  view: View,
  shape: Buffer | undefined,
  since: Date | undefined,
): Relation | undefined {
  const inArea = (relation: Relation): Relation =>
    shape === undefined ? relation : cutRelation(relation, sql`${shape}::geometry`, cut);
  const relation = relationFor(layer, view);
  if (!relation || !since) return relation && inArea(relation);
  const before = relationFor(layer, { who: view.who, at: since });
  return before && changedRelation(inArea(before), inArea(relation), since, view);
}

/** @throws TwinError invalid-parameter for a moment that cannot be read, or is none of before */
function sinceOf({ since }: OrderRequest, { at }: View): Date | undefined {
  if (since === undefined) return undefined;
  const moment = parseRecordedMoment(since, 'since', new Date());
  if (!at || moment < at) return moment;
  throw invalidParameter(
    'since',
    `Changes since ${since} lie after the city of ${at.toISOString()} that is asked for`,
  );
}

/** Pictures lie beside the models of these. */
const hasPictures = (format: OrderFormat): boolean => format === 'citygml' || format === 'cityjson';

async function bytesOfPictures(
  pool: Pool,
  layers: readonly Layer[],
  relationOf: (layer: Layer) => Relation | undefined,
  signal: AbortSignal,
): Promise<number> {
  let bytes = 0;
  for (const layer of layers) {
    const relation = relationOf(layer);
    if (relation) bytes += await pictureBytesOf(pool, relation, signal);
  }
  return bytes;
}

function estimateOf(
  order: OrderRequest,
  layers: readonly Layer[],
  counted: OrderEstimate['layers'],
  areaM2: number | null,
  { posts, pictureBytes }: { readonly posts: number; readonly pictureBytes: number },
): OrderEstimate {
  const objectsOf = (name: string) => counted.find(({ layer }) => layer === name)?.objects ?? 0;
  const skipped = [...new Set(order.formats)].flatMap((format) =>
    layers.flatMap((layer) => skipOf(layer, format, order, objectsOf(layer.name)) ?? []),
  );
  let [bytes, seconds] = [BYTES_OF_PAPERS + layers.length * BYTES_OF_LAYER, BEGIN_S];
  for (const format of new Set(order.formats)) {
    const { bytesPerObject, objectsPerS, bytesPerPost } = ORDER_FORMAT_FACTS[format];
    if (hasPictures(format)) bytes += pictureBytes;
    if (bytesPerPost !== undefined) {
      bytes += Math.round(posts * bytesPerPost);
      seconds += posts / POSTS_PER_S;
      continue;
    }
    for (const { layer, objects } of counted) {
      if (skipped.some((each) => each.layer === layer && each.format === format)) continue;
      bytes += objects * bytesPerObject + BYTES_OF_FILE;
      seconds += objects / objectsPerS;
    }
  }
  const objects = counted.reduce((sum, each) => sum + each.objects, 0);
  return { areaM2, layers: counted, objects, bytes, seconds: Math.round(seconds * 10) / 10, skipped };
}

/**
 * The way into the height system of an order.
 * @throws TwinError invalid-parameter where it is not known, or not at this place
 */
function heightsOf(
  { heights }: OrderRequest,
  { shape }: SettledArea,
  citySrid: number,
  shift: HeightShift | undefined,
): HeightShift | undefined {
  if (heights === CITY_HEIGHTS) return undefined;
  if (shift?.to !== heights) {
    throw invalidParameter(
      'heights',
      `Heights are kept in ${CITY_HEIGHTS}, and this service has no grids that lead to ${heights}. Order ${CITY_HEIGHTS}, or have the service started with HEIGHT_GRIDS, a folder of ${HEIGHT_GRID_FILES}`,
    );
  }
  const at = shiftAt(shift, citySrid);
  const beyond = shape && [...positionsOf(readWkb(shape))].find((corner) => Number.isNaN(at(corner)));
  if (!beyond) return shift;
  throw invalidParameter(
    'heights',
    `The grids that lead to ${heights} do not reach E ${beyond[0].toFixed(2)}, N ${beyond[1].toFixed(2)} of the area; order ${CITY_HEIGHTS}`,
  );
}

function checkZone(srid: number, { lon }: SettledArea): void {
  const meridian = CENTRAL_MERIDIANS[srid];
  if (meridian === undefined || lon === undefined || Math.abs(lon - meridian) <= ZONE_REACH_DEG) return;
  const right = Object.entries(CENTRAL_MERIDIANS).toSorted(
    ([, a], [, b]) => Math.abs(lon - a) - Math.abs(lon - b),
  )[0]?.[0];
  throw invalidParameter(
    'srid',
    `EPSG:${srid} is the zone of ${meridian}° E, and the area lies at ${lon.toFixed(2)}° E; use EPSG:${right}, or EPSG:2180 for the whole country`,
  );
}
