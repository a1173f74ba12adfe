/** What requests of `/api/live` ask for: moments and datastreams. */
import { invalidParameter } from '../../../core/errors.ts';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+ -]\d\d:?\d\d)$/i;

/** A plus sign that the address has turned into a space is understood. @throws TwinError invalid-parameter */
export function momentOf(text: string, parameter: string): Date {
  const moment = new Date(MOMENT.test(text) ? text.replace(' ', '+').toUpperCase() : Number.NaN);
  if (!Number.isNaN(moment.getTime())) return moment;
  throw invalidParameter(
    parameter,
    `${parameter} must be a moment with its zone, such as 2026-06-01T10:00:00Z, got "${text.slice(0, 60)}"`,
  );
}

/** @throws TwinError invalid-parameter for more than `most`, and for what is no id */
export function datastreamsOf(ids: readonly string[], most: number): readonly number[] {
  if (ids.length > most || ids.some((id) => !/^\d{1,15}$/.test(id))) {
    throw invalidParameter(
      'datastream',
      `datastream must be up to ${most} ids of Datastreams, separated by commas`,
    );
  }
  return [...new Set(ids.map(Number))];
}
