/**
 * `/api/parcels/{id}/report.{pdf,html,docx}` and `…/extract.…`: the check of a parcel and its plans for print;
 * `POST /api/checks/report.…`: that of a list, or of a drawn area. `/api/parcels/{id}/birds-eye.png`: the parcel from the
 * air, drawn from the 3D model.
 */
import { checkReport } from '../../../core/documents/parcel/check-report.ts';
import { listReport } from '../../../core/documents/parcel/list-report.ts';
import { planExtract } from '../../../core/documents/parcel/plan-extract.ts';
import type { Figure, PrintDocument } from '../../../core/documents/print-document.ts';
import { notFound, tooLarge } from '../../../core/errors.ts';
import type { Feature } from '../../../core/feature/feature.ts';
import type { Layer, Text } from '../../../core/feature/layer.ts';
import { bboxOf } from '../../../core/geo/bbox.ts';
import type { Geometry } from '../../../core/geo/geometry.ts';
import { geometrySchema } from '../../../core/wire/geometry.ts';
import type { ChecksReply, ChecksRequest, ParcelCheck } from '../../../core/wire/parcel-check.ts';
import { drawBirdsEye, standsOn } from '../../../tiles/picture/birds-eye.ts';
import { ANONYMOUS } from '../../access/identity.ts';
import type { View } from '../../access/view.ts';
import { checksAsked } from '../../http/checks-asked.ts';
import { documentReply } from '../../http/document-reply.ts';
import { readKvp } from '../../http/kvp.ts';
import { lawDateOf } from '../../http/law-date.ts';
import { chooseLanguage } from '../../http/negotiate.ts';
import { explainAsProblem } from '../../http/problem.ts';
import type { Ask, Protocol, Reply } from '../../http/protocol.ts';
import { DOCUMENT_FORMATS, type DocumentFormat } from '../../services/documents.ts';
import { unknownParcel } from '../../services/parcel-checks.ts';
import type { Services } from '../../services.ts';
import { type DrawnParcel, drawParcel } from './drawing.ts';
import { proofOf, type ViewLink } from './proof.ts';

export type ParcelDocumentServices = Pick<
  Services,
  | 'parcelChecks'
  | 'dossiers'
  | 'catalogue'
  | 'featuresFor'
  | 'maps'
  | 'pictures'
  | 'documents'
  | 'geoPackages'
>;

/** The city that a document speaks of. */
export interface DocumentedCity {
  readonly name: Text;
  /** EPSG code of the cadastral CRS. */
  readonly srid: number;
}

type Kind = 'report' | 'extract';

const NAMES = {
  report: 'sprawdzenie-dzialki',
  extract: 'wypis-i-wyrys',
  list: 'sprawdzenie-listy',
} as const;

export function parcelDocuments(services: ParcelDocumentServices, city: DocumentedCity): Protocol {
  return {
    name: 'parcel-documents',
    prefix: '/api/parcels/:parcel/report.pdf',
    explain: explainAsProblem,
    routes: [
      {
        method: 'GET',
        path: '/api/parcels/:parcel/birds-eye.png',
        handle: (ask) => answerBirdsEye(services, city, ask),
      },
      ...DOCUMENT_FORMATS.flatMap((format) => [
        ...(['report', 'extract'] as const).map((kind) => ({
          method: 'GET' as const,
          path: `/api/parcels/:parcel/${kind}.${format}`,
          handle: (ask: Ask) => answer(services, city, kind, format, ask),
        })),
        {
          method: 'POST' as const,
          path: `/api/checks/report.${format}`,
          handle: async (ask: Ask) => {
            const document = await manyDocument(services, city, ask);
            const written = await services.documents.write(document, format);
            return documentReply(ask, written, `${NAMES.list}.${format}`);
          },
        },
      ]),
    ],
  };
}

/** Of the width of a panel, for screens with two pixels in each. */
const ON_SCREEN = { widthPx: 960, heightPx: 640 } as const;
/** As wide as the drawing to scale. */
const ON_PAPER = { widthPx: 870, heightPx: 520 } as const;

async function answerBirdsEye(
  services: ParcelDocumentServices,
  { srid }: DocumentedCity,
  ask: Ask,
): Promise<Reply> {
  const view: View = { ...ask.view, who: ANONYMOUS };
  const id = ask.route['parcel'] ?? '';
  const { parcel } = await services.dossiers.of(id, view, ask.signal);
  const geometry = parcel.geometry as Geometry;
  const drawn = await fromAir(services, view, { geometry, srid }, ON_SCREEN, ask.signal);
  if (!drawn) {
    throw tooLarge(
      `Parcel ${parcel.id} is too large to see houses on it from the air; use the map`,
      'parcel',
    );
  }
  const headers = { 'content-type': 'image/png' };
  return documentReply(ask, { body: drawn.file, headers }, `z-lotu-ptaka-${safeName(parcel.id)}.png`);
}

const safeName = (id: string): string => id.replaceAll(/[^\w.-]+/g, '-');

async function answer(
  services: ParcelDocumentServices,
  city: DocumentedCity,
  kind: Kind,
  format: DocumentFormat,
  ask: Ask,
): Promise<Reply> {
  const document = await makeDocument(services, city, kind, ask);
  const id = safeName(ask.route['parcel'] ?? '');
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
  const layers = await layersOf(services, view);
  const geometry = dossier.parcel.geometry as Geometry;
  const isDrawn = (layer: Layer) => (kind === 'extract' ? OF_PLANS.has(layer.name) : layer.initiallyVisible);
  const drawn: DrawnParcel = {
    bbox: check.parcel.bbox,
    outlines: [geometry],
    outlined: 'outline',
    conflicts: kind === 'report' ? conflictsOf(check) : [],
    srid: city.srid,
  };
  const seen = { geometry, srid: city.srid };
  const common = {
    ...{ check, language },
    drawing: await drawParcel(services, view, layers.filter(isDrawn), drawn, language, ask.signal),
    birdsEye: kind === 'report' ? await fromAir(services, view, seen, ON_PAPER, ask.signal) : undefined,
    author: city.name[language],
    isSynthetic: dossier.groups.some((group) => group.layers.some(({ synthetic }) => synthetic)),
    scenario: view.scenario?.title,
    proof: proofOf(rootOf(ask), { parcel: check.parcel.id }, check, language),
  };
  return kind === 'report' ? checkReport(common) : planExtract({ ...common, dossier, layers });
}

/** @returns undefined for a parcel as large as a district */
async function fromAir(
  { featuresFor, pictures }: ParcelDocumentServices,
  view: View,
  { geometry, srid }: { readonly geometry: Geometry; readonly srid: number },
  size: { readonly widthPx: number; readonly heightPx: number },
  signal: AbortSignal,
): Promise<Figure['picture'] | undefined> {
  const bbox = bboxOf(geometry, srid);
  if (!bbox) return undefined;
  const place = { bbox, marked: [geometry], isMeant: (house: Feature) => standsOn(house, geometry) };
  return drawBirdsEye(featuresFor(view), pictures, place, size, signal);
}

/** One drawn area as a parcel is told; a list in one document. */
async function manyDocument(
  services: ParcelDocumentServices,
  city: DocumentedCity,
  ask: Ask,
): Promise<PrintDocument> {
  const language = chooseLanguage(ask);
  const view: View = { ...ask.view, who: ANONYMOUS };
  const asked = await checksAsked(ask, services.geoPackages);
  const wanted = { ...asked, withGeometry: true };
  const { reply, outlines } = await services.parcelChecks.manyDrawn(wanted, view, ask.signal);
  const { checks } = reply;
  const [first] = checks;
  if (!first) {
    const ids = reply.unknown.map(({ id }) => id.slice(0, 100)).join(', ');
    throw notFound(`There is nothing to tell of: no parcel is ${ids.slice(0, 500)}`, 'parcels');
  }
  const isArea = checks.length === 1 && asked.geometry !== undefined;
  const layers = (await layersOf(services, view)).filter(({ initiallyVisible }) => initiallyVisible);
  const drawn: DrawnParcel = {
    bbox: around(checks.map(({ parcel }) => parcel.bbox)),
    outlines: [...outlines.values()],
    outlined: isArea ? 'areaOutline' : 'outlines',
    conflicts: isArea ? conflictsOf(first) : [],
    srid: city.srid,
  };
  const frame = {
    language,
    drawing: await drawParcel(services, view, layers, drawn, language, ask.signal),
    author: city.name[language],
    isSynthetic: await isSynthetic(services, view),
    scenario: view.scenario?.title,
    proof: proofOf(
      rootOf(ask),
      subjectOf(asked, reply),
      isArea ? first : { ...reply, asked: first.asked },
      language,
    ),
  };
  return isArea
    ? checkReport({ ...frame, check: first, birdsEye: undefined }, true)
    : listReport({ ...frame, reply, asked: first.asked });
}

function subjectOf(
  { geometry, buildings = [], parcels, points }: ChecksRequest,
  { checks, unknown }: ChecksReply,
): ViewLink {
  const [building] = buildings;
  const isBuilding = buildings.length === 1 && !parcels && !points;
  if (building !== undefined && isBuilding) return { building };
  const [ring] = geometry?.type === 'Polygon' ? geometry.coordinates : [];
  if (ring) return { area: ring.slice(0, -1) };
  return { list: [...checks.map(({ parcel }) => parcel.id), ...unknown.map(({ id }) => id)] };
}

const layersOf = async ({ catalogue }: ParcelDocumentServices, view: View): Promise<readonly Layer[]> =>
  (await catalogue.layers(view))
    .filter(({ dataset, dimension }) => dataset === 'city' && dimension === 2)
    .toSorted((a, b) => a.drawOrder - b.drawOrder);

const isSynthetic = async ({ catalogue }: ParcelDocumentServices, view: View): Promise<boolean> =>
  (await catalogue.status('parcels', view)).synthetic;

/** Where the service is seen, without the state of the city that this request asks for. */
const rootOf = ({ publicUrl }: Ask): string => publicUrl.replace(/\/(?:s|at)\/[^/]+$/, '');

type Box = DrawnParcel['bbox'];

const around = (boxes: readonly Box[]): Box => [
  Math.min(...boxes.map(([minE]) => minE)),
  Math.min(...boxes.map(([, minN]) => minN)),
  Math.max(...boxes.map(([, , maxE]) => maxE)),
  Math.max(...boxes.map(([, , , maxN]) => maxN)),
];

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
