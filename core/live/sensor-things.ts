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
  'Datastreams',
  'Sensors',
  'ObservedProperties',
  'Observations',
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
  readonly result: number;
}

/** Moments are UTC ISO text. */
export interface Observation {
  readonly datastreamId: number;
  readonly phenomenonTime: string;
  readonly phenomenonEnd: string | null;
  readonly resultTime: string | null;
  readonly result: number;
  readonly receivedAt: string;
  readonly flags: readonly ObservationFlag[];
}

/** What is odd about a value that is kept all the same. `future`: its time had not come when it was received. */
export type ObservationFlag = 'future';

/** What became of a draft: written, or there already with this very result. */
export type Recorded =
  | { readonly outcome: 'written' | 'known'; readonly observation: Observation }
  /** Another result stands at this time; it stays. */
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
