import type { Consequences } from '../../../core/wire/consequences.ts';
import type { ScenarioReply } from '../../../core/wire/scenario.ts';
import { getJson } from '../../api/city-api.ts';
import { followRun } from '../../api/follow-run.ts';

/**
 * What follows from a scenario as it stands, by a run that everybody shares.
 * @param hear how far the run is, percent
 */
export async function readConsequences(
  { id }: Pick<ScenarioReply, 'id'>,
  signal: AbortSignal,
  hear: (percent: number) => void,
): Promise<Consequences> {
  await followRun({ model: 'consequences', scenario: id }, signal, hear);
  // The table holds the rows of models elsewhere too.
  return getJson(`api/scenarios/${encodeURIComponent(id)}/consequences`, signal, '');
}
