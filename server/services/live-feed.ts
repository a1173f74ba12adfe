/** What happens now, told to whoever listens. */
import type { Observation } from '../../core/live/sensor-things.ts';

/** What leaves the live hub. `position` is where a reader who got this far continues. */
export type LiveMessage =
  | {
      readonly kind: 'observations';
      readonly position: string;
      readonly observations: readonly Observation[];
    }
  /** Something of a topic (`alerts`, `vehicles` …) changed: which; none = more than are told one by one. */
  | { readonly kind: 'notice'; readonly topic: string; readonly ids: readonly string[] }
  /** Whether the hub itself hears of new values, and since when. */
  | { readonly kind: 'status'; readonly position: string; readonly live: boolean; readonly since: Date }
  /** More has happened than is told one by one: read the state anew. */
  | { readonly kind: 'reset'; readonly position: string; readonly reason: string }
  /** The last message; the stream is over. */
  | { readonly kind: 'end'; readonly reason: string };

export interface LiveFeed {
  /**
   * What is observed and changes from now on, after the values that were missed since a position; notices of topics
   * are not kept. Without datastreams or topics: all; the topic of values is `observations`. Ends with the signal or
   * with `end`.
   * @throws TwinError unavailable when nobody more is taken, invalid-parameter for a position that is none
   */
  subscribe(
    wanted: {
      readonly datastreams?: ReadonlySet<number> | undefined;
      readonly topics?: ReadonlySet<string> | undefined;
      readonly since?: string | undefined;
    },
    signal: AbortSignal,
  ): AsyncIterable<LiveMessage>;
}
