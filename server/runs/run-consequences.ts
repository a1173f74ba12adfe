/** Tables of consequences from runs: one that somebody has had computed is there for everybody who may read the scenario. */
import { compareTables } from '../../core/analysis/consequences/compare.ts';
import { CONSEQUENCES } from '../../core/analysis/consequences/consequences.ts';
import { conflict, notFound, TwinError } from '../../core/errors.ts';
import {
  type ConsequenceParameters,
  type ConsequencesReply,
  consequencesSchema,
} from '../../core/wire/consequences.ts';
import type { Run } from '../../core/wire/run.ts';
import type { Identity } from '../access/identity.ts';
import type { ConsequenceTables } from '../services/consequences.ts';
import type { Runs } from '../services/runs.ts';
import type { Scenarios } from '../services/scenarios.ts';

type Box = readonly [minE: number, minN: number, maxE: number, maxN: number];

/** The box around what a scenario may affect; undefined where its edits touch nothing. */
export type AreaOf = (
  scenario: string,
  parameters: ConsequenceParameters,
  who: Identity,
  signal: AbortSignal,
) => Promise<Box | undefined>;

/** Somebody may change the scenario while its run is asked for. */
const MOST_TRIES = 3;
/** Less than the patience of a request, so that whoever waits is told where the work goes on. */
const LONGEST_WAIT_MS = 45_000;
/** What a run may fail with by the doing of whoever asked, or for the time being. */
const TOLD_KINDS = ['invalid-parameter', 'too-large', 'not-supported', 'timeout', 'unavailable'] as const;

export function runConsequences(
  runs: Pick<Runs, 'ask' | 'ended' | 'result'>,
  scenarios: Pick<Scenarios, 'state'>,
  areaOf: AreaOf,
): ConsequenceTables<ConsequenceParameters> {
  const stateOf = async (id: string, who: Identity) => {
    const state = await scenarios.state(id, who);
    if (!state) throw notFound(`There is no scenario "${id.slice(0, 100)}" that you may read`, 'scenario');
    return state;
  };

  /** Its run, asked for while the scenario stood still. */
  const begun = async (id: string, parameters: ConsequenceParameters, who: Identity) => {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const { title, revision } = await stateOf(id, who);
      const run = await runs.ask({ model: CONSEQUENCES.name, parameters, scenario: id }, who);
      const now = await stateOf(id, who);
      if (now.revision === revision) return { run, scenario: { id, title, revision, base: run.base } };
    }
    throw conflict('The scenario is being changed all the time; ask again when it rests', 'scenario');
  };

  const tableOf = async (
    id: string,
    parameters: ConsequenceParameters,
    who: Identity,
    signal: AbortSignal,
  ): Promise<ConsequencesReply> => {
    const { run, scenario } = await begun(id, parameters, who);
    const patience = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_WAIT_MS)]);
    const ended = await runs.ended(run.id, who, patience);
    signal.throwIfAborted();
    if (ended.state !== 'successful') throw failureOf(ended);
    const result = consequencesSchema.parse(JSON.parse(await runs.result(run.id, who)));
    const { name, version } = CONSEQUENCES;
    return { scenario, run: run.id, model: { name, version }, parameters, ...result };
  };

  return {
    of: tableOf,
    async compare([first, ...others], parameters, who, signal) {
      const boxes: Box[] = [];
      for (const id of parameters.bbox ? [] : [first, ...others]) {
        const box = await areaOf(id, parameters, who, signal);
        if (box) boxes.push(box);
      }
      const common = { ...parameters, ...(boxes.length > 0 && { bbox: aroundAll(boxes) }) };
      const [table, ...rest] = await Promise.all([
        tableOf(first, common, who, signal),
        ...others.map((id) => tableOf(id, common, who, signal)),
      ]);
      return compareTables([table, ...rest], common);
    },
  };
}

function failureOf({ id, state, progress, problem }: Run): TwinError {
  if (state === 'accepted' || state === 'running') {
    return new TwinError(
      'timeout',
      `It is still being computed (${progress} %); ask again, or follow /api/runs/${id}`,
    );
  }
  if (state === 'dismissed')
    return conflict(`The run ${id} was called off; ask again to begin it anew`, 'run');
  const kind = TOLD_KINDS.find((each) => each === problem?.kind) ?? 'internal';
  return new TwinError(kind, problem?.message ?? 'The model failed', { parameter: problem?.parameter });
}

const aroundAll = (boxes: readonly Box[]): [number, number, number, number] => [
  Math.min(...boxes.map(([minE]) => minE)),
  Math.min(...boxes.map(([, minN]) => minN)),
  Math.max(...boxes.map(([, , maxE]) => maxE)),
  Math.max(...boxes.map(([, , , maxN]) => maxN)),
];
