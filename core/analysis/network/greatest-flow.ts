/** A network of pipes: `link` lays one, `flow` finds how much can run (Dinic 1970). */
export interface FlowNetwork {
  /** @returns the number of the pipe */
  link(from: number, to: number, capacity: number): number;
  /** @returns the greatest amount from the source to the sink */
  flow(source: number, sink: number): number;
  /** What runs through a pipe after `flow`. */
  through(pipe: number): number;
}

/** Amounts below this are rounding. */
const ROUNDING = 1e-9;

export function flowNetwork(nodeCount: number): FlowNetwork {
  const head = new Int32Array(nodeCount).fill(-1);
  const next: number[] = [];
  const end: number[] = [];
  const left: number[] = [];
  const level = new Int32Array(nodeCount);
  const current = new Int32Array(nodeCount);
  const add = (from: number, to: number, capacity: number) => {
    next.push(head[from] as number);
    end.push(to);
    left.push(capacity);
    head[from] = end.length - 1;
  };
  const measureLevels = (source: number, sink: number): boolean => {
    level.fill(-1);
    level[source] = 0;
    const queue = [source];
    for (let at = 0; at < queue.length; at++) {
      const node = queue[at] as number;
      for (let k = head[node] as number; k !== -1; k = next[k] as number) {
        const to = end[k] as number;
        if ((left[k] as number) <= ROUNDING || level[to] !== -1) continue;
        level[to] = (level[node] as number) + 1;
        queue.push(to);
      }
    }
    return level[sink] !== -1;
  };
  const push = (source: number, sink: number): number => {
    // One path at a time, without recursion: paths can be as long as the network is large.
    const path: number[] = [];
    let total = 0;
    for (let node = source; ; ) {
      if (node === sink) {
        let amount = Number.POSITIVE_INFINITY;
        for (const k of path) amount = Math.min(amount, left[k] as number);
        let first = path.length;
        for (const [at, k] of path.entries()) {
          left[k] = (left[k] as number) - amount;
          left[k ^ 1] = (left[k ^ 1] as number) + amount;
          if ((left[k] as number) <= ROUNDING && at < first) first = at;
        }
        total += amount;
        node = end[(path[first] as number) ^ 1] as number;
        path.length = first;
        continue;
      }
      let k = current[node] as number;
      while (k !== -1) {
        const to = end[k] as number;
        if ((left[k] as number) > ROUNDING && level[to] === (level[node] as number) + 1) break;
        k = next[k] as number;
      }
      current[node] = k;
      if (k !== -1) {
        path.push(k);
        node = end[k] as number;
      } else {
        const back = path.pop();
        if (back === undefined) return total;
        level[node] = -1;
        node = end[back ^ 1] as number;
      }
    }
  };
  return {
    link(from, to, capacity) {
      add(from, to, capacity);
      add(to, from, 0);
      return end.length - 2;
    },
    flow(source, sink) {
      let total = 0;
      while (measureLevels(source, sink)) {
        current.set(head);
        total += push(source, sink);
      }
      return total;
    },
    through: (pipe) => left[pipe ^ 1] as number,
  };
}
