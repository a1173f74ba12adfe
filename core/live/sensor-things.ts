/**
 * Sensors and what they measure, in the entities of OGC SensorThings 1.1 (18-088, 8.2). Whatever brings or shows
 * measurements speaks in these, whichever door it comes through.
 */
import type { Point } from '../geo/geometry.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Entity sets that are kept, by their names in addresses. */
export const ENTITY_SETS = [
  'Things',
  'Locations',
  'HistoricalLocations',
  'Datastreams',
  'Sensors',
  'ObservedProperties',
  'Observations',
  'FeaturesOfInterest',
] as const;
export type EntitySet = (typeof ENTITY_SETS)[number];

/** Whole numbers; of an observation its datastream and time, `12-2026-06-01T10:00:00Z`. */
export type EntityId = number | string;

interface Described {
  readonly name: string;
  readonly description: string;
  readonly properties: JsonObject;
}

export interface ThingDraft extends Described {
  /** What its maker calls it; a second thing of the same name is refused. */
  readonly externalId?: string | undefined;
  readonly locations: readonly LocationDraft[];
  readonly datastreams: readonly DatastreamDraft[];
}

export interface LocationDraft extends Described {
  readonly encodingType: string;
  /** GeoJSON: degrees WGS 84, longitude first. */
  readonly location: Point;
}

export interface SensorDraft extends Described {
  readonly encodingType: string;
  readonly metadata: unknown;
}

export interface ObservedPropertyDraft extends Described {
  readonly definition: string;
}

export interface DatastreamDraft extends Described {
  readonly observationType: string;
  readonly unit: Unit;
  /** Seconds between values; without it nothing can be said of a silence. */
  readonly expectedIntervalS?: number | undefined;
  /** A new one, or the id of one that is there. */
  readonly sensor: SensorDraft | number;
  readonly observedProperty: ObservedPropertyDraft | number;
}

/** Each null when the numbers count nothing (18-088, 8.2.4). */
export interface Unit {
  readonly name: string | null;
  readonly symbol: string | null;
  readonly definition: string | null;
}

export interface ObservationDraft {
  readonly datastreamId: number;
  readonly phenomenonTime: Date;
  /** The end, where the value is of a stretch of time. */
  readonly phenomenonEnd?: Date | undefined;
  readonly resultTime?: Date | undefined;
  readonly result: ObservationResult;
  /** Id of what it says something about, where that is not the place of its thing. */
  readonly featureOfInterestId?: number | undefined;
  /** DQ_Element as JSON, or whatever else its sender has for it. */
  readonly resultQuality?: unknown;
  readonly validTime?: { readonly from: Date; readonly to: Date } | undefined;
  readonly parameters?: JsonObject | undefined;
}

/** Numbers nearly always; what a Datastream of OM_Observation or OM_TruthObservation has may be any JSON but null. */
export type ObservationResult = number | string | boolean | JsonObject | readonly unknown[];

/** Moments are UTC ISO text. */
export interface Observation {
  readonly datastreamId: number;
  readonly phenomenonTime: string;
  readonly phenomenonEnd: string | null;
  readonly resultTime: string | null;
  readonly result: ObservationResult;
  readonly featureOfInterestId: number | null;
  readonly resultQuality: unknown;
  readonly validTime: { readonly from: string; readonly to: string } | null;
  readonly parameters: JsonObject | null;
  readonly receivedAt: string;
  readonly flags: readonly ObservationFlag[];
}

/**
 * What is odd about a value that is kept all the same, as its receiver saw it. `future`: its time had not come, and
 * it is no forecast. `late`: it came more than two expected intervals, and ten minutes, after its time. `out-of-range`:
 * outside the `validRange` of its datastream. `unit-less`: a measurement of a datastream that says no unit.
 */
export const OBSERVATION_FLAGS = ['future', 'late', 'out-of-range', 'unit-less'] as const;
export type ObservationFlag = (typeof OBSERVATION_FLAGS)[number];

/** What was sent and could not become an observation. */
export interface Aside {
  /** Undefined where it cannot be told. */
  readonly datastreamId?: number | undefined;
  readonly phenomenonTime?: Date | undefined;
  /** `differs`: another result stands at its time. `rejected`: it is no value of a datastream. */
  readonly reason: 'differs' | 'rejected';
  /** What is wrong with it, in words. */
  readonly detail: string;
  /** As it was sent; kept up to 2,000 characters. */
  readonly sent: string;
  /** By which way it came: `sta`, `mqtt`, the name of an adapter. */
  readonly source: string;
}

/** What became of a draft: written, or there already with this very result. */
export type Recorded =
  | { readonly outcome: 'written' | 'known'; readonly observation: Observation }
  /** Another result stands at this time and stays; the draft is kept aside. */
  | { readonly outcome: 'differs'; readonly observation: Observation }
  | { readonly outcome: 'unknown-datastream' };

const OBSERVATION_ID = /^(\d{1,15})-(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z)$/;

export const observationId = ({
  datastreamId,
  phenomenonTime,
}: Pick<Observation, 'datastreamId' | 'phenomenonTime'>): string => `${datastreamId}-${phenomenonTime}`;

/** Undefined for what is no id of an observation. */
export function parseObservationId(
  id: string,
): { readonly datastreamId: number; readonly phenomenonTime: Date } | undefined {
  const [, datastream, time] = OBSERVATION_ID.exec(id) ?? [];
  if (datastream === undefined || time === undefined) return undefined;
  const phenomenonTime = new Date(time);
  return Number.isNaN(phenomenonTime.getTime())
    ? undefined
    : { datastreamId: Number(datastream), phenomenonTime };
}
