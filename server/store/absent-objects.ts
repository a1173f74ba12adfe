/** Ending what a file that declares its scope no longer holds. */
import { invalidParameter } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { LoadProblem } from '../../core/formats/reader.ts';
import type { Connection } from './connection.ts';
import type { LoadScope } from './load-contract.ts';
import { stagingOf } from './load-sql.ts';
import { tableOf } from './register-table.ts';
import { join, name, type Sql, sql, trusted } from './sql.ts';

/** Properties that begin with, or are, the id of the precinct that an object belongs to. */
const TELLS_PRECINCT = ['precinct_id', 'parcel_id', 'building_id'];

/** Ids within problems: the local id is also part of a gml:id. */
const LOCAL_ID = /[A-Za-z0-9]{8}(?:-[A-Za-z0-9]{4}){3}-[A-Za-z0-9]{12}/;

/**
 * Whether the file tells what is absent from it: of an object that was rejected for want of an identifier nobody
 * knows which it is, so nothing may be taken for absent.
 */
export const tellsAbsence = (rejected: readonly LoadProblem[]): boolean =>
  rejected.every(({ code }) => code !== 'missing-id');

/** Notes the objects that are in the file though they are not staged, for `endAbsent`. */
export async function noteMentioned(connection: Connection, rejected: readonly LoadProblem[]): Promise<void> {
  const ids = rejected.flatMap(({ code, objectId }) =>
    code === 'class-not-stored' || objectId === undefined
      ? []
      : [objectId, ...(LOCAL_ID.exec(objectId)?.slice(0, 1) ?? [])],
  );
  await connection.run(sql`create temporary table mentioned (id text collate "C") on commit drop`);
  await connection.run(sql`insert into mentioned select unnest(${ids}::text[])`);
  await connection.run(sql`analyze mentioned`);
}

/**
 * Refuses a scope that cannot be meant: a precinct of which the file holds nothing would be emptied by a slip of the
 * pen.
 * @throws TwinError invalid-parameter
 */
export async function checkScope(
  connection: Connection,
  scope: LoadScope,
  layers: readonly Layer[],
): Promise<void> {
  if (scope === 'all') return;
  for (const precinct of scope.precincts) {
    const held = layers.map(
      (layer) =>
        sql`exists (select from ${stagingOf(layer)} as held where ${isOf([precinct], layer, 'held')})`,
    );
    const [row] = await connection.run<{ any: boolean }>(sql`select ${join(held, ' or ')} as any`);
    if (row?.any) continue;
    throw invalidParameter(
      'scope',
      `The file holds no object of precinct ${precinct}, so it cannot be its whole content; nothing was changed`,
    );
  }
}

/** Ends the current objects of a layer within the scope that the file does not name. @returns how many */
export async function endAbsent(
  connection: Connection,
  layer: Layer,
  scope: LoadScope,
  moment: string,
): Promise<number> {
  const within = scope === 'all' ? trusted('true') : isOf(scope.precincts, layer, 'stored');
  const knownBy = ['id', ...layer.properties.map((property) => property.name)].filter((column) =>
    ['id', 'iip_local_id'].includes(column),
  );
  const unmentioned = knownBy.map(
    (column) => sql`not exists (select from mentioned where mentioned.id = ${name('stored', column)})`,
  );
  const ended =
    await connection.run(sql`update ${tableOf(layer)} as stored set valid_to = ${moment}::timestamptz
    where valid_to is null and ${within} and ${join(unmentioned, ' and ')}
      and not exists (select from ${stagingOf(layer)} as staged where staged.id = stored.id)
    returning 1 as ended`);
  return ended.length;
}

function isOf(precincts: readonly string[], layer: Layer, row: string): Sql {
  const columns = [
    'id',
    ...layer.properties
      .map((property) => property.name)
      .filter((property) => TELLS_PRECINCT.includes(property)),
  ];
  const each = columns.map((column) => {
    const value = name(row, column);
    return sql`${value} = precinct or starts_with(${value}, precinct || '.')`;
  });
  return sql`exists (select from unnest(${precincts}::text[]) as precinct where ${join(each, ' or ')})`;
}
