import type { SiteMeasuresReply, SiteQuery, SitesReply } from '../../core/wire/sites.ts';
import type { View } from '../access/view.ts';

/** Finds parcels by what the public may read of them and their surroundings. */
export interface SiteFinder {
  find(query: SiteQuery, view: View, signal: AbortSignal): Promise<SitesReply>;
  /** What can be asked, with the ranges that it has in that state of the city. */
  measures(view: View, signal: AbortSignal): Promise<SiteMeasuresReply>;
}
