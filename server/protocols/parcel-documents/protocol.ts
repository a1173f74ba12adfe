/** `/api/parcels/{id}/report.{pdf,html,docx}` and `…/extract.{pdf,html,docx}`: the check of a parcel and its plans for print. */
import { checkReport } from '../../../core/documents/parcel/check-report.ts';
import { planExtract } from '../../../core/documents/parcel/plan-extract.ts';
import type { PrintDocument } from '../../../core/documents/print-document.ts';
import type { Layer, Text } from '../../../core/feature/layer.ts';
import type { Geometry } from '../../../core/geo/geometry.ts';
import { geometrySchema } from '../../../core/wire/geometry.ts';
import type { ParcelCheck } from '../../../core/wire/parcel-check.ts';
import { ANONYMOUS } from '../../access/identity.ts';
import type { View } from '../../access/view.ts';
import { documentReply } from '../../http/document-reply.ts';
import { readKvp } from '../../http/kvp.ts';
import { lawDateOf } from '../../http/law-date.ts';
import { chooseLanguage } from '../../http/negotiate.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import { DOCUMENT_FORMATS, type DocumentFormat } from '../../services/documents.ts';
import { unknownParcel } from '../../services/parcel-checks.ts';
import type { Services } from '../../services.ts';
import { drawParcel } from './drawing.ts';
import { proofOf } from './proof.ts';

export type ParcelDocumentServices = Pick<
  Services,
  'parcelChecks' | 'dossiers' | 'catalogue' | 'maps' | 'pictures' | 'documents'
>;

/** The city that a document speaks of. */
export interface DocumentedCity {
  readonly name: Text;
  /** EPSG code of the cadastral CRS. */
  readonly srid: number;
}

type Kind = 'report' | 'extract';

const NAMES = { report: 'sprawdzenie-dzialki', extract: 'wypis-i-wyrys' } as const;

export function parcelDocuments(services: ParcelDocumentServices, city: DocumentedCity): Protocol {
  return {
    name: 'parcel-documents',
    prefix: '/api/parcels/:parcel/report.pdf',
    explain: explainAsProblem,
    routes: (['report', 'extract'] as const).flatMap((kind) =>
      DOCUMENT_FORMATS.map((format) => ({
        method: 'GET' as const,
        path: `/api/parcels/:parcel/${kind}.${format}`,
        handle: (ask: Ask) => answer(services, city, kind, format, ask),
      })),
    ),
  };
}

async function answer(
  services: ParcelDocumentServices,
  city: DocumentedCity,
  kind: Kind,
  format: DocumentFormat,
  ask: Ask,
): Promise<Reply> {
  const document = await makeDocument(services, city, kind, ask);
  const id = (ask.route['parcel'] ?? '').replaceAll(/[^\w.-]+/g, '-');
  return documentReply(
    ask,
    await services.documents.write(document, format),
    `${NAMES[kind]}-${id}.${format}`,
  );
}

/** Plans and what they stand on; networks would bury them. */
const OF_PLANS: ReadonlySet<string> = new Set([
  'parcels',
  'buildings',
  'plan_zones',
  'building_lines',
  'roads',
]);

/** Made from what everybody may see, whoever asks: a document is made to be passed on. */
async function makeDocument(
  services: ParcelDocumentServices,
  city: DocumentedCity,
  kind: Kind,
  ask: Ask,
): Promise<PrintDocument> {
  const language = chooseLanguage(ask);
  const view: View = { ...ask.view, who: ANONYMOUS };
  const terms = { lawDate: lawDateOf(readKvp(ask.query)), withGeometry: true };
  const check = await services.parcelChecks.one(ask.route['parcel'] ?? '', terms, view, ask.signal);
  if (!('findings' in check)) throw unknownParcel(check);
  const dossier = await services.dossiers.of(check.parcel.id, view, ask.signal);
  const layers = (await services.catalogue.layers(view)).filter(({ dataset }) => dataset === 'city');
  const isDrawn = (layer: Layer) =>
    layer.dimension === 2 && (kind === 'extract' ? OF_PLANS.has(layer.name) : layer.initiallyVisible);
  const { bbox } = check.parcel;
  const drawing = await drawParcel(
    services,
    view,
    layers.filter(isDrawn).toSorted((a, b) => a.drawOrder - b.drawOrder),
    {
      bbox,
      outline: dossier.parcel.geometry as Geometry,
      conflicts: kind === 'report' ? conflictsOf(check) : [],
      srid: city.srid,
    },
    language,
    ask.signal,
  );
  const common = {
    ...{ check, language, drawing },
    author: city.name[language],
    isSynthetic: dossier.groups.some((group) => group.layers.some(({ synthetic }) => synthetic)),
    scenario: view.scenario?.title,
    proof: proofOf(ask.publicUrl.replace(/\/(?:s|at)\/[^/]+$/, ''), check, language),
  };
  return kind === 'report' ? checkReport(common) : planExtract({ ...common, dossier, layers });
}

/** Those that cover the whole parcel say nothing on a map of it. */
function conflictsOf({ findings }: ParcelCheck): readonly Geometry[] {
  return findings
    .filter(
      ({ state, measured }) => (state === 'applies' || state === 'touches') && (measured?.share ?? 0) < 0.98,
    )
    .flatMap(({ geometry }) => {
      const read = geometrySchema.safeParse(geometry);
      return read.success ? [read.data as Geometry] : [];
    });
}
