/** The ground of an order: a grid of posts in the CRS that was asked for, cut at the edge of the area. */
import {
  type HeightPosts,
  writeAsciiGrid,
  writeHeightPoints,
  writeLandXml,
} from '../../../core/formats/terrain/height-texts.ts';
import { heightsWithin } from '../../../core/formats/terrain/heights-within.ts';
import { movedPosts } from '../../../core/formats/terrain/moved-posts.ts';
import { wktOf } from '../../../core/geo/crs-wkt.ts';
import { CITY_HEIGHTS, type HeightSystem } from '../../../core/geo/height-systems.ts';
import type { OrderFormat } from '../../../core/wire/order.ts';
import { writeDtm } from '../../../tiles/terrain/write-dtm.ts';
import { checkRelief, orderedArea, reliefFrame } from '../relief-frame.ts';
import type { FileHead } from './file-per-layer.ts';
import { noteBeside, type OrderWriter, orderFileName, type WrittenOrder } from './order-writer.ts';

type PostsBytes = (posts: HeightPosts, head: FileHead) => Iterable<Uint8Array>;

/** Numbers alone: nothing else is read. */
const NOTE_BESIDE = ['asc', 'xyz'];

/** One file of the whole area, whatever the layers; its step stands in its name. */
const terrainFile = (format: OrderFormat, bytes: PostsBytes, ending: string): OrderWriter =>
  async function* (_, order) {
    const posts = await postsOf(order);
    const { order: asked } = order.settled;
    const named = (by: string) => orderFileName(format, `terrain_step${posts.stepM}m`, by, asked);
    const note = order.note([], asked.srid);
    const { srid, heights } = asked;
    yield { name: named(ending), srid, bytes: bytes(posts, { srid, heights, note }) };
    if (NOTE_BESIDE.includes(ending)) yield noteBeside(named(ending), note);
    if (ending !== 'asc') return;
    yield { name: named('prj'), srid: asked.srid, bytes: [Buffer.from(wktOf(asked.srid))] };
  };

async function postsOf({ place, settled }: WrittenOrder): Promise<HeightPosts> {
  const { order, view, area: asked, heights } = settled;
  const relief = checkRelief(place.relief(), view);
  const area = orderedArea(asked, order, place.city.srid);
  const kept = await relief.posts(reliefFrame(relief, area, order.srid), order.srid);
  const posts = heights ? movedPosts(kept, order.srid, heights) : kept;
  return area && order.cut === 'clip'
    ? { ...posts, heights: heightsWithin(posts, posts.heights, area) }
    : posts;
}

export const writeTerrainTiff = terrainFile(
  'dtm-tif',
  (posts, { srid, heights, note }) => [heightTiff(posts, srid, note, heights)],
  'tif',
);
export const writeTerrainGrid = terrainFile('dtm-asc', writeAsciiGrid, 'asc');
export const writeTerrainPoints = terrainFile('dtm-xyz', writeHeightPoints, 'xyz');
export const writeTerrainTin = terrainFile(
  'dtm-landxml',
  (posts, { srid, heights, note }) => writeLandXml(posts, srid, heights, note),
  'xml',
);

/** Posts are the centres of cells. */
export function heightTiff(
  { origin, stepM, columns, rows, heights }: HeightPosts,
  srid: number,
  note: readonly string[] = [],
  system: HeightSystem = CITY_HEIGHTS,
): Uint8Array {
  const [minX, minY] = [origin[0] - stepM / 2, origin[1] - stepM / 2];
  return writeDtm({
    extent: { minX, minY, maxX: minX + columns * stepM, maxY: minY + rows * stepM, srid },
    cellM: stepM,
    ...{ note, heights: system },
    heightM: (easting, northing) => {
      const column = Math.round((easting - origin[0]) / stepM);
      const row = Math.round((northing - origin[1]) / stepM);
      return heights[row * columns + column] ?? Number.NaN;
    },
  });
}
