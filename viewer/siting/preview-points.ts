/** What sites would do, with every place told: only those that change come over the wire as a site moves. */
import type { SitingPreviewReply } from '../../core/wire/siting-answer.ts';

type Asked = {
  readonly sites: readonly unknown[];
  readonly closed: readonly unknown[];
  readonly points: string;
};
type Point = SitingPreviewReply['points'][number];

/** Of the state without new sites: kept while only sites move. */
let kept: { readonly key: string; readonly points: Promise<readonly Point[]> } | undefined;

/**
 * @param key of the city's state: another one, and all places are asked for again
 * @param ask the door of the preview
 */
export async function previewWithPoints<T extends Asked>(
  key: string,
  asked: T,
  ask: (asked: T, keeps: boolean) => Promise<SitingPreviewReply>,
): Promise<SitingPreviewReply> {
  const standing = { ...asked, sites: [], closed: [], points: 'all' };
  const whole = `${key} ${JSON.stringify(standing)}`;
  if (asked.sites.length + asked.closed.length === 0) {
    const told = await ask(standing, false);
    kept = { key: whole, points: Promise.resolve(told.points) };
    return told;
  }
  if (kept?.key !== whole) {
    // Not called off when the site moves on: the next move needs it as well.
    const points = ask(standing, true).then((told) => told.points);
    kept = { key: whole, points };
    points.catch(() => {
      if (kept?.points === points) kept = undefined;
    });
  }
  const { points } = kept;
  const told = await ask({ ...asked, points: 'changed' }, false);
  const changed = new Map(told.points.map((point) => [point.id, point]));
  return { ...told, points: (await points).map((point) => changed.get(point.id) ?? point) };
}
