/** When values were in doubt, and why. */
import type { Text } from '../../core/feature/layer.ts';
import type { Doubt, QualityReply } from '../../core/wire/quality.ts';
import { getJson } from '../api/city-api.ts';

export interface Episode {
  readonly datastream: number;
  readonly rule: Doubt['rule'];
  readonly fromMs: number;
  /** Undefined while it goes on. */
  readonly toMs: number | undefined;
  readonly reason: Text;
}

/**
 * Those of a stretch of time, of some datastreams or of all.
 * @throws ServiceError when the service does not answer
 */
export async function fetchEpisodes(
  datastreams: readonly number[] | undefined,
  fromMs: number,
  toMs: number,
  signal: AbortSignal,
): Promise<readonly Episode[]> {
  const query = new URLSearchParams({
    ...(datastreams && { datastream: datastreams.join() }),
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
  });
  const { episodes } = await getJson<QualityReply>(`api/live/quality?${query}`, signal, '');
  return episodes.map(({ datastream, rule, from, to, reason }) => ({
    datastream,
    rule,
    fromMs: Date.parse(from),
    toMs: to === null ? undefined : Date.parse(to),
    reason,
  }));
}

/** What spoke against the value of a moment; null when nothing did. */
export function doubtAt(episodes: readonly Episode[], datastream: number, atMs: number): Doubt | null {
  const found = episodes.find(
    (one) =>
      one.datastream === datastream && one.fromMs <= atMs && (one.toMs === undefined || atMs <= one.toMs),
  );
  return found
    ? { rule: found.rule, reason: { ...found.reason }, since: new Date(found.fromMs).toISOString() }
    : null;
}
