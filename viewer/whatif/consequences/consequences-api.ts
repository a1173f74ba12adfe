import type { Consequences } from '../../../core/wire/consequences.ts';
import type { ScenarioReply } from '../../../core/wire/scenario.ts';
import { getJson } from '../../api/city-api.ts';

/** What follows from a scenario as it stands. Calling off the request ends the work at the service too. */
export const readConsequences = (
  { id }: Pick<ScenarioReply, 'id'>,
  signal: AbortSignal,
): Promise<Consequences> => getJson(`api/scenarios/${encodeURIComponent(id)}/consequences`, signal, '');
