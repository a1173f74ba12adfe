/** Single rows of a register, written within the transaction of what they come from. */

import { finished } from 'node:stream/promises';
import { TwinError } from '../../core/errors.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { LoadProblem, ProblemCode } from '../../core/formats/reader.ts';
import { crsOf } from '../../core/geo/crs.ts';
import type { Connection } from './connection.ts';
import { datasetLock } from './dataset.ts';
import { openVersion } from './dataset-version.ts';
import { deriveFrom } from './derived-layers.ts';
import * as statements from './load-sql.ts';
import { tableOf } from './register-table.ts';
import { sql } from './sql.ts';
import { copyLine, stageRow } from './staged-row.ts';

interface Source {
  readonly fileName: string;
  readonly format: string;
  readonly source: string;
  readonly synthetic: boolean;
  /** The layers go on naming the source of their last load. */
  readonly keepsSource?: boolean;
}

/** A row that a load would refuse, and why. */
export class RegisterFault extends TwinError {
  readonly layer: Layer;
  readonly problem: Pick<LoadProblem, 'code' | 'objectId' | 'message'>;

  constructor(layer: Layer, problem: RegisterFault['problem'], parameter: string) {
    const { code, message } = problem;
    super('invalid-parameter', `${layer.name} cannot take it: ${code}, ${message}`, { parameter });
    this.name = 'RegisterFault';
    this.layer = layer;
    this.problem = problem;
  }
}

/** What becomes of one layer: objects that are so from now on, and ids that are no more. */
export interface RegisterChange {
  readonly layer: Layer;
  readonly features: readonly Feature[];
  readonly ended: readonly string[];
}

/**
 * Takes rows over as a load does, by the same statements: history, cells of tiles and the state of the layer follow.
 * Ends with the caller's transaction.
 * @returns the version of the dataset that this made; undefined without any change
 * @throws RegisterFault for a row that a load would refuse
 */
export async function changeRegister(
  connection: Connection,
  changes: readonly RegisterChange[],
  source: Source,
): Promise<number | undefined> {
  const [first] = changes;
  if (!first) return undefined;
  const { dataset } = first.layer;
  await connection.run(datasetLock(dataset));
  const { version, moment } = await openVersion(connection, { ...source, dataset });
  for (const { layer, features, ended } of changes) {
    await stage(connection, layer, features);
    await connection.run(statements.createPlanSql(layer, false));
    const [fault] = await connection.run<{ id: string; code: ProblemCode; message: string }>(
      statements.faultsSql(layer),
    );
    if (fault) throw new RegisterFault(layer, { ...fault, objectId: fault.id }, 'geometry');
    await connection.run(statements.endReplacedSql(layer, moment));
    const gone = await connection.run(sql`update ${tableOf(layer)} set valid_to = ${moment}::timestamptz
      where id = any(${ended}::text[]) and valid_to is null returning 1 as ended`);
    await connection.run(statements.insertTakenSql(layer, moment, version));
    await connection.run(sql`update twin.dataset_version as made set ended = made.ended + ${gone.length}::integer,
      written = made.written + tally.written, unchanged = made.unchanged + tally.unchanged
      from (${statements.tallySql(layer)}) as tally where version = ${version}::bigint`);
    if (!layer.isUntiled) {
      const cell = statements.cellSize(crsOf(layer.srid).unit);
      await connection.run(statements.touchCellsSql(layer, moment, version, cell));
    }
    await connection.run(statements.updateStatusSql(layer, moment, version, source.keepsSource));
    await connection.run(statements.dropStagedSql(layer));
    await deriveFrom(connection, { layer, version, moment });
  }
  return version;
}

async function stage(connection: Connection, layer: Layer, features: readonly Feature[]): Promise<void> {
  await connection.run(statements.createStagingSql(layer));
  const lines = features.map((feature, index) => {
    const row = stageRow(feature, layer, { seq: index + 1, srid: layer.srid, ended: false }, new Date());
    if ('code' in row) throw new RegisterFault(layer, row, 'body');
    return copyLine(row);
  });
  if (lines.length === 0) return;
  const stream = connection.copyIn(statements.copyIntoStagingSql(layer));
  stream.end(lines.join(''));
  await finished(stream);
}
