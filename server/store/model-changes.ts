/** Change sets of the 3D model: planned in memory, written by the statements of a load, checked where they stand, recorded. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../core/analysis/run-identity.ts';
import {
  type ChangedBuildings,
  changeBuildings,
  idsNamed,
} from '../../core/building/upkeep/change-buildings.ts';
import { BUILDINGS_3D } from '../../core/catalogue/buildings-3d.ts';
import { conflict, notFound, TwinError } from '../../core/errors.ts';
import type { Feature } from '../../core/feature/feature.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { ModelChangeAnswer, ModelChangeSet } from '../../core/wire/model-change.ts';
import { requireRight } from '../access/require-right.ts';
import type { View } from '../access/view.ts';
import type { ModelChanges } from '../services/model-changes.ts';
import type { Connection } from './connection.ts';
import { CITY, datasetLock } from './dataset.ts';
import { refuseOtherStates } from './edited-layer.ts';
import { recordEdit } from './feature-edits.ts';
import { featureMaker } from './feature-maker.ts';
import type { LayersProvider } from './features.ts';
import { checkFootprints } from './model-footprints.ts';
import type { Pool } from './pool.ts';
import { changeRegister, RegisterFault } from './register-rows.ts';
import { relationFor } from './relation.ts';
import { rowsSql } from './rows-sql.ts';
import { sql } from './sql.ts';
import { inTransaction, inTrial } from './transaction.ts';

interface KeptRow {
  readonly id: string;
  readonly version: number;
  readonly made_at: string;
  readonly who: string;
  readonly note: string | null;
  readonly asked_hash: string;
  readonly results: ModelChangeAnswer['results'];
}

/** @param pool of the owner: the role of public requests cannot write */
export function storeModelChanges(pool: Pool, layers: LayersProvider): ModelChanges {
  return {
    async apply(set, view, isPreview) {
      requireRight(view.who, 'edit', BUILDINGS_3D.name);
      refuseOtherStates(view);
      const layer = (await layers()).find(
        ({ name, dataset }) => name === BUILDINGS_3D.name && dataset === CITY,
      );
      if (!layer) throw notFound('There is no 3D model of the city', 'layer');
      return (isPreview ? inTrial : inTransaction)(pool, (connection) =>
        applyIn(connection, { set, view, layer, isPreview }),
      );
    },

    async list({ building, before, limit }, signal) {
      const rows = await pool.read<KeptRow>(
        sql`select id, version, made_at, who, note, asked_hash, results from twin.model_change
          where (${building ?? null}::text is null or buildings @> array[${building ?? null}::text])
            and (${before ?? null}::bigint is null or version < ${before ?? null}::bigint)
          order by version desc limit ${limit + 1}::integer`,
        signal,
      );
      const told = rows.slice(0, limit);
      return {
        changeSets: told.map((row) => answerOf(row, false)),
        next: rows.length > limit ? (told.at(-1)?.version ?? null) : null,
      };
    },
  };
}

interface Applying {
  readonly set: ModelChangeSet;
  readonly view: View;
  readonly layer: Layer;
  readonly isPreview: boolean;
}

async function applyIn(
  connection: Connection,
  { set, view, layer, isPreview }: Applying,
): Promise<ModelChangeAnswer> {
  // Of two that change the same building the second one sees the first.
  await connection.run(datasetLock(CITY));
  const asked = canonicalJson(set);
  const askedHash = createHash('sha256').update(asked).digest('hex');
  const [kept] = await connection.run<KeptRow>(
    sql`select id, version, made_at, who, note, asked_hash, results from twin.model_change where id = ${set.id}::text`,
  );
  if (kept?.asked_hash === askedHash) return answerOf(kept, true);
  if (kept) {
    throw conflict(
      `The change set "${set.id}" was made already and says something else; give this one an id of its own`,
      'id',
    );
  }
  const current = await read(connection, layer, view, idsNamed(set.changes));
  const changed = changeBuildings(set.changes, current, layer.srid);
  const version = await write(connection, layer, changed);
  await checkFootprints(connection, layer, { set, changed, version });
  const was = new Set(current.map(({ id }) => id));
  const isNow = ([id, { feature }]: readonly [string, { readonly feature: Feature | undefined }]) =>
    feature === undefined ? (was.has(id) ? 'deleted' : undefined) : was.has(id) ? 'updated' : 'inserted';
  const done = [...changed.left].map(isNow);
  const count = (what: string) => done.filter((each) => each === what).length;
  await recordEdit(connection, {
    ...{ version, who: view.who.who, door: 'model', layers: [layer.name] },
    done: { insert: count('inserted'), update: count('updated'), replace: 0, delete: count('deleted') },
  });
  const [made] = await connection.run<KeptRow>(
    sql`insert into twin.model_change (id, version, who, note, asked, asked_hash, results, buildings)
      values (${set.id}::text, ${version}::bigint, ${view.who.who}::text, ${set.note ?? null}::text, ${asked}::jsonb,
        ${askedHash}::text, ${JSON.stringify(changed.results)}::jsonb, ${[...changed.left.keys()]}::text[])
      returning id, version, made_at, who, note, asked_hash, results`,
  );
  if (!made) throw new Error('insert returned no row');
  const answer = answerOf(made, false);
  return isPreview ? { ...answer, isPreview, version: null, madeAt: null } : answer;
}

async function read(
  connection: Connection,
  layer: Layer,
  view: View,
  ids: readonly string[],
): Promise<readonly Feature[]> {
  const relation = relationFor(layer, view);
  if (!relation) return [];
  const query: FeatureQuery = { layer: layer.name, filter: { op: 'ids', ids } };
  return (await connection.run(rowsSql(relation, query))).map(featureMaker(relation, query));
}

async function write(connection: Connection, layer: Layer, { left }: ChangedBuildings): Promise<number> {
  const features = [...left.values()].flatMap(({ feature }) => feature ?? []);
  const ended = [...left].flatMap(([id, { feature }]) => (feature ? [] : [id]));
  const source = {
    fileName: '',
    format: 'edit',
    source: 'Edited by the city',
    synthetic: false,
    keepsSource: true,
  };
  try {
    const version = await changeRegister(connection, [{ layer, features, ended }], source);
    if (version === undefined) throw new Error('a change made no version');
    return version;
  } catch (error) {
    if (!(error instanceof RegisterFault)) throw error;
    const { code, objectId, message } = error.problem;
    const parameter = `changes.${left.get(objectId ?? '')?.change ?? 0}`;
    throw new TwinError(
      'invalid-parameter',
      `${parameter}: "${objectId}" cannot be so: ${code}, ${message}`,
      {
        parameter,
      },
    );
  }
}

const answerOf = (
  { id, version, made_at, who, note, results }: KeptRow,
  isRepeated: boolean,
): ModelChangeAnswer => ({
  ...{ id, version, madeAt: made_at, who, note, isPreview: false, isRepeated, results },
});
