/** `POST /api/siting/report.{pdf,html,docx,gpkg}`: new sites for print and for GIS programs. */
import { z } from 'zod';
import { sitingReport } from '../../../core/documents/siting-report.ts';
import type { Text } from '../../../core/feature/layer.ts';
import { sitingAskedSchema, sitingPreviewSchema } from '../../../core/wire/siting-question.ts';
import { ANONYMOUS } from '../../access/identity.ts';
import type { View } from '../../access/view.ts';
import { parseBody } from '../../http/changing.ts';
import { documentReply } from '../../http/document-reply.ts';
import { chooseLanguage } from '../../http/negotiate.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import { DOCUMENT_FORMATS } from '../../services/documents.ts';
import { GEO_PACKAGE } from '../../services/geo-packages.ts';
import type { Services } from '../../services.ts';
import { sitingLayers } from './report-layers.ts';
import { drawSitingMaps } from './report-maps.ts';

export type SitingReportServices = Pick<
  Services,
  'siting' | 'documents' | 'scenarios' | 'geoPackages' | 'catalogue' | 'maps' | 'pictures'
>;

/** The city that a report speaks of. */
export interface ReportedCity {
  readonly name: Text;
  /** EPSG code of the CRS of places. */
  readonly srid: number;
}

export const REPORT_FORMATS = [...DOCUMENT_FORMATS, 'gpkg'] as const;

export const sitingReportSchema = z.union(
  [
    z.strictObject({ question: sitingAskedSchema.describe('The best sites of this question') }),
    z.strictObject({ preview: sitingPreviewSchema.describe('Sites as somebody has put them') }),
  ],
  'name either question, as POST /api/siting takes it, or preview, as POST /api/siting/preview does',
);

/** Made from what everybody may see, whoever asks: a document is made to be passed on. */
export async function answerReport(
  services: SitingReportServices,
  city: ReportedCity,
  format: (typeof REPORT_FORMATS)[number],
  ask: Ask,
): Promise<Reply> {
  const asked = parseBody(ask, sitingReportSchema);
  const view: View = { ...ask.view, who: ANONYMOUS };
  const found =
    'question' in asked ? await services.siting.answer(asked.question, view, ask.signal) : undefined;
  // A map shows everybody, also where nothing changes.
  const told =
    'preview' in asked
      ? await services.siting.preview({ ...asked.preview, points: 'all' }, view, ask.signal)
      : found;
  if (!told) throw new Error('neither a question nor sites');
  const { kind } = 'question' in asked ? asked.question : asked.preview;
  const fileName = `nowe-placowki-${kind.replaceAll('_', '-')}.${format}`;
  const language = chooseLanguage(ask);
  const date = dayOf(ask.view.at ?? new Date());
  if (format === 'gpkg') {
    const body = await services.geoPackages.writeSmall(sitingLayers(told, kind, language), date);
    return documentReply(ask, { body, headers: { 'content-type': GEO_PACKAGE } }, fileName);
  }
  const scenario = ask.view.scenario && (await services.scenarios.read(ask.view.scenario.id, ask.view.who));
  const maps = await drawSitingMaps(services, view, told, { srid: city.srid, language }, ask.signal);
  const title = scenario?.title;
  const paper = { city: city.name, language, date, scenario: title, kind, told, found, maps };
  return documentReply(ask, await services.documents.write(sitingReport(paper), format), fileName);
}

/** The same day, the same document. */
const dayOf = (moment: Date): Date => new Date(`${moment.toISOString().slice(0, 10)}T12:00:00Z`);
