import type { KeptPage, KeptQuery, KeptSummary } from '../../core/wire/kept-findings.ts';

/** What checks of all parcels found when they were last refreshed: of the city as the public sees it today. */
export interface KeptFindings {
  summary(signal: AbortSignal): Promise<KeptSummary>;
  /** In the order of their ids. */
  page(query: KeptQuery, signal: AbortSignal): Promise<KeptPage>;
}
