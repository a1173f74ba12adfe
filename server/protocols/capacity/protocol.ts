/** `/api/parcels/{id}/capacity`: what may still be built on a parcel. */
import { invalidParameter } from '../../../core/errors.ts';
import { type CapacityParameters, capacityParametersSchema } from '../../../core/wire/capacity.ts';
import { validatedJson } from '../../http/json.ts';
import { type Kvp, readKvp } from '../../http/kvp.ts';
import { lawDateOf } from '../../http/law-date.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

export const CAPACITY_PATH = '/api/parcels/:parcel/capacity';

export function capacity({ capacity: parcels }: Pick<Services, 'capacity'>): Protocol {
  return {
    name: 'capacity',
    prefix: CAPACITY_PATH,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: CAPACITY_PATH,
        handle: async (ask) => {
          const kvp = readKvp(ask.query);
          const parameters = parametersOf(kvp, ask.route['parcel'] ?? '');
          return validatedJson(ask, await parcels.of(parameters, lawDateOf(kvp), ask.view, ask.signal));
        },
      },
    ],
  };
}

const WORDS = ['use', 'walls', 'strips'] as const;
const NUMBERS = ['storeyM', 'dwellingM2', 'spaceM2', 'parkingBelow'] as const;

function parametersOf(kvp: Kvp, parcel: string): CapacityParameters {
  const given: Record<string, string | number> = { parcel };
  for (const name of WORDS) {
    const text = kvp.get(name);
    if (text !== undefined) given[name] = text;
  }
  for (const name of NUMBERS) {
    const text = kvp.get(name);
    if (text !== undefined) given[name] = Number(text);
  }
  const read = capacityParametersSchema.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = String(issue?.path[0] ?? 'parameters');
  throw invalidParameter(where, `${where} cannot be used: ${issue?.message}`);
}
