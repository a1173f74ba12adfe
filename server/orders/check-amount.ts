/** Whether an order is not too large for its profile, and into which parts it goes otherwise. */
import { TwinError } from '../../core/errors.ts';
import type { Bbox } from '../../core/geo/bbox.ts';
import { boxGeometry } from '../../core/geo/box-geometry.ts';
import { writeEwkb } from '../../core/geo/wkb.ts';
import { ORDER_PROFILES } from '../../core/order/order-profiles.ts';
import type { OrderPart } from '../../core/wire/order.ts';
import type { Pool } from '../store/pool.ts';
import { sql } from '../store/sql.ts';
import { areaBox } from './area-box.ts';
import type { OrderPlace, SettledOrder } from './settle-order.ts';

/** Orders of more parts are told how many, not which. */
const MOST_PARTS = 60;
/** What stands more densely is not parted by ground. */
const LEAST_SIDE_M = 4;
/** Digits of coordinates: parts of an area that meet leave no gap between them. */
const DIGITS = 9;

/**
 * @throws TwinError too-large with the limit; members `mostObjects`, `objects` and `parts`: areas that cover the one that
 *   was ordered, and fit. Objects on the border of two parts are in both, as in any two areas, where they are not cut.
 */
export async function checkAmount(place: OrderPlace, settled: SettledOrder): Promise<void> {
  const { order, estimate } = settled;
  const { mostObjects } = ORDER_PROFILES[order.profile];
  const { objects } = estimate;
  if (objects <= mostObjects) return;
  const parts = objects > mostObjects * (MOST_PARTS / 2) ? [] : await partsOf(place, settled, mostObjects);
  const instead =
    parts.length > 0
      ? `order it in ${parts.length} parts (parts)`
      : `order it in ${Math.ceil(objects / mostObjects)} parts or more, by district, sheet or layer`;
  throw new TwinError(
    'too-large',
    `${objects} objects are more than the ${mostObjects} of the profile ${order.profile}; ${instead}`,
    { parameter: 'area', members: { objects, mostObjects, parts } },
  );
}

/** Halves of the ground, and theirs, until each fits; none where that takes too many. */
async function partsOf(
  place: OrderPlace,
  settled: SettledOrder,
  mostObjects: number,
): Promise<readonly OrderPart[]> {
  const { srid } = place.city;
  const pool = place.poolOf(settled.view);
  const ground = areaBox(settled.area, srid) ?? (await boxOfLayers(place, settled));
  const parts: OrderPart[] = [];
  const open = ground ? halvesOf(roundedOut(ground)) : [];
  for (let box = open.shift(); box; box = open.shift()) {
    const part = await groundWithin(pool, settled, box);
    const objects = part ? await settled.countIn(part.shape) : 0;
    if (!part || objects === 0) continue;
    if (objects <= mostObjects) {
      parts.push({ area: { kind: 'polygon', geometry: part.geometry, srid }, objects });
    } else if (Math.max(box.maxX - box.minX, box.maxY - box.minY) < 2 * LEAST_SIDE_M) {
      return [];
    } else {
      open.unshift(...halvesOf(box));
    }
    if (parts.length + open.length > MOST_PARTS) return [];
  }
  return parts;
}

async function boxOfLayers(
  { catalogue, city }: OrderPlace,
  { layers, view }: SettledOrder,
): Promise<Bbox | undefined> {
  const statuses = await Promise.all(layers.map(({ name }) => catalogue.status(name, view)));
  const extents = statuses.flatMap(({ extent }) => (extent ? [extent] : []));
  if (extents.length === 0) return undefined;
  return {
    minX: Math.min(...extents.map(([minE]) => minE)),
    minY: Math.min(...extents.map(([, minN]) => minN)),
    maxX: Math.max(...extents.map(([, , maxE]) => maxE)),
    maxY: Math.max(...extents.map(([, , , maxN]) => maxN)),
    srid: city.srid,
  };
}

const roundedOut = ({ minX, minY, maxX, maxY, srid }: Bbox): Bbox => ({
  ...{ minX: Math.floor(minX) - 1, minY: Math.floor(minY) - 1 },
  ...{ maxX: Math.ceil(maxX) + 1, maxY: Math.ceil(maxY) + 1, srid },
});

/** Across the longer side, at a whole metre. */
function halvesOf(box: Bbox): Bbox[] {
  const { minX, minY, maxX, maxY } = box;
  if (maxX - minX > maxY - minY) {
    const middle = Math.round((minX + maxX) / 2);
    return [
      { ...box, maxX: middle },
      { ...box, minX: middle },
    ];
  }
  const middle = Math.round((minY + maxY) / 2);
  return [
    { ...box, minY: middle },
    { ...box, maxY: middle },
  ];
}

async function groundWithin(pool: Pool, { area, signal }: SettledOrder, box: Bbox) {
  const frame = boxGeometry(box, box.srid);
  if (!frame) return undefined;
  const ewkb = Buffer.from(writeEwkb(frame, box.srid));
  const [row] = await pool.read<{ shape: Buffer; geometry: OrderGeometry }>(
    sql`select ST_AsEWKB(part) as shape, ST_AsGeoJSON(part, ${DIGITS}::integer, 0)::json as geometry
      from (select ST_CollectionExtract(ST_Intersection(ST_GeomFromEWKB(${ewkb}::bytea),
        coalesce(${area.shape ?? null}::bytea::geometry, ST_GeomFromEWKB(${ewkb}::bytea))), 3)) as cut (part)
      where not ST_IsEmpty(part)`,
    signal,
  );
  return row;
}

type OrderGeometry = Extract<OrderPart['area'], { kind: 'polygon' }>['geometry'];
