/**
 * Counters for tests and for people who look under the bonnet: `window.blizniak.stats()`.
 * Kept small: numbers and flags only.
 */
import { failedTiles } from './twin-state.ts';

export interface TileCount {
  loaded: number;
  failed: number;
}

export type TileKind = 'plan' | 'drape' | 'buildings' | 'networks' | 'trees' | 'terrain';

export interface ViewerStats {
  readonly tiles: Readonly<Record<TileKind, Readonly<TileCount>>>;
  /** Distinct building ids seen in 3D tiles. */
  readonly buildingIds: number;
  /** Those of them that are only designed. */
  readonly designedIds: number;
  /** Whether the globe waits for nothing. */
  readonly globeIdle: boolean;
  /** Whether the plan waits for nothing. */
  readonly planIdle: boolean;
  readonly quality: 'high' | 'low' | undefined;
}

const tiles: Record<TileKind, TileCount> = {
  plan: { loaded: 0, failed: 0 },
  drape: { loaded: 0, failed: 0 },
  buildings: { loaded: 0, failed: 0 },
  networks: { loaded: 0, failed: 0 },
  trees: { loaded: 0, failed: 0 },
  terrain: { loaded: 0, failed: 0 },
};

const seen = new Set<string>();
const designed = new Set<string>();
let globeIdle = false;
let planIdle = false;
let quality: 'high' | 'low' | undefined;

export function countTile(kind: TileKind, outcome: keyof TileCount): void {
  tiles[kind][outcome]++;
  if (outcome === 'failed') failedTiles.value++;
}

export function countBuilding(id: string, isDesigned: boolean): void {
  seen.add(id);
  if (isDesigned) designed.add(id);
}

export function reportGlobe(state: { idle?: boolean; quality?: 'high' | 'low' }): void {
  if (state.idle !== undefined) globeIdle = state.idle;
  if (state.quality) quality = state.quality;
}

export function reportPlan(idle: boolean): void {
  planIdle = idle;
}

export function stats(): ViewerStats {
  return {
    tiles: structuredClone(tiles),
    buildingIds: seen.size,
    designedIds: designed.size,
    globeIdle,
    planIdle,
    quality,
  };
}
