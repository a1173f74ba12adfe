/** `/api/scenarios/{id}/consequences` and `/api/scenarios/compare`: what follows from scenarios, as a table. */
import { invalidParameter, missingParameter } from '../../../core/errors.ts';
import {
  MOST_COMPARED,
  type TableParameters,
  tableParametersSchema,
} from '../../../core/wire/consequences.ts';
import { validatedJson } from '../../http/json.ts';
import { type Kvp, readKvp } from '../../http/kvp.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

const ONE = '/api/scenarios/:scenario/consequences';

export function consequences({ consequences: tables }: Pick<Services, 'consequences'>): Protocol {
  return {
    name: 'consequences',
    prefix: ONE,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: ONE,
        handle: async (ask) => {
          const parameters = parametersOf(readKvp(ask.query));
          return validatedJson(
            ask,
            await tables.of(ask.route['scenario'] ?? '', parameters, ask.view.who, ask.signal),
          );
        },
      },
      {
        method: 'GET',
        path: '/api/scenarios/compare',
        handle: async (ask) => {
          const kvp = readKvp(ask.query);
          return validatedJson(
            ask,
            await tables.compare(idsOf(kvp), parametersOf(kvp), ask.view.who, ask.signal),
          );
        },
      },
    ],
  };
}

function idsOf(kvp: Kvp): readonly [string, ...string[]] {
  const [first, ...others] = [...new Set(kvp.list('ids') ?? [])];
  if (first === undefined) {
    throw missingParameter('ids', 'Name the scenarios to compare: ids=k3v5…,m7xq…');
  }
  if (others.length >= MOST_COMPARED) {
    throw invalidParameter(
      'ids',
      `At most ${MOST_COMPARED} scenarios are compared at once, got ${others.length + 1}`,
    );
  }
  return [first, ...others];
}

const NAMES = ['marginM', 'nurseryShare', 'trafficHour'] as const;

/** @throws TwinError invalid-parameter naming the first that does not fit */
function parametersOf(kvp: Kvp): TableParameters {
  const given = Object.fromEntries(
    NAMES.flatMap((name) => {
      const text = kvp.get(name);
      return text === undefined ? [] : [[name, numberOf(text, name)]];
    }),
  );
  const bbox = kvp.list('bbox')?.map((text) => numberOf(text, 'bbox'));
  const read = tableParametersSchema.safeParse({ ...given, ...(bbox && { bbox }) });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = String(issue?.path[0] ?? 'parameters');
  throw invalidParameter(where, `${where} cannot be used: ${issue?.message}`);
}

function numberOf(text: string, name: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw invalidParameter(name, `${name} must be made of numbers, got "${text.slice(0, 100)}"`);
}
