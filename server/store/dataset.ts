import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { invalidParameter, TwinError } from '../../core/errors.ts';
import type { LayerDeclaration } from '../../core/feature/layer.ts';
import { crsOf } from '../../core/geo/crs.ts';
import type { Connection } from './connection.ts';
import type { Pool } from './pool.ts';
import { grantDataset } from './public-role.ts';
import { isPersonal } from './register-table.ts';
import { name, type Sql, sql, trusted } from './sql.ts';

/** The dataset of the city itself: made by the migrations, in its cadastral CRS. */
export const CITY = 'city';

const DATASET_NAME = /^[a-z][a-z0-9_]{0,40}$/;
/** Schemas that are not ours to fill. */
const RESERVED =
  /^(?:twin|personal|scenario|live|works|public|information_schema|topology|tiger|tiger_data|pg_.*)$/;

/** Two sessions that write to one dataset queue on this, until their transactions end. */
export const datasetLock = (dataset: string): Sql =>
  sql`select pg_advisory_xact_lock(2177, hashtext(${dataset}::text))`;

/**
 * Refuses early what could only fail later: a name that cannot be a schema, or a CRS that contradicts the store.
 * @throws TwinError invalid-parameter or conflict
 */
export async function checkDataset(pool: Pool, dataset: string, srid: number): Promise<void> {
  if (!DATASET_NAME.test(dataset) || RESERVED.test(dataset)) {
    throw invalidParameter(
      'dataset',
      `"${dataset}" cannot name a dataset; use small letters, digits and _, such as wloclawek`,
    );
  }
  crsOf(srid);
  const [known] = await pool.read<{ srid: number }>(
    sql`select srid from twin.dataset where name = ${dataset}::text`,
  );
  if (known) refuseOtherCrs(dataset, known.srid, srid);
}

function refuseOtherCrs(dataset: string, known: number, srid: number): void {
  if (known === srid) return;
  throw new TwinError(
    'conflict',
    `Dataset ${dataset} is stored in EPSG:${known}, not EPSG:${srid}; load into another dataset, or name that CRS`,
    { parameter: 'dataset' },
  );
}

/**
 * Makes a dataset with its tables unless it is there: one schema, the tables of `city` in its own CRS. Runs in
 * the caller's transaction, so that a load that fails leaves no dataset behind.
 */
export async function ensureDataset(connection: Connection, dataset: string, srid: number): Promise<void> {
  await connection.run(datasetLock(dataset));
  const [known] = await connection.run<{ srid: number }>(
    sql`select srid from twin.dataset where name = ${dataset}::text`,
  );
  if (known) return refuseOtherCrs(dataset, known.srid, srid);
  const [system] = await connection.run(sql`select 1 from spatial_ref_sys where srid = ${srid}::integer`);
  if (!system) {
    throw new TwinError('not-supported', `PostGIS does not know EPSG:${srid}; choose another storage CRS`, {
      parameter: 'crs',
    });
  }
  await connection.run(
    sql`insert into twin.dataset (name, srid) values (${dataset}::text, ${srid}::integer)`,
  );
  await connection.run(sql`create schema ${name(dataset)}`);
  for (const register of REGISTERS) {
    if (!isPersonal(register)) await connection.run(tableLikeCity(dataset, register, srid));
  }
  await grantDataset(connection, dataset);
}

/** `like` copies everything but the foreign key and the CRS. */
export function tableLikeCity(dataset: string, register: LayerDeclaration, srid: number): Sql {
  const { table, geometryType, dimension } = register;
  const type = trusted(`geometry(${geometryType}${dimension === 3 ? 'Z' : ''}, ${srid})`);
  return sql`create table ${name(dataset, table)} (like ${name(CITY, table)} including all);
    alter table ${name(dataset, table)}
      alter column geom type ${type} using ST_SetSRID(geom, ${trusted(String(srid))}),
      add foreign key (dataset_version) references twin.dataset_version (version)`;
}
