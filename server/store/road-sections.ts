/** The road network of the city as sections between junctions. */

import { readWkb } from '../../core/geo/wkb.ts';
import type { RoadSection } from '../../core/obstruction/road-section.ts';
import type { Connection } from './connection.ts';
import { type Sql, sql } from './sql.ts';

/** @param where a condition on the columns of the layer `roads` */
export async function readRoads(
  connection: Connection,
  where: Sql,
  limit = 20_000,
): Promise<readonly RoadSection[]> {
  const rows = await connection.run<RoadRow>(
    sql`select id, name, lanes, width_m, coalesce(from_node, '') as from_node, coalesce(to_node, '') as to_node,
        ST_AsBinary(geom) as wkb
      from city.road where valid_to is null and ${where} order by id limit ${limit}::bigint`,
  );
  return rows.flatMap(({ id, name, lanes, width_m, from_node, to_node, wkb }) => {
    const line = readWkb(wkb);
    if (line.type !== 'LineString') return [];
    const path = line.coordinates.map(([x, y]) => [x, y] as const);
    return [{ id, street: name, path, fromNode: from_node, toNode: to_node, lanes, widthM: width_m }];
  });
}

interface RoadRow {
  readonly id: string;
  readonly name: string | null;
  readonly lanes: number | null;
  readonly width_m: number | null;
  readonly from_node: string;
  readonly to_node: string;
  readonly wkb: Uint8Array;
}

/** Small letters, Polish ones too, whatever the locale of the database. */
export const smallLetters = (text: Sql): Sql => sql`lower((${text}) collate "und-x-icu")`;
