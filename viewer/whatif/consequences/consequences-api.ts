import type { Consequences } from '../../../core/wire/consequences.ts';
import type { ScenarioReply } from '../../../core/wire/scenario.ts';
import { getJson } from '../../api/city-api.ts';
import { followRun } from '../../api/follow-run.ts';
import { readUntilWhole } from './pending-rows.ts';

/**
 * What follows from a scenario as it stands, by runs that everybody shares.
 * @param trafficHour of the rows of traffic
 * @param hear how far the run is, percent; and the table without the rows of traffic while those are computed
 */
export async function readConsequences(
  { id }: Pick<ScenarioReply, 'id'>,
  trafficHour: number,
  signal: AbortSignal,
  hear: (percent: number, withoutTraffic?: Consequences) => void,
): Promise<Consequences> {
  await followRun({ model: 'consequences', scenario: id }, signal, hear);
  // The table holds the rows of models elsewhere too.
  const path = `api/scenarios/${encodeURIComponent(id)}/consequences?trafficHour=${trafficHour}`;
  return await readUntilWhole(
    () => getJson<Consequences>(path, signal, ''),
    ({ rows }) => rows,
    signal,
    (table, percent) => hear(percent, table),
  );
}
