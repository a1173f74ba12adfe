/** What an adapter makes of one message or answer of a provider. Adapters are pure: text in, this out. */
import type { JsonObject } from '../sensor-things.ts';

/** One value of one device at one time. */
export interface Reading {
  /** What its maker or network calls the device: a device EUI, a station code. */
  readonly device: string;
  /** What is measured: a code of `core/live/sensor-kinds.ts`, or the sender's own word where it has none. */
  readonly code: string;
  readonly time: Date;
  /** The end, where the value is of a stretch of time. */
  readonly end?: Date;
  readonly value: number | string | boolean;
  /** When a value of the future was foretold; only forecasts have it. */
  readonly foretoldAt?: Date;
  /** Reception, counters: whatever else was said of this value. */
  readonly parameters?: JsonObject;
}

export interface DeviceFacts {
  readonly id: string;
  readonly name?: string | undefined;
  readonly model?: string | undefined;
  /** Degrees WGS 84, longitude first. */
  readonly lonLat?: readonly [number, number] | undefined;
}

export interface Taken {
  readonly readings: readonly Reading[];
  readonly devices: readonly DeviceFacts[];
  /** What could not be used, in words: the rest of the message is used all the same. */
  readonly problems: readonly string[];
}

/** Thrown for a message of which nothing can be used. */
export class UnreadablePayload extends Error {
  override readonly name = 'UnreadablePayload';
}

export const NOTHING: Taken = { readings: [], devices: [], problems: [] };

export const together = (parts: readonly Taken[]): Taken => ({
  readings: parts.flatMap(({ readings }) => readings),
  devices: parts.flatMap(({ devices }) => devices),
  problems: parts.flatMap(({ problems }) => problems),
});
