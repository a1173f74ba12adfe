/** Sensors, what they measured, and the entities of SensorThings. */
import type { EntityDraft } from '../../core/live/entity-draft.ts';
import type {
  Aside,
  DatastreamDraft,
  EntityId,
  EntitySet,
  JsonObject,
  ObservationDraft,
  ObservedPropertyDraft,
  Recorded,
  SensorDraft,
  ThingDraft,
} from '../../core/live/sensor-things.ts';
import type { SeriesPoint, SeriesStep } from '../../core/live/series.ts';
import type { QueryOptions } from '../../core/odata/query-options.ts';
import type { SensorsReply } from '../../core/wire/live.ts';

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
