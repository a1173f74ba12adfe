/** The whole service as one Express application: protocols under their prefixes, the viewer under `/`. */
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { asTwinError, invalidParameter, notFound, type TwinError } from '../core/errors.ts';
import type { Text } from '../core/feature/layer.ts';
import { COLLECTIVE_EGIB, KIEG } from '../core/profile/kieg.ts';
import { KIUT } from '../core/profile/kiut.ts';
import { ANONYMOUS, type Identity } from './access/identity.ts';
import type { AnsweredRequest } from './http/answered-request.ts';
import type { Log } from './http/log.ts';
import { answerWithoutRoute, logAccess, type MountOptions, mountProtocol } from './http/mount.ts';
import { explainAsProblem } from './http/problem.ts';
import type { Protocol } from './http/protocol.ts';
import { SECURITY_HEADERS } from './http/security-headers.ts';
import { underFolder } from './http/under-folder.ts';
import { badUrl } from './http/url-guard.ts';
import { splitPrefix } from './http/view-address.ts';
import { viewerFiles } from './http/viewer-files.ts';
import { cascadedServices } from './profiles/cascaded-services.ts';
import { countedDoor } from './profiles/counted-door.ts';
import { groundServices } from './profiles/ground-services.ts';
import { profiledServices } from './profiles/profiled-services.ts';
import { ACCOUNT_PATHS } from './protocols/accounts/openapi.ts';
import { accounts } from './protocols/accounts/protocol.ts';
import { tokens } from './protocols/accounts/tokens.ts';
import { ALERT_PATHS } from './protocols/alerts/openapi.ts';
import { alerts, thresholds } from './protocols/alerts/protocol.ts';
import { AUDIT_PATHS } from './protocols/audit/openapi.ts';
import { audit } from './protocols/audit/protocol.ts';
import { BUILDING_FILE_PATHS } from './protocols/building-files/openapi.ts';
import { buildingFiles } from './protocols/building-files/protocol.ts';
import { CAPACITY_PATHS } from './protocols/capacity/openapi.ts';
import { capacity } from './protocols/capacity/protocol.ts';
import { CASCADE_PATHS } from './protocols/cascade/openapi.ts';
import { cascade } from './protocols/cascade/protocol.ts';
import { COMPARISON_PATHS } from './protocols/comparison/openapi.ts';
import { comparison } from './protocols/comparison/protocol.ts';
import { CONSEQUENCE_PATHS } from './protocols/consequences/openapi.ts';
import { consequences } from './protocols/consequences/protocol.ts';
import { csw } from './protocols/csw/protocol.ts';
import { dcat } from './protocols/dcat/protocol.ts';
import { DIG_CHECK_PATHS } from './protocols/dig-check/openapi.ts';
import { digCheck } from './protocols/dig-check/protocol.ts';
import { DOSSIER_PATHS } from './protocols/dossier/openapi.ts';
import { dossier } from './protocols/dossier/protocol.ts';
import { events } from './protocols/events/protocol.ts';
import { GROUND_VOLUME_PATHS } from './protocols/ground-volume/openapi.ts';
import { groundVolume } from './protocols/ground-volume/protocol.ts';
import { health } from './protocols/health/protocol.ts';
import { KEPT_FINDINGS_PATHS } from './protocols/kept-findings/openapi.ts';
import { keptFindings } from './protocols/kept-findings/protocol.ts';
import { LIVE_PATHS } from './protocols/live/openapi.ts';
import { live } from './protocols/live/protocol.ts';
import { LOAD_PATHS } from './protocols/loads/openapi.ts';
import { loads } from './protocols/loads/protocol.ts';
import { MODEL_CHANGE_PATHS } from './protocols/model-changes/openapi.ts';
import { modelChanges } from './protocols/model-changes/protocol.ts';
import { MODEL_MISMATCH_PATHS } from './protocols/model-mismatches/openapi.ts';
import { modelMismatches } from './protocols/model-mismatches/protocol.ts';
import { obstructionFeeds } from './protocols/obstructions/feeds.ts';
import { OBSTRUCTION_PATHS } from './protocols/obstructions/openapi.ts';
import { obstructions } from './protocols/obstructions/protocol.ts';
import { ogcFeatures } from './protocols/ogc-features/protocol.ts';
import { ogcJobs } from './protocols/ogc-processes/jobs.ts';
import { processesPart } from './protocols/ogc-processes/part.ts';
import { ogcProcesses } from './protocols/ogc-processes/processes.ts';
import { OPERATIONS_PATHS } from './protocols/operations/openapi.ts';
import { metrics, operationsPage } from './protocols/operations/protocol.ts';
import { atom } from './protocols/orders/atom.ts';
import { ORDER_PATHS } from './protocols/orders/openapi.ts';
import { download, orders } from './protocols/orders/protocol.ts';
import { PARCEL_CHECK_PATHS } from './protocols/parcel-checks/openapi.ts';
import { parcelChecks } from './protocols/parcel-checks/protocol.ts';
import { PARCEL_DOCUMENT_PATHS } from './protocols/parcel-documents/openapi.ts';
import { parcelDocuments } from './protocols/parcel-documents/protocol.ts';
import { PARTICIPATION_PATHS } from './protocols/participation/openapi.ts';
import { participation } from './protocols/participation/protocol.ts';
import { recordsPart } from './protocols/records/part.ts';
import { records } from './protocols/records/protocol.ts';
import { RUN_PATHS } from './protocols/runs/openapi.ts';
import { models, runs } from './protocols/runs/protocol.ts';
import { SCENARIO_PATHS } from './protocols/scenarios/openapi.ts';
import { scenarios } from './protocols/scenarios/protocol.ts';
import { securityTxt } from './protocols/security-txt/protocol.ts';
import { SITE_PATHS } from './protocols/sites/openapi.ts';
import { sites } from './protocols/sites/protocol.ts';
import { SITING_PATHS } from './protocols/siting/openapi.ts';
import { siting } from './protocols/siting/protocol.ts';
import { sensorThings } from './protocols/sta/protocol.ts';
import { stylesPart } from './protocols/styles/part.ts';
import { tilesPart } from './protocols/tiles/ogc/part.ts';
import { tiles } from './protocols/tiles/protocol.ts';
import { TRAFFIC_PATHS } from './protocols/traffic/openapi.ts';
import { traffic } from './protocols/traffic/protocol.ts';
import { twin } from './protocols/twin/protocol.ts';
import { uldk } from './protocols/uldk/protocol.ts';
import { USES_PATHS } from './protocols/uses/openapi.ts';
import { uses } from './protocols/uses/protocol.ts';
import { VERSION_PATHS } from './protocols/versions/openapi.ts';
import { changes, versions } from './protocols/versions/protocol.ts';
import { wfs } from './protocols/wfs/protocol.ts';
import { wms } from './protocols/wms/protocol.ts';
import { wmts } from './protocols/wmts/protocol.ts';
import type { Services } from './services.ts';

export interface CityFacts {
  readonly name: Text;
  /** EPSG code of the cadastral CRS. */
  readonly srid: number;
  /** Degrees WGS 84. */
  readonly home: { readonly lon: number; readonly lat: number };
  readonly geoid: { readonly model: string; readonly undulationM: number };
}

export interface AppOptions {
  readonly city: CityFacts;
  /** Where the world sees the service, without a trailing slash; undefined = as the request's Host says. */
  readonly publicUrl?: string | undefined;
  /** Where users of the services write to. Default: nobody is told, nor what INSPIRE asks for with it. */
  readonly contactEmail?: string | undefined;
  /** Whom to tell of a weakness. Default: nobody is named. */
  readonly securityContact?: string | undefined;
  /** Folder of the built viewer; undefined = no viewer. */
  readonly viewerDir?: string | undefined;
  /** A reply that makes no progress for this long is given up. Default 60 000. */
  readonly requestTimeoutMs?: number;
  /** Default 1 MiB. */
  readonly maxBodyBytes?: number;
  /** Default: everybody is anonymous. */
  readonly identify?: (headers: Readonly<Record<string, string | undefined>>) => Identity | Promise<Identity>;
  /** Where the broker within is reached, given `publicUrl`; undefined = there is none. */
  readonly mqttEndpoints?: ((publicUrl: string) => readonly string[]) | undefined;
  /** Told of every request that has ended. */
  readonly onAnswered?: (request: AnsweredRequest) => void;
  /** Who is answered now. Default: everybody. */
  readonly admission?: MountOptions['admission'];
  /** Told whom a door refused for want of a right. Default: the audit. */
  readonly onForbidden?: MountOptions['onForbidden'];
  /** Protocols beside the built-in ones. */
  readonly protocols?: readonly Protocol[];
}

const DEFAULT_TIMEOUT_MS = 60_000;
/** Proxies commonly cut what is silent for a minute. */
export const HEARTBEAT_MS = 15_000;
const DEFAULT_MAX_BODY_BYTES = 1024 * 1024;

/** Makes the application; does no I/O. The caller listens. */
export function buildApp(services: Services, options: AppOptions, log: Log): Express {
  const requestTimeoutMs = options.requestTimeoutMs ?? DEFAULT_TIMEOUT_MS;
  const withPictures = cascadedServices(services, 'all');
  const withGround = groundServices(withPictures);
  const withObjects = cascadedServices(services, 'objects');
  const protocols: readonly Protocol[] = [
    // Before `/ogc`, which answers for every path below it.
    ogcProcesses(services),
    ogcJobs(services),
    records(services),
    countedDoor(withObjects, { door: 'ogc-features', objectsAre: 'objects' }, (counted) =>
      ogcFeatures(counted, [
        processesPart(services),
        tilesPart({ ...services, vectorTiles: counted.vectorTiles, mapTiles: counted.mapTiles }),
        stylesPart(services),
        recordsPart,
      ]),
    ),
    countedDoor(withObjects, { door: 'wfs', objectsAre: 'objects' }, (counted) =>
      wfs(counted, options.contactEmail),
    ),
    countedDoor(withGround, { door: 'wms', objectsAre: 'one answer' }, (counted) =>
      wms(counted, options.contactEmail),
    ),
    countedDoor(withGround, { door: 'wmts', objectsAre: 'one answer', mapTiles: 'wmts' }, wmts),
    ...[KIEG, COLLECTIVE_EGIB, KIUT].flatMap((profile) => [
      countedDoor(services, { door: `${profile.name}-wms`, objectsAre: 'one answer' }, (counted) =>
        underFolder(profile.name, wms(profiledServices(counted, profile))),
      ),
      countedDoor(services, { door: `${profile.name}-wfs`, objectsAre: 'objects' }, (counted) =>
        underFolder(profile.name, wfs(profiledServices(counted, profile))),
      ),
    ]),
    csw(services),
    dcat(services, options.city.name),
    countedDoor(services, { door: 'uldk', objectsAre: 'objects' }, uldk),
    countedDoor(services, { door: 'tiles', objectsAre: 'objects' }, tiles),
    sensorThings(services, options.mqttEndpoints),
    events(services, Math.min(HEARTBEAT_MS, requestTimeoutMs / 3)),
    // Before `/api`, which answers for every path below it.
    participation(services),
    comparison(services, options.city),
    consequences(services),
    buildingFiles(services),
    capacity(services),
    digCheck(services),
    groundVolume(services),
    sites(services),
    siting(services, options.city),
    traffic(services, options.city),
    parcelChecks(services),
    accounts(services),
    tokens(services),
    audit(services),
    operationsPage(services),
    cascade(services),
    orders(services),
    download(services),
    download(services, '/download'),
    atom(services, options.city.name),
    uses(services),
    keptFindings(services),
    modelChanges(services),
    modelMismatches(services),
    loads(services, options.city),
    versions(services),
    changes(services),
    scenarios(services),
    dossier(services),
    parcelDocuments(services, options.city),
    runs(services),
    models(services),
    live(services),
    obstructions(services),
    obstructionFeeds(services, options.city.name),
    alerts(services),
    thresholds(services),
    twin(withPictures, options.city, {
      ...SCENARIO_PATHS,
      ...PARTICIPATION_PATHS,
      ...COMPARISON_PATHS,
      ...CONSEQUENCE_PATHS,
      ...DOSSIER_PATHS,
      ...PARCEL_DOCUMENT_PATHS,
      ...PARCEL_CHECK_PATHS,
      ...KEPT_FINDINGS_PATHS,
      ...MODEL_MISMATCH_PATHS,
      ...MODEL_CHANGE_PATHS,
      ...BUILDING_FILE_PATHS,
      ...CAPACITY_PATHS,
      ...DIG_CHECK_PATHS,
      ...GROUND_VOLUME_PATHS,
      ...SITE_PATHS,
      ...ACCOUNT_PATHS,
      ...AUDIT_PATHS,
      ...OPERATIONS_PATHS,
      ...CASCADE_PATHS,
      ...ORDER_PATHS,
      ...USES_PATHS,
      ...LOAD_PATHS,
      ...VERSION_PATHS,
      ...SITING_PATHS,
      ...TRAFFIC_PATHS,
      ...RUN_PATHS,
      ...LIVE_PATHS,
      ...OBSTRUCTION_PATHS,
      ...ALERT_PATHS,
    }),
    securityTxt(options.securityContact),
    health(services),
    metrics(services),
    ...(options.protocols ?? []),
  ];
  const noteRefusal: MountOptions['onForbidden'] = ({ view, method, path }, why) =>
    services.audit.note({
      ...{ who: view.who.who, what: 'right.refused', about: `${method} ${path.slice(0, 200)}`, why },
    });
  return serveProtocols(protocols, services.scenarios.state, { onForbidden: noteRefusal, ...options }, log);
}

/** An application of these protocols alone. */
export function serveProtocols(
  protocols: readonly Protocol[],
  findScenario: MountOptions['findScenario'],
  options: Omit<AppOptions, 'city' | 'mqttEndpoints' | 'protocols'>,
  log: Log,
): Express {
  const mountOptions: MountOptions = {
    publicUrl: options.publicUrl?.replace(/\/+$/, ''),
    requestTimeoutMs: options.requestTimeoutMs ?? DEFAULT_TIMEOUT_MS,
    maxBodyBytes: options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
    identify: options.identify ?? (() => ANONYMOUS),
    findScenario,
    log,
    onForbidden: options.onForbidden,
    admission: options.admission,
  };
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', false);
  app.use(logAccess(log, options.onAnswered));
  app.use((request, response, next) => {
    response.set(SECURITY_HEADERS);
    response.locals['stateAsked'] = { at: [], scenario: [] };
    const bad = badUrl(request.originalUrl);
    if (bad) return next(bad);
    // Addresses in the viewer's page are relative to its folder.
    const [, last, query = ''] = /^\/(?:s|at)\/([^/?]+)(\?.*)?$/.exec(request.originalUrl) ?? [];
    if (last !== undefined) return response.redirect(308, `./${last}/${query}`);
    const { url, asked } = splitPrefix(request.originalUrl);
    response.locals['stateAsked'] = asked;
    request.url = locatorAddress(url);
    next();
  });
  for (const protocol of protocols) mountProtocol(app, protocol, mountOptions);
  if (options.viewerDir !== undefined) app.use(viewerFiles(options.viewerDir));
  app.use((request: Request) => {
    throw notFound(`There is nothing at ${request.path.slice(0, 200)}`, 'path');
  });
  app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return undefined;
    }
    const known = addressError(error);
    if (known.kind === 'internal') log.error({ err: known.cause, path: request.path }, 'request failed');
    const explain = protocols.find(({ prefix }) => isUnder(request.url, prefix))?.explain;
    const status = known.kind === 'too-large' && known.parameter === 'url' ? 414 : undefined;
    return answerWithoutRoute(explain ?? explainAsProblem, known, request, response, status, mountOptions);
  });
  return app;
}

/** Clients of the state's parcel locator know its host only: `/?request=…` and `/service.php?…`. */
const locatorAddress = (url: string): string =>
  url.replace(/^\/(?:service\.php\?|\?(?=(?:.*&)?request=))/i, '/uldk?');

/** Express and `send` report broken addresses as errors with an HTTP status. */
function addressError(error: unknown): TwinError {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 400 || status === 403) return invalidParameter('url', 'The address cannot be read');
  if (status === 404) return notFound('There is no such file', 'path');
  return asTwinError(error);
}

function isUnder(url: string, prefix: string): boolean {
  return url.startsWith(prefix) && /^$|[/?]/.test(url.charAt(prefix.length));
}
