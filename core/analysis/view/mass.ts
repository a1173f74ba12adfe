/** How large a building is: height and volume of its closed surfaces, and its height against a limit. */
import type { BuildingShape } from '../sun/building-shape.ts';

export interface Mass {
  /** From its lowest to its highest point. */
  readonly heightM: number;
  /** The highest point, PL-EVRF2007-NH. */
  readonly topM: number;
  /** Null when its surfaces do not close: then a volume would be a guess. */
  readonly volumeM3: number | null;
}

/** Surfaces that close have no area left over when their area vectors are added (m²). */
const OPEN_M2 = 0.5;

/** By the divergence theorem over the surfaces, each seen counter-clockwise from outside. */
export function massOf({ surfaces }: BuildingShape): Mass {
  const [ox, oy, oz] = surfaces[0]?.[0]?.[0] ?? [0, 0, 0];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let sixfold = 0;
  const left = [0, 0, 0];
  for (const rings of surfaces)
    for (const ring of rings) {
      const local = ring.map(([x, y, z]) => {
        low = Math.min(low, z);
        high = Math.max(high, z);
        return [x - ox, y - oy, z - oz] as const;
      });
      const [a, ...rest] = local;
      for (let i = 0; a && i + 1 < rest.length; i++) {
        const [b, c] = [rest[i] ?? a, rest[i + 1] ?? a];
        const [nx, ny, nz] = [
          b[1] * c[2] - b[2] * c[1],
          b[2] * c[0] - b[0] * c[2],
          b[0] * c[1] - b[1] * c[0],
        ];
        sixfold += a[0] * nx + a[1] * ny + a[2] * nz;
        const [px, py, pz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
        const [qx, qy, qz] = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
        left[0] = (left[0] ?? 0) + (py * qz - pz * qy) / 2;
        left[1] = (left[1] ?? 0) + (pz * qx - px * qz) / 2;
        left[2] = (left[2] ?? 0) + (px * qy - py * qx) / 2;
      }
    }
  const isClosed = surfaces.length >= 4 && Math.hypot(...left) < OPEN_M2;
  return {
    heightM: surfaces.length > 0 ? high - low : 0,
    topM: surfaces.length > 0 ? high : 0,
    volumeM3: isClosed && sixfold > 0 ? sixfold / 6 : null,
  };
}

export const LIMIT_STATES = ['keeps', 'exceeds', 'within-accuracy', 'not-assessed'] as const;
export type LimitState = (typeof LIMIT_STATES)[number];

/** A measure against a greatest one that a plan sets; null when it sets none. */
export function againstLimit(measured: number, limit: number | null, error: number): LimitState {
  if (limit === null) return 'not-assessed';
  if (Math.abs(measured - limit) <= error && measured !== limit) return 'within-accuracy';
  return measured <= limit ? 'keeps' : 'exceeds';
}
