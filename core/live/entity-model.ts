/**
 * What each entity of SensorThings has (18-088, 8.2): its properties and its links. Readers of bodies, addresses,
 * queries and tables all go by this one table.
 */
import type { EntitySet } from './sensor-things.ts';

/**
 * `place`: GeoJSON in degrees WGS 84, longitude first, or whatever else the encoding type says. `span`: a moment, or
 * two with `/` between them. `any`: any JSON value; `json`: a JSON object.
 */
export type PropertyKind = 'text' | 'json' | 'any' | 'moment' | 'span' | 'place' | 'unit';

export interface EntityProperty {
  readonly kind: PropertyKind;
  readonly required?: true;
  /** Said by the service, not by writers. */
  readonly derived?: true;
}

export interface EntityLink {
  readonly set: EntitySet;
  readonly isMany: boolean;
  readonly required?: true;
  /** The link that leads back. */
  readonly back: string;
}

export interface EntityModel {
  readonly properties: Readonly<Record<string, EntityProperty>>;
  readonly links: Readonly<Record<string, EntityLink>>;
}

const TEXT = { kind: 'text', required: true } as const;
const NAMED = { name: TEXT, description: TEXT } as const;
const PROPERTIES = { properties: { kind: 'json' } } as const;

const one = (set: EntitySet, back: string): EntityLink => ({ set, isMany: false, back, required: true });
const many = (set: EntitySet, back: string): EntityLink => ({ set, isMany: true, back });

export const ENTITY_MODEL: Readonly<Record<EntitySet, EntityModel>> = {
  Things: {
    properties: { ...NAMED, ...PROPERTIES },
    links: {
      Locations: many('Locations', 'Things'),
      HistoricalLocations: many('HistoricalLocations', 'Thing'),
      Datastreams: many('Datastreams', 'Thing'),
    },
  },
  Locations: {
    properties: {
      ...NAMED,
      encodingType: TEXT,
      location: { kind: 'place', required: true },
      ...PROPERTIES,
    },
    links: {
      Things: many('Things', 'Locations'),
      HistoricalLocations: many('HistoricalLocations', 'Locations'),
    },
  },
  HistoricalLocations: {
    properties: { time: { kind: 'moment', required: true } },
    links: {
      Thing: one('Things', 'HistoricalLocations'),
      Locations: many('Locations', 'HistoricalLocations'),
    },
  },
  Datastreams: {
    properties: {
      ...NAMED,
      observationType: TEXT,
      unitOfMeasurement: { kind: 'unit', required: true },
      observedArea: { kind: 'place' },
      phenomenonTime: { kind: 'span', derived: true },
      resultTime: { kind: 'span', derived: true },
      ...PROPERTIES,
    },
    links: {
      Thing: one('Things', 'Datastreams'),
      Sensor: one('Sensors', 'Datastreams'),
      ObservedProperty: one('ObservedProperties', 'Datastreams'),
      Observations: many('Observations', 'Datastream'),
    },
  },
  Sensors: {
    properties: { ...NAMED, encodingType: TEXT, metadata: { kind: 'any', required: true }, ...PROPERTIES },
    links: { Datastreams: many('Datastreams', 'Sensor') },
  },
  ObservedProperties: {
    properties: { ...NAMED, definition: TEXT, ...PROPERTIES },
    links: { Datastreams: many('Datastreams', 'ObservedProperty') },
  },
  Observations: {
    properties: {
      phenomenonTime: { kind: 'span' },
      resultTime: { kind: 'moment' },
      result: { kind: 'any', required: true },
      resultQuality: { kind: 'any' },
      validTime: { kind: 'span' },
      parameters: { kind: 'json' },
    },
    links: {
      Datastream: one('Datastreams', 'Observations'),
      FeatureOfInterest: { set: 'FeaturesOfInterest', isMany: false, back: 'Observations' },
    },
  },
  FeaturesOfInterest: {
    properties: {
      ...NAMED,
      encodingType: TEXT,
      feature: { kind: 'place', required: true },
      ...PROPERTIES,
    },
    links: { Observations: many('Observations', 'FeatureOfInterest') },
  },
};
