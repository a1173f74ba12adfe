import type { Layer } from '../../../core/feature/layer.ts';
import type { View } from '../../access/view.ts';
import type { Pool } from '../pool.ts';
import { relationFor, rowsOf } from '../relation.ts';
import { join, type Sql, sql, trusted } from '../sql.ts';

/** Objects told of one layer; of a street there can be thousands of devices. */
export const MOST_OBJECTS = 100;
/** What only touches the border lies beside it, not on it: registers keep centimetres. */
const LEAST_LENGTH_M = 0.01;
const LEAST_AREA_M2 = 0.01;

/** An object that lies on a piece of land, and how much of it. */
export interface ObjectOn {
  readonly layer: string;
  readonly id: string;
  readonly areaM2: number | undefined;
  readonly lengthM: number | undefined;
  /** Objects of its layer on the land, told or not. */
  readonly count: number;
}

interface ObjectRow {
  readonly layer: string;
  readonly id: string;
  readonly measured: number | null;
  readonly count: number;
}

/**
 * What lies on a piece of land, layer by layer, the largest first.
 * @param land in the CRS of the layers, as EWKB in hexadecimal
 */
export async function objectsOn(
  pool: Pool,
  land: string,
  layers: readonly Layer[],
  view: View,
  signal: AbortSignal,
): Promise<readonly ObjectOn[]> {
  const parts = layers.flatMap((layer) => onLand(layer, land, view) ?? []);
  if (parts.length === 0) return [];
  const rows = await pool.read<ObjectRow>(join(parts, ' union all '), signal);
  const shapeOf = new Map(layers.map(({ name, geometryType }) => [name, geometryType]));
  return rows.map(({ layer, id, measured, count }) => {
    const shape = shapeOf.get(layer) ?? 'Point';
    return {
      layer,
      id,
      areaM2: shape.endsWith('Polygon') ? (measured ?? 0) : undefined,
      lengthM: shape.endsWith('LineString') ? (measured ?? 0) : undefined,
      count,
    };
  });
}

/** The land stands in each branch as a constant, so that each uses the index of its own table. */
function onLand(layer: Layer, land: string, view: View): Sql | undefined {
  const relation = relationFor(layer, view);
  if (!relation) return undefined;
  const shape = sql`${land}::geometry`;
  const { measure, isOn } = measureOf(layer, shape);
  return sql`(select ${layer.name}::text as layer, id, measured, count(*) over () as count
    from (select id, ${measure} as measured from (${rowsOf(relation)}) as known
      where geom && ${shape} and ST_Intersects(geom, ${shape})) as touching
    where ${isOn} order by measured desc nulls last, id limit ${MOST_OBJECTS}::bigint)`;
}

function measureOf({ geometryType }: Layer, shape: Sql): { readonly measure: Sql; readonly isOn: Sql } {
  if (geometryType.endsWith('Polygon')) {
    return {
      measure: sql`ST_Area(ST_Intersection(geom, ${shape}))`,
      isOn: sql`measured >= ${LEAST_AREA_M2}::float8`,
    };
  }
  if (geometryType.endsWith('LineString')) {
    return {
      measure: sql`ST_Length(ST_Intersection(geom, ${shape}))`,
      isOn: sql`measured >= ${LEAST_LENGTH_M}::float8`,
    };
  }
  return { measure: trusted('null::float8'), isOn: trusted('true') };
}
