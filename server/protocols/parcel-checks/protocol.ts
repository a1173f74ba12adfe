/** `/api/parcels/{id}`, `/api/parcels/{id}/check` and `/api/checks`: what constrains parcels and drawn polygons. */
import { invalidParameter } from '../../../core/errors.ts';
import {
  type ChecksReply,
  type ChecksRequest,
  FINDING_STATES,
  type ParcelCheck,
} from '../../../core/wire/parcel-check.ts';
import { checksAsked } from '../../http/checks-asked.ts';
import { jsonReply, validatedJson } from '../../http/json.ts';
import { type Kvp, readKvp } from '../../http/kvp.ts';
import { lawDateOf } from '../../http/law-date.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import { GEO_PACKAGE } from '../../services/geo-packages.ts';
import { type CheckTerms, unknownParcel } from '../../services/parcel-checks.ts';
import type { Services } from '../../services.ts';
import { checksCsv, checksLayers } from './check-files.ts';
import { CHECK_FORMATS } from './formats.ts';

const ONE = '/api/parcels/:parcel';

const UNKEPT = { 'cache-control': 'no-store' };

export type ParcelCheckServices = Pick<Services, 'parcelChecks' | 'geoPackages'>;

export function parcelChecks(services: ParcelCheckServices): Protocol {
  const checkOf = async (ask: Ask): Promise<ParcelCheck> => {
    const id = ask.route['parcel'] ?? '';
    const made = await services.parcelChecks.one(id, termsOf(ask), ask.view, ask.signal);
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
      { method: 'POST', path: '/api/checks', handle: (ask) => checkMany(services, ask) },
    ],
  };
}

async function checkMany(services: ParcelCheckServices, ask: Ask): Promise<Reply> {
  const format = readKvp(ask.query).get('f') ?? 'json';
  if (!(CHECK_FORMATS as readonly string[]).includes(format)) {
    throw invalidParameter('f', `f must be ${CHECK_FORMATS.join(', ')}, got "${format.slice(0, 50)}"`);
  }
  const asked = await checksAsked(ask, services.geoPackages);
  if (format !== 'gpkg') {
    if (format === 'json') return jsonReply(await checksJson(services, ask, asked), UNKEPT);
    const reply = await services.parcelChecks.many(asked, ask.view, ask.signal);
    return fileReply('csv', 'text/csv; charset=utf-8; header=present', checksCsv(reply));
  }
  const wanted = { ...asked, withGeometry: true };
  const { reply, outlines } = await services.parcelChecks.manyDrawn(wanted, ask.view, ask.signal);
  const newest = Math.max(0, ...reply.checks.map((check) => Date.parse(check.asked.asOf)));
  const file = await services.geoPackages.writeSmall(checksLayers(reply, outlines), new Date(newest));
  return fileReply('gpkg', GEO_PACKAGE, file);
}

async function checksJson(
  { parcelChecks }: ParcelCheckServices,
  { query, view, signal }: Ask,
  asked: ChecksRequest,
): Promise<ChecksReply> {
  if (!flagOf(readKvp(query), 'outlines', false)) return parcelChecks.many(asked, view, signal);
  const { reply, outlines } = await parcelChecks.manyDrawn(asked, view, signal);
  return { ...reply, outlines: [...outlines].map(([id, geometry]) => ({ id, geometry: { ...geometry } })) };
}

const fileReply = (ending: string, type: string, body: string | Uint8Array): Reply => ({
  status: 200,
  headers: {
    'content-type': type,
    'content-disposition': `attachment; filename="parcel-checks.${ending}"`,
    ...UNKEPT,
  },
  body,
});

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
  return { lawDate: lawDateOf(kvp), withGeometry: flagOf(kvp, 'geometry', true) };
}

function flagOf(kvp: Kvp, name: string, unsaid: boolean): boolean {
  const said = kvp.get(name) ?? String(unsaid);
  if (said !== 'true' && said !== 'false') throw invalidParameter(name, `${name} must be true or false`);
  return said === 'true';
}
