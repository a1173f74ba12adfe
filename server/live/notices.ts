import type { LiveMessage } from '../services/live-feed.ts';

/** More ids of one topic at once are not told one by one. */
const MOST_IDS = 1_000;

export interface Notices {
  /** A notice of the database: `<topic> <ids, separated by commas>`. Anything else is left. */
  hear(payload: string): void;
  close(): void;
}

/** Tells together, once for each topic, what is heard within a short time. */
export function notices(gatherMs: number, tell: (message: LiveMessage) => void): Notices {
  let heard = new Map<string, Set<string>>();
  let timer: NodeJS.Timeout | undefined;
  const tellHeard = () => {
    timer = undefined;
    const all = heard;
    heard = new Map();
    for (const [topic, ids] of all) {
      tell({ kind: 'notice', topic, ids: ids.size > MOST_IDS ? [] : [...ids] });
    }
  };
  return {
    hear(payload) {
      const [, topic, ids] = /^([a-z][a-z-]{0,39}) (.+)$/s.exec(payload) ?? [];
      if (topic === undefined || ids === undefined) return;
      const known = heard.get(topic) ?? new Set();
      heard.set(topic, known);
      if (known.size <= MOST_IDS) for (const id of ids.split(',')) known.add(id);
      timer ??= setTimeout(tellHeard, gatherMs);
    },
    close: () => clearTimeout(timer),
  };
}
