import type {
  DatastreamDraft,
  EntityId,
  EntitySet,
  JsonObject,
  ObservedPropertyDraft,
  SensorDraft,
  ThingDraft,
} from './sensor-things.ts';

/** A stretch of time, or one moment where it has no end. */
export interface Span {
  readonly from: Date;
  readonly to: Date | undefined;
}

/** An entity as a writer gives it, checked: by the names of the standard. */
export interface EntityDraft {
  readonly set: EntitySet;
  /** Texts, JSON, `Date` for a moment, `Span` for a span; null takes a value away. */
  readonly values: JsonObject;
  /** Entities that it is linked to: the id of one that is there, or a new one. */
  readonly links: Readonly<Record<string, readonly LinkedDraft[]>>;
}

export type LinkedDraft = EntityDraft | { readonly id: EntityId };

/** Drafts with types of their own, as adapters make them, as drafts of entities. */
export function thingEntity(thing: ThingDraft): EntityDraft {
  const { externalId, locations, datastreams, name, description } = thing;
  const properties = { ...thing.properties, ...(externalId !== undefined && { externalId }) };
  return {
    set: 'Things',
    values: { name, description, properties },
    links: {
      Locations: locations.map((location) => ({ set: 'Locations', values: { ...location }, links: {} })),
      Datastreams: datastreams.map(datastreamEntity),
    },
  };
}

export function datastreamEntity(draft: DatastreamDraft): EntityDraft {
  const { sensor, observedProperty, unit, expectedIntervalS, name, description, observationType } = draft;
  const properties = { ...draft.properties, ...(expectedIntervalS !== undefined && { expectedIntervalS }) };
  return {
    set: 'Datastreams',
    values: { name, description, observationType, unitOfMeasurement: unit, properties },
    links: {
      Sensor: [typeof sensor === 'number' ? { id: sensor } : sensorEntity(sensor)],
      ObservedProperty: [
        typeof observedProperty === 'number'
          ? { id: observedProperty }
          : observedPropertyEntity(observedProperty),
      ],
    },
  };
}

export const sensorEntity = (draft: SensorDraft): EntityDraft => ({
  set: 'Sensors',
  values: { ...draft },
  links: {},
});

export const observedPropertyEntity = (draft: ObservedPropertyDraft): EntityDraft => ({
  set: 'ObservedProperties',
  values: { ...draft },
  links: {},
});
