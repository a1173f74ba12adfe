import type { FeatureSource } from '../../core/feature/source.ts';
import type { View } from '../access/view.ts';
import type { Services } from '../services.ts';

export interface PinnedFeatures {
  readonly source: FeatureSource;
  /** For the links to other pages (`at`); undefined where the address says a state already, or nothing was recorded. */
  readonly at: string | undefined;
}

/** Up to so many rows are counted for `numberMatched`; the count of an index of so many takes some 30 ms. */
export const MOST_COUNTED = 100_000;

/**
 * The present state of a layer, held fast for an answer in pages: as of the moment of its last recorded change. Whatever
 * is recorded later has a later moment, so that every page shows the same rows. A scenario has no such moment.
 */
export async function pinnedFeatures(
  { catalogue, featuresFor }: Pick<Services, 'catalogue' | 'featuresFor'>,
  view: View,
  layer: string,
): Promise<PinnedFeatures> {
  const present = featuresFor(view);
  if (view.at || view.scenario) return { source: present, at: undefined };
  const changedAt = async () => (await catalogue.status(layer, view)).loadedAt;
  const moment = await changedAt();
  if (moment === undefined) return { source: present, at: undefined };
  const at = new Date(moment);
  const past = featuresFor({ ...view, at });
  const source: FeatureSource = {
    ...past,
    // Counting what is current is five times as fast; it is the same as long as nothing was recorded meanwhile.
    async count(query, signal, most) {
      const counted = await present.count(query, signal, most);
      return (await changedAt()) === moment ? counted : past.count(query, signal, most);
    },
  };
  return { source, at: at.toISOString() };
}
