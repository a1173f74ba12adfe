import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { conflict, invalidParameter, notFound } from '../../core/errors.ts';
import type { ModelDeclaration, NewRun, Run } from '../../core/wire/run.ts';
import { type Identity, isStaff } from '../access/identity.ts';
import { requireRight } from '../access/require-right.ts';
import type { Runs } from '../services/runs.ts';
import type { Pool } from '../store/pool.ts';
import { type AskedRun, askRun } from '../store/runs/ask-run.ts';
import { stackOf } from '../store/runs/run-book.ts';
import { type RunRow, runOf } from '../store/runs/run-rows.ts';
import { storedRuns } from '../store/runs/stored-runs.ts';
import type { RegisteredModel } from './registry.ts';

const RUN_ID = /^[0-9a-f]{32}$/;
/** How often somebody who waits looks. */
const LOOK_MS = [20, 50, 100, 200, 400];
/** Larger parameters are data, and belong into the city. */
const MOST_PARAMETER_BYTES = 200_000;

/** Runs of the models of a registry, and of models that run elsewhere. */
export function offerRuns(pool: Pool, registry: readonly RegisteredModel[]): Runs {
  const stored = storedRuns(pool);
  const declarations = registry.map(declarationOf);
  const told = (row: RunRow, who: Identity): Run =>
    runOf(row, (model) => declarations.find(({ name }) => name === model)?.title, isStaff(who));
  const found = async (id: string, who: Identity): Promise<RunRow> => {
    const row = RUN_ID.test(id) ? await stored.find(id, isStaff(who)) : undefined;
    if (!row) throw notFound(`There is no run "${id.slice(0, 100)}" that you may read`, 'run');
    return row;
  };
  const outsideRun = async (id: string, who: Identity): Promise<RunRow> => {
    requireRight(who, 'plan');
    const row = await found(id, who);
    if (row.outside === null) throw conflict('The service computes this run itself', 'run');
    return row;
  };

  return {
    models: () => declarations,
    ask: async (wanted, who) => told(await askRun(pool, askedOf(wanted, registry), who), who),

    async list(query, who) {
      const rows = await stored.list({ ...query, limit: query.limit + 1 }, isStaff(who));
      return {
        runs: rows.slice(0, query.limit).map((row) => told(row, who)),
        more: rows.length > query.limit,
      };
    },

    read: async (id, who) => told(await found(id, who), who),
    async edits(id, who) {
      const { stack_digest } = await found(id, who);
      return (await stackOf(pool, stack_digest)).map(({ edit }) => ({ edit }));
    },

    async result(id, who) {
      const { state } = await found(id, who);
      const result = await stored.result(id);
      if (result === undefined) {
        throw conflict(`There is no result: the run is ${state}`, 'run');
      }
      return result;
    },

    async ended(id, who, signal) {
      for (let look = 0; ; look++) {
        const row = await found(id, who);
        const isOver = row.state !== 'accepted' && row.state !== 'running';
        if (isOver || signal.aborted) return told(row, who);
        await sleep(LOOK_MS[Math.min(look, LOOK_MS.length - 1)], undefined, { signal }).catch(() => {});
      }
    },

    async dismiss(id, who) {
      requireRight(who, 'plan');
      await found(id, who);
      const left = await stored.dismiss(id);
      if (!left) throw notFound(`There is no run "${id}" any more`, 'run');
      return told(left, who);
    },

    async advance(id, progress, who) {
      await outsideRun(id, who);
      return told(stillOpen(await stored.advanceOutside(id, progress)), who);
    },

    async takeResult(id, result, who) {
      await outsideRun(id, who);
      return told(stillOpen(await stored.takeOutside(id, JSON.stringify(result))), who);
    },
  };
}

function stillOpen(row: RunRow | undefined): RunRow {
  if (!row) throw conflict('The run has ended; what it gave stays as it is', 'run');
  return row;
}

/** @throws TwinError not-found, invalid-parameter */
function askedOf(wanted: NewRun, registry: readonly RegisteredModel[]): AskedRun {
  const { model: name, outside, scenario, lawDate } = wanted;
  const entry = registry.find(({ model }) => model.name === name);
  if (JSON.stringify(wanted.parameters).length > MOST_PARAMETER_BYTES) {
    throw invalidParameter('parameters', `parameters may have at most ${MOST_PARAMETER_BYTES} characters`);
  }
  if (outside) {
    if (entry) throw invalidParameter('model', `The service computes "${name}" itself; choose another name`);
    const { version } = outside;
    const own = { model: name, modelVersion: version, outside, isForReaders: false };
    return { ...own, parameters: wanted.parameters, scenario, lawDate };
  }
  if (!entry) {
    const known = registry.map(({ model }) => model.name).join(', ');
    throw notFound(`There is no model "${name}"; there are ${known}`, 'model');
  }
  const read = entry.model.parameters.safeParse(wanted.parameters);
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = ['parameters', ...(issue?.path ?? [])].join('.');
    throw invalidParameter(where, `${where} cannot be used: ${issue?.message}`);
  }
  const parameters = read.data;
  if (typeof parameters !== 'object' || parameters === null) throw new Error('parameters are no object');
  return {
    model: name,
    modelVersion: entry.model.version,
    isForReaders: entry.isForReaders ?? false,
    outside: undefined,
    parameters,
    scenario,
    lawDate,
  };
}

const declarationOf = ({ model, layers }: RegisteredModel): ModelDeclaration => ({
  name: model.name,
  version: model.version,
  title: model.title,
  summary: model.summary,
  layers: [...layers],
  parameters: schemaOf(model.parameters, 'input'),
  result: schemaOf(model.result, 'output'),
});

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> => ({
  ...z.toJSONSchema(schema, { io, target: 'openapi-3.0', unrepresentable: 'any' }),
});
