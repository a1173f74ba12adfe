/** What a document of a parcel is asked for: the day of the law, and a parcel that is there. */
import { invalidParameter, TwinError } from '../../../core/errors.ts';
import type { UnknownParcel } from '../../services/parcel-checks.ts';

/** @throws TwinError invalid-parameter for what is no day */
export function lawDateOf(query: URLSearchParams): string | undefined {
  const asked = query.get('lawDate');
  if (asked === null || asked === '') return undefined;
  const moment = new Date(`${asked}T00:00:00Z`);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(moment.getTime());
  if (isDay && moment.toISOString().startsWith(asked)) return asked;
  throw invalidParameter('lawDate', `lawDate must be a day such as 2026-06-30, got "${asked.slice(0, 100)}"`);
}

export const noSuchParcel = ({ id, suggestions, successors }: UnknownParcel): TwinError =>
  new TwinError(
    'not-found',
    `There is no parcel "${id.slice(0, 100)}" to write a document of; see suggestions and successors`,
    { parameter: 'parcel', members: { suggestions, successors } },
  );
