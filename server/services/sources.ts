/** Sources of measurements and what became of their messages. */
import type { ObservationDraft } from '../../core/live/sensor-things.ts';
import type { KeptAside, ProviderStatus } from '../../core/wire/providers.ts';

/** A datastream of a device that a source speaks of; without one where the Thing has none. */
export interface KnownStream {
  readonly externalId: string;
  readonly thingId: number;
  readonly datastreamId: number | undefined;
  readonly sensorId: number | undefined;
  readonly isForecast: boolean;
  /** Of its kind (`core/live/sensor-kinds.ts`), or the name of what it observes. */
  readonly code: string | undefined;
}

/** What became of one message or answer of a source. */
export interface ProviderNews {
  readonly name: string;
  readonly adapter: string;
  readonly state: ProviderStatus['state'];
  /** Why it failed; undefined = it did not. */
  readonly error?: string | undefined;
  readonly written: number;
  readonly known: number;
  readonly aside: number;
  readonly undeclared: readonly string[];
}

/** What sources of measurements keep. */
export interface SourceStore extends SourceReport {
  streams(externalIds: readonly string[]): Promise<readonly KnownStream[]>;
  /** Ids by codes of kinds, of those that there are. */
  observedProperties(codes: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Takes away what was foretold otherwise for the same times: the newest forecast counts. */
  dropOtherForecasts(drafts: readonly ObservationDraft[]): Promise<void>;
  tell(news: ProviderNews): Promise<void>;
  /** Of what is kept aside the newest stay. */
  boundAsides(most: number): Promise<void>;
}

/** How sources fare, and what could not be used. */
export interface SourceReport {
  providers(): Promise<readonly ProviderStatus[]>;
  /** The newest first. */
  asides(limit: number): Promise<readonly KeptAside[]>;
}
