/** Careful reading of JSON that strangers sent: whatever is not of the wanted kind is undefined. */
import type { JsonObject } from '../sensor-things.ts';
import { UnreadablePayload } from './reading.ts';

/** @throws UnreadablePayload for what is no JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadablePayload(`no JSON: ${error instanceof Error ? error.message.slice(0, 200) : ''}`);
  }
}

export const objectOf = (value: unknown): JsonObject | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Printable text of reasonable length. PostgreSQL's text holds everything but the null character. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 1_000 && !value.includes('\0')
    ? value.trim()
    : undefined;

/** A number, also where it is written as text with a point or a comma. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^\s*[+-]?\d{1,15}([.,]\d{1,15})?(e[+-]?\d{1,2})?\s*$/i.test(value))
    return undefined;
  return Number(value.replace(',', '.'));
}

export const wordOrNumberOf = (value: unknown): string | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? String(value) : textOf(value);

/** Longitude and latitude in degrees, where both are there and can be. 0, 0 stands for unknown in many devices. */
export function lonLatOf(lon: unknown, lat: unknown): readonly [number, number] | undefined {
  const [x, y] = [numberOf(lon), numberOf(lat)];
  if (x === undefined || y === undefined || Math.abs(x) > 180 || Math.abs(y) > 90) return undefined;
  return x === 0 && y === 0 ? undefined : [x, y];
}
