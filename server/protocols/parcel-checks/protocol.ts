/** `/api/parcels/{id}`, `/api/parcels/{id}/check` and `/api/checks`: what constrains parcels and drawn polygons. */
import { checkTable } from '../../../core/analysis/parcel-check/check-table.ts';
import { invalidParameter } from '../../../core/errors.ts';
import {
  type ChecksReply,
  checksRequestSchema,
  FINDING_STATES,
  MOST_CORNERS,
  type ParcelCheck,
} from '../../../core/wire/parcel-check.ts';
import { parseBody } from '../../http/changing.ts';
import { jsonReply, validatedJson } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import { lawDateOf } from '../../http/law-date.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import { type CheckTerms, unknownParcel } from '../../services/parcel-checks.ts';
import type { Services } from '../../services.ts';

const ONE = '/api/parcels/:parcel';

export function parcelChecks({ parcelChecks: desk }: Pick<Services, 'parcelChecks'>): Protocol {
  const checkOf = async (ask: Ask): Promise<ParcelCheck> => {
    const id = ask.route['parcel'] ?? '';
    const made = await desk.one(id, termsOf(ask), ask.view, ask.signal);
    if ('findings' in made) return made;
    throw unknownParcel(made);
  };
  return {
    name: 'parcel-checks',
    prefix: `${ONE}/check`,
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: ONE,
        handle: async (ask) => validatedJson(ask, headOf(ask, await checkOf(ask))),
      },
      { method: 'GET', path: `${ONE}/check`, handle: async (ask) => validatedJson(ask, await checkOf(ask)) },
      {
        method: 'POST',
        path: '/api/checks',
        handle: async (ask) => {
          const asked = parseBody(ask, checksRequestSchema);
          if (asked.geometry) refuseTooManyCorners(asked.geometry);
          const reply = await desk.many(asked, ask.view, ask.signal);
          return readKvp(ask.query).get('f') === 'csv'
            ? tableOf(reply)
            : jsonReply(reply, { 'cache-control': 'no-store' });
        },
      },
    ],
  };
}

/** One row for each finding; ids that are no parcels are rows of their own, so that none gets lost. */
function tableOf({ checks, unknown }: ChecksReply): Reply {
  const table = checkTable();
  const missing = unknown.map(({ id }) => `"${id.replaceAll('"', '""')}",,unknown-parcel\r\n`);
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="parcel-checks.csv"',
      'cache-control': 'no-store',
    },
    body: [table.head, ...checks.map(table.rows), ...missing].join(''),
  };
}

/** The parcel with how many findings there are of each state. */
function headOf({ publicUrl, route }: Ask, { parcel, asked, findings, hash, code }: ParcelCheck): object {
  const counts = FINDING_STATES.map((state) => [
    state,
    findings.filter((finding) => finding.state === state).length,
  ]);
  const path = `${publicUrl}/api/parcels/${encodeURIComponent(route['parcel'] ?? '')}/check`;
  return { parcel, asked, findings: Object.fromEntries(counts), hash, code, check: path };
}

function termsOf({ query }: Ask): CheckTerms {
  const kvp = readKvp(query);
  const geometry = kvp.get('geometry') ?? 'true';
  if (geometry !== 'true' && geometry !== 'false') {
    throw invalidParameter('geometry', 'geometry must be true or false');
  }
  return { lawDate: lawDateOf(kvp), withGeometry: geometry === 'true' };
}

function refuseTooManyCorners({ coordinates }: { readonly coordinates: readonly unknown[] }): void {
  const corners = coordinates.flat(3).filter((value) => typeof value === 'number').length / 2;
  if (corners <= MOST_CORNERS) return;
  throw invalidParameter('geometry', `The polygon has more than ${MOST_CORNERS} corners; draw a simpler one`);
}
