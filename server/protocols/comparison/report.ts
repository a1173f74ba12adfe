/** GET `/api/scenarios/compare/report.html`, `.pdf` and `.docx`. */
import type { ReportMap } from '../../../core/documents/comparison-maps.ts';
import { comparisonReport, type ReportLayer } from '../../../core/documents/comparison-report.ts';
import { REPORT_WORDS } from '../../../core/documents/comparison-words.ts';
import type { PrintDocument } from '../../../core/documents/print-document.ts';
import { invalidParameter, missingParameter, notFound } from '../../../core/errors.ts';
import type { Language, Layer, Text } from '../../../core/feature/layer.ts';
import type { Difference } from '../../../core/scenario/difference.ts';
import { type TableParameters, tableParametersSchema } from '../../../core/wire/consequences.ts';
import { ANONYMOUS } from '../../access/identity.ts';
import type { ScenarioState, View } from '../../access/view.ts';
import { documentReply } from '../../http/document-reply.ts';
import { readKvp } from '../../http/kvp.ts';
import { chooseLanguage } from '../../http/negotiate.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { DocumentFormat } from '../../services/documents.ts';
import type { Services } from '../../services.ts';
import { boxAround, drawFromAir, drawMap, geometriesOf, mapFrame } from './report-maps.ts';

/** More columns do not fit the paper. */
export const MOST_REPORTED = 4;
const MOST_DRAWN = 5_000;

export type ReportServices = Pick<
  Services,
  | 'scenarios'
  | 'differences'
  | 'consequences'
  | 'catalogue'
  | 'featuresFor'
  | 'maps'
  | 'pictures'
  | 'documents'
>;

/** The city that a report speaks of. */
export interface ReportedCity {
  readonly name: Text;
  /** EPSG code of the cadastral CRS. */
  readonly srid: number;
}

export async function getReport(
  services: ReportServices,
  city: ReportedCity,
  format: DocumentFormat,
  ask: Ask,
): Promise<Reply> {
  const report = await makeReport(services, city, ask);
  const name = report.language === 'pl' ? 'porownanie-wariantow' : 'scenarios-compared';
  return documentReply(ask, await services.documents.write(report, format), `${name}.${format}`);
}

async function makeReport(services: ReportServices, city: ReportedCity, ask: Ask): Promise<PrintDocument> {
  const language = chooseLanguage(ask);
  const { who } = ask.view;
  const ids = idsOf(ask);
  const states: ScenarioState[] = [];
  for (const id of ids) states.push(await stateOf(services, id, ask));
  const comparison = await services.consequences.compare(ids, parametersOf(ask), who, ask.signal);
  const scenarios = await Promise.all(ids.map((id) => services.scenarios.read(id, who)));
  const [first] = states;
  if (!first) throw missingParameter('ids');
  const base: View = { who: ANONYMOUS, at: first.base };
  const known = await services.catalogue.layers(base);
  const layers = known
    .filter(({ dataset }) => dataset === 'city')
    .toSorted((a, b) => a.drawOrder - b.drawOrder);
  const drawn = layers.filter(({ dimension, initiallyVisible }) => dimension === 2 && initiallyVisible);
  return comparisonReport({
    ...{ city: city.name, language, comparison, scenarios },
    serviceUrl: ask.publicUrl.replace(/\/(?:s|at)\/[^/]+$/, ''),
    maps: await drawMaps(services, city.srid, base, language, states, drawn, ask.signal),
    layers: await toldLayers(services, layers, base),
  });
}

/** What is drawn is what everybody may see: a report is made to be passed on. */
async function drawMaps(
  services: ReportServices,
  srid: number,
  base: View,
  language: Language,
  states: readonly ScenarioState[],
  layers: readonly Layer[],
  signal: AbortSignal,
): Promise<readonly ReportMap[]> {
  const drawable = new Set(layers.map(({ name }) => name));
  const found = [];
  for (const state of states) {
    const { differences, more } = await services.differences.of(
      state,
      ANONYMOUS,
      { srid, limit: MOST_DRAWN },
      signal,
    );
    found.push({ state, more, differences, drawn: differences.filter(({ layer }) => drawable.has(layer)) });
  }
  const all = found.flatMap(({ drawn }) => drawn);
  const frame = mapFrame(all.flatMap(geometriesOf), srid);
  if (!frame) return [];
  const everything = found.flatMap(({ differences }) => differences);
  const place = boxAround(everything.flatMap(geometriesOf), srid);
  const fromAir = async (view: View, differences: readonly Difference[]) =>
    place && drawFromAir(services, view, place, differences, signal);
  const before = await drawMap(services, base, layers, all.flatMap(lost), frame, language, signal);
  const maps: ReportMap[] = [
    {
      title: REPORT_WORDS.baseState[language],
      map: before,
      birdsEye: await fromAir(base, everything.flatMap(lost)),
      changes: undefined,
    },
  ];
  for (const { state, differences, drawn, more } of found) {
    const view: View = { who: ANONYMOUS, scenario: state };
    const count = (change: Difference['change']) => drawn.filter((one) => one.change === change).length;
    const changes = { added: count('added'), removed: count('removed'), changed: count('changed'), more };
    maps.push({
      title: state.title,
      map: await drawMap(services, view, layers, drawn, frame, language, signal),
      birdsEye: await fromAir(view, differences),
      changes,
    });
  }
  return maps;
}

/** What some scenario takes away or changes, as the base still has it. */
const lost = (one: Difference): readonly Difference[] =>
  one.change === 'added' ? [] : [{ ...one, after: one.before }];

async function toldLayers(
  { catalogue }: ReportServices,
  layers: readonly Layer[],
  base: View,
): Promise<readonly ReportLayer[]> {
  const told: ReportLayer[] = [];
  for (const { name, title, steward } of layers) {
    const { source, loadedAt, synthetic, count } = await catalogue.status(name, base);
    if (count > 0) told.push({ title, steward, source, loadedAt, synthetic });
  }
  return told;
}

function idsOf({ query }: Ask): readonly [string, ...string[]] {
  const [first, ...others] = [...new Set(readKvp(query).list('ids') ?? [])];
  if (first === undefined) throw missingParameter('ids', 'Name the scenarios to report on: ids=k3v5…,m7xq…');
  if (others.length >= MOST_REPORTED) {
    const got = others.length + 1;
    throw invalidParameter('ids', `A report holds at most ${MOST_REPORTED} scenarios, got ${got}`);
  }
  return [first, ...others];
}

/** @throws TwinError invalid-parameter */
function parametersOf({ query }: Ask): TableParameters {
  const hour = readKvp(query).get('trafficHour');
  const read = tableParametersSchema.safeParse(hour === undefined ? {} : { trafficHour: Number(hour) });
  if (read.success) return read.data;
  throw invalidParameter('trafficHour', `trafficHour must be a whole hour from 0 to 23, got "${hour}"`);
}

async function stateOf({ scenarios }: ReportServices, id: string, { view }: Ask): Promise<ScenarioState> {
  const state = await scenarios.state(id, view.who);
  if (state) return state;
  throw notFound(`There is no scenario "${id.slice(0, 100)}" that you may read`, 'ids');
}
