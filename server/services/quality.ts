/** When not to trust what was measured. */
import type { AirStation } from '../../core/wire/air-quality.ts';
import type { QualityEpisode } from '../../core/wire/quality.ts';

/** When not to trust what was measured. */
export interface QualityReports {
  /** Doubts that touch a stretch of time, the newest first; `more` when there are more than are told at once. */
  episodes(
    wanted: { readonly datastreams: readonly number[] | undefined; readonly from: Date; readonly to: Date },
    signal?: AbortSignal,
  ): Promise<{ readonly episodes: readonly QualityEpisode[]; readonly more: boolean }>;
  /** The air quality index of every station that measures a pollutant of it, now or at a moment. */
  airQuality(at?: Date, signal?: AbortSignal): Promise<readonly AirStation[]>;
}
