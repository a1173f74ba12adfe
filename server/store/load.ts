import { finished } from 'node:stream/promises';
import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import { notFound, notSupported, TwinError } from '../../core/errors.ts';
import type { Layer, LayerDeclaration } from '../../core/feature/layer.ts';
import type { LoadProblem } from '../../core/formats/reader.ts';
import { StagedLooks } from './appearances.ts';
import type { Connection } from './connection.ts';
import { asDatabaseError } from './database-error.ts';
import { CITY, checkDataset } from './dataset.ts';
import { finishLoad } from './finish-load.ts';
import { layerOf } from './layers.ts';
import type { KeepRejected, LoadHeader, LoadTransaction } from './load-contract.ts';
import { addToStagingSql, copyIntoStagingSql, createStagingSql } from './load-sql.ts';
import type { Pool } from './pool.ts';
import { isPersonal } from './register-table.ts';
import { sql } from './sql.ts';
import { copyLine, stageRow } from './staged-row.ts';

/** Text of rows that is collected before it goes to the database. */
const BUFFER_CHARACTERS = 1_000_000;

/** Additions that are collected before they go to the database. */
const ADDITIONS = 10_000;

/** One layer of the file that is being staged. */
interface Stage {
  readonly layer: Layer;
  buffer: string[];
  characters: number;
  rows: number;
  additions: Readonly<Record<string, string | null>>[];
}

/**
 * Opens a load of one file into temporary tables of one connection. Nothing is visible to others before
 * `finish` returns; if the process or the connection dies, nothing was there. Two loads of one dataset may run
 * at once: their comparing and writing is done one after the other.
 * @param keepRejected is told of every object that is rejected here, with what is known of it
 * @throws TwinError invalid-parameter for a dataset name that cannot be one, conflict when the dataset exists in
 *   another CRS.
 */
export async function beginLoad(
  pool: Pool,
  header: LoadHeader,
  keepRejected?: KeepRejected,
): Promise<LoadTransaction> {
  await checkDataset(pool, header.dataset, header.srid);
  const connection = await pool.connect();
  try {
    // A load may take hours; it is ended by abort, not by a deadline.
    await connection.run(
      sql`begin; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0;
        set local work_mem = '64MB'`,
    );
  } catch (error) {
    connection.release(true);
    throw error;
  }
  return loadTransaction(connection, header, keepRejected);
}

function loadTransaction(
  connection: Connection,
  header: LoadHeader,
  keepRejected: KeepRejected | undefined,
): LoadTransaction {
  const stages = new Map<string, Stage>();
  const rejected: LoadProblem[] = [];
  const looks = new StagedLooks(connection);
  let seq = 0;
  let state: 'open' | 'failed' | 'aborted' | 'finished' = 'open';
  let copying: Promise<void> = Promise.resolve();

  /** Any failure ends the load: the transaction is lost anyway. */
  const orFail = async <T>(work: () => Promise<T>): Promise<T> => {
    if (state !== 'open') throw new TwinError('conflict', `The load of ${header.fileName} was ${state}`);
    try {
      return await work();
    } catch (error) {
      const reason = wasAborted() ? abortedError(header) : asDatabaseError(error);
      if (state === 'open') state = 'failed';
      connection.release(true);
      throw reason;
    }
  };
  const wasAborted = () => state === 'aborted';

  const stageOf = async (name: string): Promise<Stage> => {
    const known = stages.get(name);
    if (known) return known;
    const declaration = REGISTERS.find((each) => each.name === name);
    if (!declaration) throw notFound(`There is no register "${name}" to load into`, 'layer');
    refuseUnloadable(declaration, header.dataset);
    const stage: Stage = {
      layer: layerOf(declaration, header.dataset, header.srid),
      buffer: [],
      characters: 0,
      rows: 0,
      additions: [],
    };
    stages.set(name, stage);
    await copying;
    await connection.run(createStagingSql(stage.layer));
    return stage;
  };

  const flush = async (stage: Stage): Promise<void> => {
    if (stage.buffer.length === 0) return;
    const text = stage.buffer.join('');
    stage.buffer = [];
    stage.characters = 0;
    await copying; // one COPY at a time; meanwhile the reader goes on
    copying = copyText(connection, stage.layer, text);
    copying.catch(() => {}); // seen by the next flush
  };

  const flushAdditions = async (stage: Stage): Promise<void> => {
    const [first] = stage.additions;
    if (!first) return;
    await flush(stage);
    await copying;
    const columns = Object.keys(first).filter((key) => key !== 'id');
    await connection.run(addToStagingSql(stage.layer, columns, JSON.stringify(stage.additions)));
    stage.additions = [];
  };

  return {
    write: (feature, srid, ended) =>
      orFail(async () => {
        const stage = await stageOf(feature.layer);
        seq++;
        const row = stageRow(feature, stage.layer, { seq, srid, ended }, new Date());
        if ('code' in row) {
          rejected.push(row);
          const { layer, geometry, properties } = feature;
          await keepRejected?.([{ problem: row, layer, srid, properties, ...(geometry && { geometry }) }]);
          return;
        }
        const line = copyLine(row);
        stage.buffer.push(line);
        stage.characters += line.length;
        stage.rows++;
        if (stage.characters >= BUFFER_CHARACTERS) await flush(stage);
      }),

    add: (layer, id, properties) =>
      orFail(async () => {
        const stage = stages.get(layer);
        if (!stage) return;
        stage.additions.push({ ...properties, id });
        if (stage.additions.length >= ADDITIONS) await flushAdditions(stage);
      }),

    keepLook: (look) =>
      orFail(async () => {
        await copying;
        await looks.take(look);
      }),

    finish: (onProgress = () => {}, unread = [], readAs = undefined) =>
      orFail(async () => {
        for (const stage of stages.values()) {
          await flush(stage);
          await flushAdditions(stage);
        }
        await copying;
        await looks.keep();
        const staged = [...stages.values()].map(({ layer, rows }) => ({ layer, rows }));
        const report = await finishLoad(connection, header, {
          ...{ staged, rejectedBefore: rejected, unread, readAs, onProgress, keepRejected },
        });
        state = 'finished';
        connection.release();
        return report;
      }),

    async abort() {
      if (state !== 'open') return;
      state = 'aborted';
      await connection.cancel();
      // Closing the connection rolls back, whatever was under way.
      connection.release(true);
    },
  };
}

/** Derived layers are made by the store; personal data have one place only. */
function refuseUnloadable(register: LayerDeclaration, dataset: string): void {
  if (register.derivedFrom !== undefined) {
    throw notSupported(`${register.name} is made from ${register.derivedFrom}; load that instead`, 'layer');
  }
  if (isPersonal(register) && dataset !== CITY) {
    throw notSupported(
      `${register.name} holds personal data, which only the dataset ${CITY} may hold`,
      'dataset',
    );
  }
}

const abortedError = (header: LoadHeader): TwinError =>
  new TwinError('conflict', `The load of ${header.fileName} was stopped; nothing was changed`);

async function copyText(connection: Connection, layer: Layer, text: string): Promise<void> {
  const stream = connection.copyIn(copyIntoStagingSql(layer));
  stream.end(text);
  await finished(stream);
}
