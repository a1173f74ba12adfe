/** What a protocol may use: interfaces only. `main.ts` makes the implementations. */
import type { Layer, LayerStatus } from '../core/feature/layer.ts';
import type { FeatureSource } from '../core/feature/source.ts';
import type { Bbox } from '../core/geo/bbox.ts';
import type { EntityDraft } from '../core/live/entity-draft.ts';
import type {
  Aside,
  DatastreamDraft,
  EntityId,
  EntitySet,
  JsonObject,
  Observation,
  ObservationDraft,
  ObservedPropertyDraft,
  Recorded,
  SensorDraft,
  ThingDraft,
} from '../core/live/sensor-things.ts';
import type { SeriesPoint, SeriesStep } from '../core/live/series.ts';
import type { Span } from '../core/obstruction/spans.ts';
import type { State } from '../core/obstruction/workflow.ts';
import type { QueryOptions } from '../core/odata/query-options.ts';
import type { AirStation } from '../core/wire/air-quality.ts';
import type { Alert, AlertChanges, NewThreshold, Threshold, ThresholdChanges } from '../core/wire/alerts.ts';
import type { SensorsReply } from '../core/wire/live.ts';
import type {
  Conflict,
  NewObstruction,
  Obstruction,
  ObstructionChanged,
  ObstructionTrial,
  Step,
  TrafficClosures,
} from '../core/wire/obstruction.ts';
import type { KeptAside, ProviderStatus } from '../core/wire/providers.ts';
import type { QualityEpisode } from '../core/wire/quality.ts';
import type { Edit, Finding, Scenario, ScenarioSummary, Settled, StoredEdit } from '../core/wire/scenario.ts';
import type { NewScenario, ScenarioChanges } from '../core/wire/scenario-head.ts';
import type { DeparturesReply, VehicleReply, VehiclesReply } from '../core/wire/transit.ts';
import type { MapSource } from '../tiles/picture/map-source.ts';
import type { PictureMaker } from '../tiles/picture/picture-maker.ts';
import type { DocumentSource, TileSource } from '../tiles/source.ts';
import type { Identity } from './access/identity.ts';
import type { ScenarioState, View } from './access/view.ts';
import type { ParcelCapacities } from './services/capacity.ts';
import type { Comments } from './services/comments.ts';
import type { ConsequenceTables } from './services/consequences.ts';
import type { Differences } from './services/differences.ts';
import type { DocumentWriter } from './services/documents.ts';
import type { Dossiers } from './services/dossiers.ts';
import type { GeoPackages } from './services/geo-packages.ts';
import type { KeptFindings } from './services/kept-findings.ts';
import type { ParcelChecks } from './services/parcel-checks.ts';
import type { Runs } from './services/runs.ts';
import type { ScenarioLife } from './services/scenario-life.ts';
import type { SiteFinder } from './services/sites.ts';
import type { Siting } from './services/siting.ts';

export interface Catalogue {
  /** Every layer that this person may know of, properties that they may not see removed. */
  layers(view: View): Promise<readonly Layer[]>;
  /** Count, extent, date and source of a layer in that state of the city, kept with each load (no table scan). */
  status(layer: string, view: View): Promise<LayerStatus>;
}

/** A thing found by words: a parcel id, later an address. Box in the storage CRS. */
export interface SearchHit {
  readonly layer: string;
  readonly id: string;
  readonly label: string;
  readonly bbox: readonly [number, number, number, number];
  readonly srid: number;
}

export interface Search {
  find(text: string, limit: number, signal: AbortSignal): Promise<readonly SearchHit[]>;
}

/** Gives out bearer tokens. */
export interface TokenDesk {
  /** A new token of an account; it is told once and cannot be read again. */
  issue(account: string, label: string, expiresAt: Date): Promise<string>;
}

/** What an edit would do, and what a planner should know of it. */
export interface EditTrial {
  readonly settled: Settled;
  readonly findings: readonly Finding[];
}

export interface AddedEdit extends EditTrial {
  readonly edit: StoredEdit;
}

/** What adding edits to a scenario gives. */
export interface EditOutcome {
  /** Of the scenario after it. */
  readonly revision: number;
  /** In the order of the edits. */
  readonly added: readonly AddedEdit[];
}

/**
 * The stored scenarios. Methods throw TwinError not-found for one that this person may not read, and those that
 * change it conflict when it is no longer at the revision that the change was made from.
 */
export interface Scenarios {
  /** The scenario as far as reading the city in it goes; undefined when there is none that this person may read. */
  state(id: string, who: Identity): Promise<ScenarioState | undefined>;
  /** Those that this person may find without a link, the newest change first. */
  list(who: Identity): Promise<readonly ScenarioSummary[]>;
  read(id: string, who: Identity): Promise<Scenario>;
  create(wanted: NewScenario, who: Identity): Promise<Scenario>;
  change(id: string, revision: number, changes: ScenarioChanges, who: Identity): Promise<Scenario>;
  remove(id: string, revision: number, who: Identity): Promise<void>;
  /**
   * Puts edits on the stack in their order: all of them, or none.
   * @throws TwinError invalid-parameter when one cannot be made
   */
  add(id: string, revision: number, edits: readonly Edit[], who: Identity): Promise<EditOutcome>;
  /** What adding would give, keeping nothing. */
  tryOut(id: string, edits: readonly Edit[], who: Identity): Promise<readonly EditTrial[]>;
  /** Takes one edit out of the stack. @throws TwinError conflict when a later one builds on it */
  removeEdit(id: string, revision: number, editId: string, who: Identity): Promise<Scenario>;
  /**
   * Takes back the last edit, or the last `edits` of them: all of these or none.
   * @throws TwinError conflict when there are not so many
   */
  undo(id: string, revision: number, who: Identity, edits?: number): Promise<Scenario>;
  /** Brings back the edit that was taken back last. @throws TwinError conflict when there is none */
  redo(id: string, revision: number, who: Identity): Promise<Scenario>;
}

/** Which obstructions. */
export interface ObstructionQuery {
  /** In the city's CRS. */
  readonly box?: Bbox | undefined;
  readonly street?: string | undefined;
  readonly owner?: string | undefined;
  /** Without them all that this person may know of; the public knows of what is published. */
  readonly states?: readonly State[] | undefined;
  /** Running at some time from here on, ISO 8601. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
}

/**
 * The register of obstructions. Methods throw TwinError not-found for one that this person may not read; those that
 * change it conflict when it is no longer at the revision that the change was made from.
 */
export interface Obstructions {
  list(
    query: ObstructionQuery,
    who: Identity,
  ): Promise<{ readonly obstructions: readonly Obstruction[]; readonly more: boolean }>;
  read(id: string, who: Identity): Promise<Obstruction>;
  /**
   * What it would take and meet, keeping nothing.
   * @param id of the stored one that it would replace
   * @throws TwinError invalid-parameter naming what cannot be used
   */
  tryOut(content: NewObstruction, id?: string): Promise<ObstructionTrial>;
  /** What a stored one meets now. */
  conflicts(id: string): Promise<readonly Conflict[]>;
  /** A new draft. */
  create(content: NewObstruction, who: Identity): Promise<ObstructionChanged>;
  /**
   * A draft from a feed, known by the name that the feed has for it: given again it is changed while it is a draft,
   * and kept as it is (`kept`) once somebody has submitted it.
   */
  draft(
    externalId: string,
    content: NewObstruction,
    who: Identity,
  ): Promise<{ readonly id: string; readonly became: 'new' | 'changed' | 'unchanged' | 'kept' }>;
  change(id: string, revision: number, content: NewObstruction, who: Identity): Promise<ObstructionChanged>;
  /** @throws TwinError conflict for a step that does not lead on from its state, or an approval over grave conflicts */
  step(id: string, revision: number, step: Step, who: Identity): Promise<ObstructionChanged>;
  /** What is published, as a model of traffic needs it. */
  traffic(within: Span, box?: Bbox): Promise<TrafficClosures>;
}

/** Which entities of one set, in which order, with what is linked to them. */
export interface EntityQuery {
  readonly set: EntitySet;
  /** Only this one. */
  readonly id?: EntityId | undefined;
  /** Only those that a link of this one leads to. */
  readonly of?: EntityOwner | undefined;
  /** Its `top` is for expansions; `limit` is what counts here. */
  readonly options: QueryOptions;
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: PageEnd | undefined;
}

/** What the last row of a page is sorted by, as text. */
export type PageEnd = readonly (string | null)[];

export interface EntityPage {
  readonly entities: readonly Entity[];
  /** Undefined when nothing follows. */
  readonly end: PageEnd | undefined;
  readonly count: EntityCount | undefined;
}

/** How many there are; an estimate of the database where counting would take long. */
export interface EntityCount {
  readonly value: number;
  readonly isEstimate: boolean;
}

/** An entity with its properties as SensorThings names them, without addresses. */
export interface Entity {
  readonly id: EntityId;
  /** Those that were asked for. */
  readonly properties: JsonObject;
  /** What was expanded, by the name of the link; null where a link leads to nothing. */
  readonly linked: Readonly<Record<string, EntityPage | Entity | null>>;
}

/** Entities, read and changed, each change in whole or not at all. */
export interface EntityDesk {
  /** @throws TwinError invalid-parameter for a filter, order or selection of what the entities do not have */
  find(query: EntityQuery, signal?: AbortSignal): Promise<EntityPage>;
  /**
   * Makes an entity with all that is inside it (`core/live/read-entity.ts` reads bodies).
   * @param of the entity to a link of which it belongs, as of an address such as `Things(1)/Datastreams`
   * @throws TwinError not-found for what a draft links to and is not there, conflict for what can be there only once
   */
  create(draft: EntityDraft, of?: EntityOwner): Promise<Entity>;
  /** Changes what the draft gives; `replace` takes away what it does not give. */
  update(id: EntityId, draft: EntityDraft, replace: boolean): Promise<Entity>;
  /** Removes it with all that cannot be without it. */
  remove(set: EntitySet, id: EntityId): Promise<void>;
  /** Keeps what could not become an observation, with the reason, for people to look at. */
  setAside(asides: readonly Aside[]): Promise<void>;
}

export interface EntityOwner {
  readonly set: EntitySet;
  readonly id: EntityId;
  readonly link: string;
}

/** What datastreams measured from a moment on and before another. */
export interface SeriesQuery {
  readonly datastreams: readonly number[];
  readonly from: Date;
  readonly to: Date;
  /** Points that the screen has room for. */
  readonly points: number;
}

export interface Series {
  readonly datastream: number;
  readonly step: SeriesStep;
  readonly expectedIntervalS: number | undefined;
  /** In order, with empty ones where values are missing. */
  readonly points: readonly SeriesPoint[];
}

/** Sensors and what they measured. */
export interface SensorThings extends EntityDesk {
  /** All changes of the work together, or none when it throws. */
  atomically<T>(work: (desk: EntityDesk) => Promise<T>): Promise<T>;
  /** Each makes the entity with all that is inside it, or nothing, and gives its id. */
  createThing(draft: ThingDraft): Promise<number>;
  createDatastream(thingId: number, draft: DatastreamDraft): Promise<number>;
  createSensor(draft: SensorDraft): Promise<number>;
  createObservedProperty(draft: ObservedPropertyDraft): Promise<number>;
  /** What became of each draft, in their order. When it returns, what was written outlives a power cut. */
  record(drafts: readonly ObservationDraft[]): Promise<readonly Recorded[]>;
  /** Every placed thing with the latest value of each of its datastreams, now or as of an earlier moment. */
  overview(at?: Date, signal?: AbortSignal): Promise<SensorsReply['sensors']>;
  /** In the order of the query. @throws TwinError not-found for a datastream that is not there */
  series(query: SeriesQuery, signal?: AbortSignal): Promise<readonly Series[]>;
}

/** When not to trust what was measured. */
export interface QualityReports {
  /** Doubts that touch a stretch of time, the newest first; `more` when there are more than are told at once. */
  episodes(
    wanted: { readonly datastreams: readonly number[] | undefined; readonly from: Date; readonly to: Date },
    signal?: AbortSignal,
  ): Promise<{ readonly episodes: readonly QualityEpisode[]; readonly more: boolean }>;
  /** The air quality index of every station that measures a pollutant of it, now or at a moment. */
  airQuality(at?: Date, signal?: AbortSignal): Promise<readonly AirStation[]>;
}

/** What somebody must see to. Owners, reasons, history and deliveries are told to staff only. */
export interface Alerts {
  /** Those that are not closed first, the newest first; `more` when there are more than are told at once. */
  list(
    wanted: { readonly states: readonly string[] | undefined; readonly since: Date | undefined },
    who: Identity,
    signal?: AbortSignal,
  ): Promise<{ readonly alerts: readonly Alert[]; readonly more: boolean }>;
  /** @throws TwinError not-found, conflict when it is at another revision than was seen */
  change(id: number, changes: AlertChanges, who: Identity): Promise<Alert>;
  thresholds(who: Identity): Promise<readonly Threshold[]>;
  /** @throws TwinError invalid-parameter for a datastream that there is not */
  addThreshold(wanted: NewThreshold, who: Identity): Promise<Threshold>;
  /** @throws TwinError not-found, invalid-parameter when the limits do not fit each other any more */
  changeThreshold(id: number, changes: ThresholdChanges, who: Identity): Promise<Threshold>;
}

/** A datastream of a device that a source speaks of; without one where the Thing has none. */
export interface KnownStream {
  readonly externalId: string;
  readonly thingId: number;
  readonly datastreamId: number | undefined;
  readonly sensorId: number | undefined;
  readonly isForecast: boolean;
  /** Of its kind (`core/live/sensor-kinds.ts`), or the name of what it observes. */
  readonly code: string | undefined;
}

/** What became of one message or answer of a source. */
export interface ProviderNews {
  readonly name: string;
  readonly adapter: string;
  readonly state: ProviderStatus['state'];
  /** Why it failed; undefined = it did not. */
  readonly error?: string | undefined;
  readonly written: number;
  readonly known: number;
  readonly aside: number;
  readonly undeclared: readonly string[];
}

/** What sources of measurements keep. */
export interface SourceStore extends SourceReport {
  streams(externalIds: readonly string[]): Promise<readonly KnownStream[]>;
  /** Ids by codes of kinds, of those that there are. */
  observedProperties(codes: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Takes away what was foretold otherwise for the same times: the newest forecast counts. */
  dropOtherForecasts(drafts: readonly ObservationDraft[]): Promise<void>;
  tell(news: ProviderNews): Promise<void>;
  /** Of what is kept aside the newest stay. */
  boundAsides(most: number): Promise<void>;
}

/** How sources fare, and what could not be used. */
export interface SourceReport {
  providers(): Promise<readonly ProviderStatus[]>;
  /** The newest first. */
  asides(limit: number): Promise<readonly KeptAside[]>;
}

/** What leaves the live hub. `position` is where a reader who got this far continues. */
export type LiveMessage =
  | {
      readonly kind: 'observations';
      readonly position: string;
      readonly observations: readonly Observation[];
    }
  /** Something of a topic (`alerts`, `vehicles` …) changed: which; none = more than are told one by one. */
  | { readonly kind: 'notice'; readonly topic: string; readonly ids: readonly string[] }
  /** Whether the hub itself hears of new values, and since when. */
  | { readonly kind: 'status'; readonly position: string; readonly live: boolean; readonly since: Date }
  /** More has happened than is told one by one: read the state anew. */
  | { readonly kind: 'reset'; readonly position: string; readonly reason: string }
  /** The last message; the stream is over. */
  | { readonly kind: 'end'; readonly reason: string };

export interface LiveFeed {
  /**
   * What is observed and changes from now on, after the values that were missed since a position; notices of topics
   * are not kept. Without datastreams or topics: all; the topic of values is `observations`. Ends with the signal or
   * with `end`.
   * @throws TwinError unavailable when nobody more is taken, invalid-parameter for a position that is none
   */
  subscribe(
    wanted: {
      readonly datastreams?: ReadonlySet<number> | undefined;
      readonly topics?: ReadonlySet<string> | undefined;
      readonly since?: string | undefined;
    },
    signal: AbortSignal,
  ): AsyncIterable<LiveMessage>;
}

/** Public transport: where vehicles are, and when they leave. */
export interface Transit {
  /** Every vehicle that was heard of in the last minutes. */
  vehicles(signal?: AbortSignal): Promise<VehiclesReply>;
  /** One vehicle with the stops before it. @throws TwinError not-found */
  vehicle(id: string, signal?: AbortSignal): Promise<VehicleReply>;
  /** The next departures of a stop, by timetable and forecasts. @throws TwinError not-found */
  departures(stopId: string, from: Date, limit: number, signal?: AbortSignal): Promise<DeparturesReply>;
}

export interface Health {
  /** Whether the database answers; `detail` says since when it does not. */
  ready(): Promise<{ readonly ready: boolean; readonly detail: string }>;
}

export interface Services {
  /** The features that this person may see, in the state of the city that they ask for. */
  featuresFor(view: View): FeatureSource;
  readonly catalogue: Catalogue;
  readonly search: Search;
  /** What pictures are drawn from. */
  readonly maps: (view: View) => MapSource;
  readonly pictures: PictureMaker;
  /** Vector tiles by layer name and grid. */
  readonly vectorTiles: (view: View) => TileSource;
  /** 3D Tiles by name of the layer; the document is `tileset.json`. */
  readonly tiles3d: (view: View) => DocumentSource;
  /** Quantized meshes of layer `terrain`, shaped as the scenario has it; the document is `layer.json`. */
  readonly terrain: (view: View) => DocumentSource;
  readonly scenarios: Scenarios;
  readonly comments: Comments;
  readonly differences: Differences;
  readonly documents: DocumentWriter;
  readonly scenarioLife: ScenarioLife;
  readonly consequences: ConsequenceTables;
  readonly dossiers: Dossiers;
  readonly parcelChecks: ParcelChecks;
  readonly keptFindings: KeptFindings;
  readonly geoPackages: GeoPackages;
  readonly capacity: ParcelCapacities;
  readonly sites: SiteFinder;
  readonly siting: Siting;
  readonly runs: Runs;
  readonly obstructions: Obstructions;
  readonly tokens: TokenDesk;
  readonly sensors: SensorThings;
  readonly live: LiveFeed;
  readonly transit: Transit;
  readonly quality: QualityReports;
  readonly alerts: Alerts;
  readonly sources: SourceReport;
  readonly health: Health;
}
