/** The number by which capabilities say in which state of the catalogue they were written (06-042, 7.2.3.5; 06-121r9, 7.3.4). */
import type { LayerStatus } from '../feature/layer.ts';

/**
 * Rises with every load and edit of a layer, with every layer that is added, and with every change of a scenario; falls
 * only when a layer is taken away. What time alone brings, as that a layer is due to be loaded again, does not count.
 * @param statuses of the layers that the document tells of: who may see more layers has another number
 * @param revision of the scenario through which the city is seen
 */
export const updateSequenceOf = (statuses: readonly Pick<LayerStatus, 'version'>[], revision = 0): number =>
  statuses.reduce((sum, { version }) => sum + version + 1, revision);

/** How a number that a client names stands to ours; undefined when it names none. What is no number is newer than all. */
export function comparedSequence(
  asked: string | undefined,
  current: number,
): 'older' | 'current' | 'newer' | undefined {
  if (asked === undefined) return undefined;
  const named = /^\d{1,15}$/.test(asked.trim()) ? Number(asked) : Number.POSITIVE_INFINITY;
  if (named === current) return 'current';
  return named < current ? 'older' : 'newer';
}
