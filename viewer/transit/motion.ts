/** Where vehicles are drawn between two reports: on their way from where they stood to where they were told to be. */

export type LonLat = readonly [lon: number, lat: number];

interface Motion {
  /** What it was drawn from. */
  readonly from: LonLat;
  readonly to: LonLat;
  readonly fromMs: number;
  readonly toMs: number;
  readonly reportedMs: number;
}

/** Farther than this in one report, degrees of latitude (550 m), a vehicle is put there and not driven. */
const FARTHEST_DEG = 0.005;
/** Reports come some seconds apart; after a longer silence a vehicle does not creep. */
const LONGEST_MS = 15_000;

/** Never ahead of what was told: a vehicle that is not heard of stands where it was last. */
export class Motions {
  readonly #motions = new Map<string, Motion>();

  /** @param reports all that are known now; vehicles that are not among them are forgotten */
  take(
    reports: readonly { readonly id: string; readonly lonLat: LonLat; readonly atMs: number }[],
    nowMs: number,
  ): void {
    const ids = new Set(reports.map(({ id }) => id));
    for (const id of this.#motions.keys()) if (!ids.has(id)) this.#motions.delete(id);
    for (const { id, lonLat, atMs } of reports) {
      const known = this.#motions.get(id);
      if (known?.reportedMs === atMs) continue;
      const from = known ? placeOn(known, nowMs) : lonLat;
      const isNear =
        Math.abs(from[0] - lonLat[0]) < 2 * FARTHEST_DEG && Math.abs(from[1] - lonLat[1]) < FARTHEST_DEG;
      const tookMs = known && isNear ? Math.min(LONGEST_MS, Math.max(0, atMs - known.reportedMs)) : 0;
      this.#motions.set(id, {
        from,
        to: lonLat,
        fromMs: nowMs,
        toMs: nowMs + tookMs,
        reportedMs: atMs,
      });
    }
  }

  placeOf(id: string, nowMs: number): LonLat | undefined {
    const motion = this.#motions.get(id);
    return motion && placeOn(motion, nowMs);
  }
}

function placeOn({ from, to, fromMs, toMs }: Motion, nowMs: number): LonLat {
  const share = toMs <= fromMs ? 1 : Math.min(1, Math.max(0, (nowMs - fromMs) / (toMs - fromMs)));
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}
