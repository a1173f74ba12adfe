/** `/api/parcels/{id}/capacity`: what may still be built on a parcel. */
import { z } from 'zod';
import { invalidParameter } from '../../../core/errors.ts';
import { type CapacityParameters, capacityParametersSchema } from '../../../core/wire/capacity.ts';
import { etagOf, matchesEtag } from '../../http/etag.ts';
import { jsonReply } from '../../http/json.ts';
import { type Kvp, readKvp } from '../../http/kvp.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
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
          return validated(ask, await parcels.of(parameters, lawDateOf(kvp), ask.view, ask.signal));
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

function lawDateOf(kvp: Kvp): string | undefined {
  const text = kvp.get('lawDate');
  if (text === undefined || z.iso.date().safeParse(text).success) return text;
  throw invalidParameter('lawDate', `lawDate must be a day as in 2026-06-30, got "${text.slice(0, 100)}"`);
}

/** The same parcel, law and city give the same bytes, so their digest is the validator. */
function validated({ headers }: Ask, document: object): Reply {
  const made = jsonReply(document, { 'cache-control': 'no-cache' });
  const etag = etagOf(String(made.body));
  if (matchesEtag(headers['if-none-match'], etag)) return { status: 304, headers: { etag } };
  return { ...made, headers: { ...made.headers, etag } };
}
