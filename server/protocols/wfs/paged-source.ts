import type { Ask } from '../../http/protocol.ts';
import { type PinnedFeatures, pinnedFeatures } from '../../services/pinned-features.ts';
import type { Selection } from './selection.ts';
import type { WfsServices } from './wfs-services.ts';

/** Where the rows of an answer come from: held fast when it can have further pages. */
export async function pagedSource(
  services: WfsServices,
  queries: readonly (readonly Selection[])[],
  { view }: Ask,
): Promise<PinnedFeatures> {
  const [selection, ...more] = queries.flat();
  const hasOnePage = !selection || more.length > 0 || selection.query.filter?.op === 'ids';
  if (hasOnePage) return { source: services.featuresFor(view), at: undefined };
  return pinnedFeatures(services, view, selection.layer.name);
}
