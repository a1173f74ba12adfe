/** `/api/parcels/{id}`, `/api/parcels/{id}/check` and `/api/checks`: what constrains parcels and drawn polygons. */
import { invalidParameter } from '../../../core/errors.ts';
import type { FeatureQuery } from '../../../core/feature/query.ts';
import type { Geometry } from '../../../core/geo/geometry.ts';
import {
  type ChecksReply,
  type ChecksRequest,
  FINDING_STATES,
  type ParcelCheck,
} from '../../../core/wire/parcel-check.ts';
import { ANONYMOUS } from '../../access/identity.ts';
import { jsonReply, validatedJson } from '../../http/json.ts';
import { readKvp } from '../../http/kvp.ts';
import { lawDateOf } from '../../http/law-date.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import { type CheckTerms, unknownParcel } from '../../services/parcel-checks.ts';
import type { Services } from '../../services.ts';
import { checksAsked } from './asked.ts';
import { checksCsv, checksLayers } from './check-files.ts';
import { CHECK_FORMATS, GEO_PACKAGE } from './formats.ts';

const ONE = '/api/parcels/:parcel';

const UNKEPT = { 'cache-control': 'no-store' };

export type ParcelCheckServices = Pick<Services, 'parcelChecks' | 'geoPackages' | 'featuresFor'>;

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
  const isMap = format === 'gpkg';
  const wanted = isMap ? { ...asked, withGeometry: true } : asked;
  const reply = await services.parcelChecks.many(wanted, ask.view, ask.signal);
  if (format === 'json') return jsonReply(reply, UNKEPT);
  if (!isMap) return fileReply('csv', 'text/csv; charset=utf-8; header=present', checksCsv(reply));
  const layers = checksLayers(reply, await outlinesOf(services, asked, reply, ask));
  const newest = Math.max(0, ...reply.checks.map((check) => Date.parse(check.asked.asOf)));
  return fileReply('gpkg', GEO_PACKAGE, await services.geoPackages.write(layers, new Date(newest)));
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

/** Of parcels as everybody may see them, and of what was drawn. */
async function outlinesOf(
  { featuresFor }: ParcelCheckServices,
  { geometry, areas = [] }: ChecksRequest,
  { checks }: ChecksReply,
  { view, signal }: Ask,
): Promise<ReadonlyMap<string, Geometry>> {
  const outlines = new Map<string, Geometry>();
  if (geometry) outlines.set('drawn', geometry);
  for (const area of areas) outlines.set(area.id, area.geometry);
  const ids = checks.map(({ parcel }) => parcel.id).filter((id) => !outlines.has(id));
  for (const layer of ['parcels', 'buildings']) {
    const missing = ids.filter((id) => !outlines.has(id));
    if (missing.length === 0) break;
    const query: FeatureQuery = {
      layer,
      filter: { op: 'ids', ids: missing },
      properties: [],
      limit: missing.length,
    };
    for await (const feature of featuresFor({ ...view, who: ANONYMOUS }).query(query, signal)) {
      if (feature.geometry) outlines.set(feature.id, feature.geometry);
    }
  }
  return outlines;
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
