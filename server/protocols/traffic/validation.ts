/** `/api/traffic/validation`: the city of today held against counts on its streets. */
import { TRAFFIC_ASSIGNMENT } from '../../../core/analysis/traffic/traffic-assignment.ts';
import { conflict, invalidParameter, notFound, TwinError } from '../../../core/errors.ts';
import { csvLine } from '../../../core/formats/csv.ts';
import type { TrafficResult } from '../../../core/wire/traffic.ts';
import { trafficParametersSchema } from '../../../core/wire/traffic-parameters.ts';
import type { TrafficValidation } from '../../../core/wire/traffic-validation.ts';
import type { Ask } from '../../http/protocol.ts';
import type { Runs } from '../../services/runs.ts';

/** Longer nobody waits for a run; whoever asks again later has the answer. */
const LONGEST_WAIT_MS = 10_000;

/**
 * The run of the base that a request is about, computed when it is not there yet.
 * @throws TwinError invalid-parameter; conflict while it is computed; unauthenticated when it would have to be computed
 *   and nobody of the staff asks
 */
export async function validatedRun(
  runs: Pick<Runs, 'ask' | 'ended'>,
  { query, view, signal }: Pick<Ask, 'query' | 'view' | 'signal'>,
): Promise<string> {
  const wanted = trafficParametersSchema.pick({ hour: true, fit: true, demand: true }).safeParse({
    ...(query.has('hour') && { hour: Number(query.get('hour') || Number.NaN) }),
    ...(query.has('fit') && { fit: query.get('fit') }),
    ...(query.has('demand') && { demand: query.get('demand') }),
  });
  if (!wanted.success) {
    const [issue] = wanted.error.issues;
    const name = String(issue?.path[0] ?? 'query');
    throw invalidParameter(name, `${name}: ${issue?.message ?? 'cannot be read'}`);
  }
  const { hour, fit, demand } = wanted.data;
  // As the viewer asks, so that it is the same run.
  const parameters = {
    ...{ hour, targetGap: 1e-6 },
    ...(fit !== 'none' && { fit }),
    ...(demand !== 'auto' && { demand }),
  };
  const run = await runs.ask({ model: TRAFFIC_ASSIGNMENT.name, parameters }, view.who);
  const patience = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_WAIT_MS)]);
  const { state, problem } = await runs.ended(run.id, view.who, patience);
  signal.throwIfAborted();
  if (state === 'successful') return run.id;
  if (problem) throw new TwinError('conflict', problem.message, { parameter: 'run' });
  throw conflict(`The run ${run.id} is not computed yet; look at /api/runs/${run.id} and ask again`, 'run');
}

/** @throws TwinError not-found when the city has no counts of that hour */
export function validationReply(run: string, { summary, demand, validation }: TrafficResult) {
  return { run, hour: summary.hour, demand, ...knownValidation(validation) };
}

export function knownValidation(validation: TrafficValidation | null): TrafficValidation {
  if (validation) return validation;
  throw notFound('The city keeps no counts of this hour; load them with "blizniak traffic counts"', 'counts');
}

const COLUMNS = ['link', 'road', 'name', 'class', 'detector'] as const;

/** One line for each count. */
export const validationCsv = ({ counts }: TrafficValidation): string =>
  [
    csvLine([...COLUMNS, 'counted_veh_per_h', 'modelled_veh_per_h', 'geh', 'is_held_out']),
    ...counts.map((row) =>
      csvLine([
        ...COLUMNS.map((name) => row[name]),
        ...[row.countedVehPerH, row.modelledVehPerH, row.geh, String(row.isHeldOut)],
      ]),
    ),
  ].join('');
