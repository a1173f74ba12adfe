import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import type { LayerDeclaration } from '../../core/feature/layer.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import { readWkb } from '../../core/geo/wkb.ts';
import type { Connection } from '../../server/store/connection.ts';
import { openPool } from '../../server/store/pool.ts';
import { tableOf } from '../../server/store/register-table.ts';
import { name, sql } from '../../server/store/sql.ts';

/** What a layer of the demo district holds, read from its table past every door. */
export interface LayerTruth {
  readonly layer: LayerDeclaration;
  readonly ids: ReadonlySet<string>;
  /** The first object by id, in EPSG:2177, easting first. */
  readonly known: { readonly id: string; readonly geometry: Geometry };
}

/** By name of the layer, every one of the catalogue. */
export async function demoTruth(databaseUrl: string): Promise<ReadonlyMap<string, LayerTruth>> {
  const truths = new Map<string, LayerTruth>();
  await onTables(databaseUrl, async (connection, layer, table) => {
    const rows = await connection.run<{ id: string; geometry: Uint8Array }>(
      sql`select id, ST_AsBinary(geom) as geometry from ${table} where valid_to is null order by id`,
    );
    const [first] = rows;
    const geometry = first && readWkb(first.geometry);
    if (!first || !geometry) throw new Error(`The demo district has nothing in ${layer.name}`);
    const known = { id: first.id, geometry };
    truths.set(layer.name, { layer, ids: new Set(rows.map(({ id }) => id)), known });
  });
  return truths;
}

/** Writes the mark into every property that is for staff. */
export async function markSecrets(databaseUrl: string, mark: string): Promise<void> {
  await onTables(databaseUrl, async (connection, layer, table) => {
    for (const property of staffProperties(layer)) {
      await connection.run(sql`update ${table} set ${name(property)} = ${mark}::text`);
    }
  });
}

export const staffProperties = (layer: LayerDeclaration): readonly string[] =>
  layer.properties.filter(({ audience }) => audience === 'staff').map((property) => property.name);

type OnTable = (
  connection: Connection,
  layer: LayerDeclaration,
  table: ReturnType<typeof tableOf>,
) => Promise<void>;

async function onTables(databaseUrl: string, work: OnTable): Promise<void> {
  const pool = openPool({ databaseUrl, maxConnections: 1, statementTimeoutMs: 60_000 });
  const connection = await pool.connect();
  try {
    for (const layer of REGISTERS) await work(connection, layer, tableOf({ ...layer, dataset: 'city' }));
  } finally {
    connection.release();
    await pool.close();
  }
}
