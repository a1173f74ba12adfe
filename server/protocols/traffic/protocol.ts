/** `/api/traffic`: what a run of `traffic-assignment` found, for print and other programs, and how far it agrees with counts. */
import { strToU8 } from 'fflate';
import { TRAFFIC_ASSIGNMENT } from '../../../core/analysis/traffic/traffic-assignment.ts';
import { trafficReport } from '../../../core/documents/traffic-report.ts';
import { conflict, invalidParameter } from '../../../core/errors.ts';
import type { Text } from '../../../core/feature/layer.ts';
import { sameZip } from '../../../core/formats/same-zip.ts';
import { TRAFFIC_FORMATS, trafficFiles } from '../../../core/formats/traffic-files.ts';
import type { Run } from '../../../core/wire/run.ts';
import { type TrafficResult, trafficResultSchema } from '../../../core/wire/traffic.ts';
import { documentReply } from '../../http/document-reply.ts';
import { jsonReply } from '../../http/json.ts';
import { chooseLanguage } from '../../http/negotiate.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import { DOCUMENT_FORMATS, type DocumentFormat } from '../../services/documents.ts';
import type { Services } from '../../services.ts';
import { linksCsv } from './links-csv.ts';
import { noiseGeoJson } from './noise-geojson.ts';
import { drawTrafficMap } from './report-map.ts';
import { drawNoiseMaps } from './report-noise.ts';
import { knownValidation, validatedRun, validationCsv, validationReply } from './validation.ts';

type TrafficServices = Pick<Services, 'runs' | 'documents' | 'scenarios' | 'catalogue' | 'maps' | 'pictures'>;

const PREFIX = '/api/traffic';
const ONE = `${PREFIX}/runs/:run`;

interface City {
  readonly name: Text;
  readonly srid: number;
}

/** @param city its name and CRS, for documents */
export function traffic(services: TrafficServices, city: City): Protocol {
  return {
    name: 'traffic',
    prefix: PREFIX,
    explain: explainAsProblem,
    routes: [
      ...DOCUMENT_FORMATS.map((format) => ({
        method: 'GET' as const,
        path: `${ONE}/report.${format}`,
        handle: (ask: Ask) => answerReport(services, city, format, ask),
      })),
      {
        method: 'GET',
        path: `${ONE}/links.csv`,
        handle: async (ask) => {
          const { result } = await solvedRun(services, ask);
          const headers = { 'content-type': 'text/csv; charset=utf-8' };
          return documentReply(ask, { body: linksCsv(result.links), headers }, 'traffic-links.csv');
        },
      },
      {
        method: 'GET',
        path: `${ONE}/noise.geojson`,
        handle: async (ask) => {
          const { result } = await solvedRun(services, ask);
          const body = JSON.stringify(noiseGeoJson(result, ask.query.get('state') ?? null));
          return documentReply(
            ask,
            { body, headers: { 'content-type': 'application/geo+json' } },
            'traffic-noise.geojson',
          );
        },
      },
      {
        method: 'GET',
        path: `${ONE}/validation.csv`,
        handle: async (ask) => {
          const { result } = await solvedRun(services, ask);
          const headers = { 'content-type': 'text/csv; charset=utf-8' };
          const body = validationCsv(knownValidation(result.validation));
          return documentReply(ask, { body, headers }, 'traffic-validation.csv');
        },
      },
      {
        method: 'GET',
        path: `${PREFIX}/validation`,
        handle: async (ask) => {
          const run = await validatedRun(services.runs, ask);
          const result = resultOf(await services.runs.result(run, ask.view.who));
          return jsonReply(validationReply(run, result), { 'cache-control': 'no-store' });
        },
      },
      ...TRAFFIC_FORMATS.map((format) => ({
        method: 'GET' as const,
        path: `${ONE}/${format}.zip`,
        handle: async (ask: Ask) => {
          const { result } = await solvedRun(services, ask);
          const files = Object.fromEntries(
            [...trafficFiles(result, format)].map(([name, text]) => [name, strToU8(text)]),
          );
          const headers = { 'content-type': 'application/zip' };
          return documentReply(ask, { body: sameZip(files), headers }, `traffic-${format}.zip`);
        },
      })),
    ],
  };
}

/** @throws TwinError not-found, conflict while there is no result, invalid-parameter for a run of another model */
async function solvedRun({ runs }: TrafficServices, { route, view }: Ask) {
  const id = route['run'] ?? '';
  const run = await runs.read(id, view.who);
  if (run.model !== TRAFFIC_ASSIGNMENT.name) {
    throw invalidParameter('run', `Run "${id}" is of the model ${run.model}, not ${TRAFFIC_ASSIGNMENT.name}`);
  }
  return { run, result: resultOf(await runs.result(id, view.who)) };
}

function resultOf(text: string): TrafficResult {
  const read = trafficResultSchema.safeParse(JSON.parse(text));
  if (read.success) return read.data;
  throw conflict('This run was made by an earlier release; ask for it again', 'run');
}

async function answerReport(
  services: TrafficServices,
  { name, srid }: City,
  format: DocumentFormat,
  ask: Ask,
): Promise<Reply> {
  const { run, result } = await solvedRun(services, ask);
  const language = chooseLanguage(ask);
  const { lawDate } = run;
  const map = await drawTrafficMap(services, ask.view, result, { srid, language }, ask.signal);
  const options = { srid, language, lawDate };
  const noiseMaps = await drawNoiseMaps(services, ask.view, result, options, ask.signal);
  const paper = {
    ...{ city: name, result, language, map, noiseMaps, lawDate },
    run: { id: run.id, version: run.modelVersion, date: new Date(run.endedAt ?? run.createdAt) },
    scenario: await titleOf(services, run, ask),
  };
  const written = await services.documents.write(trafficReport(paper), format);
  return documentReply(ask, written, `ruch-${run.id.slice(0, 8)}.${format}`);
}

/** Whoever may read the run may read its scenario; a deleted one has no title any more. */
async function titleOf(
  { scenarios }: TrafficServices,
  { scenario }: Run,
  ask: Ask,
): Promise<string | undefined> {
  const id = scenario?.id;
  return id ? (await scenarios.read(id, ask.view.who)).title : undefined;
}
