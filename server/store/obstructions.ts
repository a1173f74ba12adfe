import { invalidParameter, TwinError } from '../../core/errors.ts';
import { obstructionFeatures } from '../../core/obstruction/obstruction-features.ts';
import { spansOf } from '../../core/obstruction/spans.ts';
import { trafficClosures } from '../../core/obstruction/traffic-closures.ts';
import { isEditable, stateAfter } from '../../core/obstruction/workflow.ts';
import type { Conflict, NewObstruction, ObstructionChanged } from '../../core/wire/obstruction.ts';
import { type Identity, isStaff } from '../access/identity.ts';
import type { Obstructions } from '../services/obstructions.ts';
import type { Connection } from './connection.ts';
import { CITY } from './dataset.ts';
import type { LayersProvider } from './features.ts';
import { conflictsOf } from './obstruction-conflicts.ts';
import { type ObstructionRow, obstructionsSql, reading, toldTo } from './obstruction-reading.ts';
import {
  bounds,
  insert,
  isObstructionId,
  lock,
  noSuch,
  rewrite,
  rowOf,
  settleStep,
  writeStep,
} from './obstruction-writing.ts';
import type { Pool } from './pool.ts';
import { changeRegister } from './register-rows.ts';
import { smallLetters } from './road-sections.ts';
import { settlePlace } from './settle-place.ts';
import { NOTHING, type Sql, sql } from './sql.ts';
import { inTransaction } from './transaction.ts';

/** Writers queue on this, so that of two that conflict the second one sees the first. */
const REGISTER_LOCK = 2177_0021;
/** Format of the dataset versions that publishing makes. */
export const OBSTRUCTION_FORMAT = 'obstruction-register';
/** What the public knows of. */
const PUBLISHED = ['published'] as const;

/**
 * The register of obstructions. The pool is that of the owner: the role of public requests reads only what is published,
 * as layers of the catalogue. Each change is one transaction with its history and, where it concerns what is published,
 * with the rows of the layers.
 */
export function storeObstructions(pool: Pool, layers: LayersProvider): Obstructions {
  const writing = <T>(work: (connection: Connection) => Promise<T>): Promise<T> =>
    inTransaction(pool, async (connection) => {
      await connection.run(sql`select pg_advisory_xact_lock(${REGISTER_LOCK}::bigint)`);
      return work(connection);
    });
  const changed = async (
    connection: Connection,
    id: string,
    who: Identity,
    conflicts: readonly Conflict[],
  ): Promise<ObstructionChanged> => {
    const [obstruction] = await toldTo(who, [await rowOf(connection, id)], reading(connection));
    if (!obstruction) throw new Error('a row was not told');
    return { obstruction, conflicts: [...conflicts] };
  };

  const list: Obstructions['list'] = async ({ box, street, owner, states, from, to, limit }, who) => {
    const seen = isStaff(who) ? states : PUBLISHED.filter((state) => states?.includes(state) ?? true);
    const visible = seen ?? null;
    const envelope = box
      ? sql`and area && ST_MakeEnvelope(${box.minX}::float8, ${box.minY}::float8, ${box.maxX}::float8,
            ${box.maxY}::float8, 2177)`
      : NOTHING;
    const rows = await pool.read<ObstructionRow>(
      obstructionsSql(sql`where (${visible}::text[] is null or state = any(${visible}::text[]))
          and (${owner ?? null}::text is null or ${same(sql`content ->> 'owner'`, owner)})
          and (${street ?? null}::text is null or exists (select from jsonb_array_elements_text(settled -> 'streets')
            as street where ${same(sql`street`, street)}))
          and ends_at > coalesce(${from ?? null}::timestamptz, '-infinity')
          and starts_at < coalesce(${to ?? null}::timestamptz, 'infinity') ${envelope}
          order by starts_at, id limit ${limit + 1}::bigint`),
    );
    const obstructions = await toldTo(who, rows.slice(0, limit), pool);
    return { obstructions, more: rows.length > limit };
  };

  return {
    list,

    async read(id, who) {
      const [row] = isObstructionId(id)
        ? await pool.read<ObstructionRow>(obstructionsSql(sql`where id = ${id}::text`))
        : [];
      if (!row || (row.state !== 'published' && !isStaff(who))) throw noSuch(id);
      const [obstruction] = await toldTo(who, [row], pool);
      if (!obstruction) throw new Error('a row was not told');
      return obstruction;
    },

    async tryOut(content, id = '') {
      checkWords(content);
      const spans = spansOf(content.windows);
      return inTransaction(pool, async (connection) => {
        const settled = await settlePlace(connection, content);
        const conflicts = await conflictsOf(connection, { id, content, settled, spans });
        return { ...settled, ...bounds(spans), conflicts: [...conflicts] };
      });
    },

    async conflicts(id) {
      return inTransaction(pool, async (connection) => {
        const row = await rowOf(connection, id);
        return conflictsOf(connection, { ...row, spans: spansOf(row.content.windows) });
      });
    },

    async create(content, who) {
      checkWords(content);
      return writing(async (connection) => {
        const { id, conflicts } = await insert(connection, content, who, undefined);
        return changed(connection, id, who, conflicts);
      });
    },

    async draft(externalId, content, who) {
      checkWords(content);
      return writing(async (connection) => {
        const [known] = await connection.run<ObstructionRow>(
          obstructionsSql(sql`where external_id = ${externalId}::text`),
        );
        if (!known) {
          const { id } = await insert(connection, content, who, externalId);
          return { id, became: 'new' };
        }
        const isSame = JSON.stringify(sorted(known.content)) === JSON.stringify(sorted(content));
        if (isSame) return { id: known.id, became: 'unchanged' };
        // What somebody has decided on is not changed behind their back.
        if (!isEditable(known.state)) return { id: known.id, became: 'kept' };
        await rewrite(connection, known, content, who);
        return { id: known.id, became: 'changed' };
      });
    },

    async change(id, revision, content, who) {
      checkWords(content);
      return writing(async (connection) => {
        const row = await lock(connection, id, revision);
        if (!isEditable(row.state)) {
          throw new TwinError(
            'conflict',
            `The obstruction is ${row.state}; only a draft can be changed. Take it back to draft first (${row.state === 'submitted' ? 'withdraw' : row.state === 'rejected' ? 'revise' : row.state === 'approved' ? 'revoke, then withdraw' : row.state === 'published' ? 'unpublish, revoke, then withdraw' : 'make a new one instead'})`,
            { parameter: 'state' },
          );
        }
        return changed(connection, id, who, await rewrite(connection, row, content, who));
      });
    },

    async step(id, revision, step, who) {
      const known = await layers();
      return writing(async (connection) => {
        const row = await lock(connection, id, revision);
        const state = stateAfter(row, step.action, who.who, step.reason);
        const conflicts = await settleStep(connection, row, step);
        await writeStep(connection, row, step, state, who, conflicts);
        if (row.state === 'published' || state === 'published') {
          await publish(connection, await rowOf(connection, id), known);
        }
        return changed(connection, id, who, conflicts);
      });
    },

    async traffic(span, box) {
      const [from, to] = [new Date(span.fromMs).toISOString(), new Date(span.toMs).toISOString()];
      const { obstructions } = await list(
        { from, to, box, limit: 10_000, states: ['published'] },
        { who: 'traffic', roles: ['public'] },
      );
      return trafficClosures(obstructions, span);
    },
  };

  async function publish(
    connection: Connection,
    row: ObstructionRow,
    known: Awaited<ReturnType<LayersProvider>>,
  ): Promise<void> {
    const isPublic = row.state === 'published';
    const features = isPublic ? featuresOf(row) : [];
    const changes = ['obstructions', 'obstruction_detours'].flatMap((name) => {
      const layer = known.find((each) => each.name === name && each.dataset === CITY);
      if (!layer) return [];
      const own = features.filter((feature) => feature.layer === name);
      return [{ layer, features: own, ended: own.length === 0 ? [row.id] : [] }];
    });
    await changeRegister(connection, changes, {
      fileName: row.id,
      format: OBSTRUCTION_FORMAT,
      source: row.content.owner,
      synthetic: row.external_id?.startsWith('demo-') ?? false,
    });
  }
}

const same = (text: Sql, wanted: string | undefined): Sql =>
  sql`${smallLetters(text)} = ${smallLetters(sql`${wanted ?? null}::text`)}`;

/** What cannot be said by a schema: values that belong together. */
function checkWords({ impact, lanesLeft, modes }: NewObstruction): void {
  if (impact === 'narrowed' && lanesLeft === undefined) {
    throw invalidParameter('lanesLeft', 'A narrowed road needs lanesLeft: how many lanes stay open');
  }
  if (impact !== 'narrowed' && lanesLeft !== undefined) {
    throw invalidParameter('lanesLeft', `lanesLeft belongs to a narrowed road; this one is ${impact}`);
  }
  if (new Set(modes).size !== modes.length) throw invalidParameter('modes', 'modes names one of them twice');
}

function featuresOf({ id, content, settled, starts_at, ends_at, actual_from }: ObstructionRow) {
  return obstructionFeatures({
    ...content,
    ...settled,
    id,
    startsAt: starts_at,
    endsAt: ends_at,
    ...(actual_from !== null && { actualFrom: actual_from }),
    detourLines: content.detour?.line ? [content.detour.line] : [],
  });
}

/** The same whatever order its members came in. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
