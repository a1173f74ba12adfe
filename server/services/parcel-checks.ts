import { TwinError } from '../../core/errors.ts';
import type { Text } from '../../core/feature/layer.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import type { ChecksReply, ChecksRequest, ParcelCheck } from '../../core/wire/parcel-check.ts';
import type { View } from '../access/view.ts';

export interface CheckTerms {
  /** YYYY-MM-DD; without it that of the scenario, else today. */
  readonly lawDate: string | undefined;
  readonly withGeometry: boolean;
}

/** Ids that nobody knows, with what may have been meant. */
export interface UnknownParcel {
  readonly id: string;
  /** Ids that look alike. */
  readonly suggestions: readonly string[];
  /** Parcels that lie now where that one lay: it was divided or merged. */
  readonly successors: readonly string[];
}

/** What constrains parcels. Computed from what the public sees, the same for every reader. */
export interface ParcelChecks {
  /** @returns the unknown id when there is no such parcel in that state of the city */
  one(id: string, terms: CheckTerms, view: View, signal: AbortSignal): Promise<ParcelCheck | UnknownParcel>;
  /** @throws TwinError invalid-parameter for a polygon that is none, too-large */
  many(asked: ChecksRequest, view: View, signal: AbortSignal): Promise<ChecksReply>;
  /** The same with the outline of each, by its id, for who draws them. */
  manyDrawn(
    asked: ChecksRequest,
    view: View,
    signal: AbortSignal,
  ): Promise<{ readonly reply: ChecksReply; readonly outlines: ReadonlyMap<string, Geometry> }>;
}

/** What an unknown id may have meant, in words. */
export function meantBy({ suggestions, successors }: UnknownParcel): Text {
  if (successors.length > 0) {
    const heirs = successors.join(', ');
    return {
      pl: `nie ma jej już; jej grunt należy teraz do ${heirs}`,
      en: `it is no more; its ground belongs to ${heirs} now`,
    };
  }
  if (suggestions.length > 0) {
    return {
      pl: `czy chodziło o ${suggestions.join(' lub ')}?`,
      en: `was ${suggestions.join(' or ')} meant?`,
    };
  }
  return {
    pl: 'identyfikatory wyglądają tak: 306401_1.0021.AR_10.169/4',
    en: 'ids look like 306401_1.0021.AR_10.169/4',
  };
}

/** The refusal that tells what may have been meant, or what lies there now. */
export function unknownParcel(unknown: UnknownParcel): TwinError {
  const { id, suggestions, successors } = unknown;
  return new TwinError('not-found', `There is no parcel "${id.slice(0, 100)}": ${meantBy(unknown).en}`, {
    parameter: 'parcel',
    members: { suggestions, successors },
  });
}
