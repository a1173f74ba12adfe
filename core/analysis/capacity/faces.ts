/** Which rule each wall of an envelope stands on. */
import type { MultiPolygon, Position } from '../../geo/geometry.ts';
import type { CapacityBody } from '../../wire/capacity.ts';

/** Where a rule has walls stand: edges of the ground that it keeps free, or a line that it draws. */
export interface RuleLine {
  readonly rule: string;
  readonly edges: readonly (readonly Position[])[];
}

/** Rounding of cuts, far below what is measured. */
const ON_LINE_M = 0.01;
/** Shorter pieces are those of rounded corners. */
const SHORTEST_M = 0.3;

/** @param lines what binds more first; where lines meet the first is named */
export function facesOf(
  footprint: MultiPolygon,
  lines: readonly RuleLine[],
  otherwise: (middle: Position) => string,
): CapacityBody['faces'] {
  return footprint.coordinates.flat().flatMap((ring) =>
    sidesOf(ring).flatMap(([from, to]) => {
      const lengthM = Math.hypot(to[0] - from[0], to[1] - from[1]);
      if (lengthM < SHORTEST_M) return [];
      const middle: Position = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
      const rule = lines.find(({ edges }) => isOnEdge(middle, edges))?.rule ?? otherwise(middle);
      return [
        {
          from: [toMm(from[0]), toMm(from[1])],
          to: [toMm(to[0]), toMm(to[1])],
          lengthM: Math.round(lengthM * 100) / 100,
          rule,
        } satisfies CapacityBody['faces'][number],
      ];
    }),
  );
}

export const isOnEdge = (place: Position, edges: RuleLine['edges']): boolean =>
  edges.some((edge) => sidesOf(edge).some(([from, to]) => distanceM(place, from, to) <= ON_LINE_M));

function sidesOf(ring: readonly Position[]): readonly (readonly [Position, Position])[] {
  return ring.slice(1).flatMap((to, index) => {
    const from = ring[index];
    return from ? [[from, to] as const] : [];
  });
}

function distanceM(place: Position, from: Position, to: Position): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const squared = dx * dx + dy * dy;
  const along =
    squared === 0
      ? 0
      : Math.min(1, Math.max(0, ((place[0] - from[0]) * dx + (place[1] - from[1]) * dy) / squared));
  return Math.hypot(place[0] - from[0] - along * dx, place[1] - from[1] - along * dy);
}

/** The register keeps centimetres. */
export const toMm = (ordinate: number): number => Math.round(ordinate * 1000) / 1000;
