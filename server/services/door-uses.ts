import type { LayerUses, UseTable, UseTableQuery } from '../../core/wire/data-use.ts';
import type { Identity } from '../access/identity.ts';

/** How often each layer is asked for, by day and door. Of who asks, and for what, nothing is kept. */
export interface DoorUses {
  /**
   * Adds to the counts of today, in memory; they are written within seconds.
   * @param handedOut objects, tiles, pictures or descriptions
   */
  add(door: string, layer: string, requests: number, handedOut: number): void;
  /** For everybody: each layer since counting began. */
  totals(): Promise<ReadonlyMap<string, LayerUses>>;
  /**
   * Counts of doors and of orders in one table.
   * @throws TwinError unauthenticated, forbidden for whoever is not staff; too-large beyond the rows that one answer holds
   */
  table(query: UseTableQuery, who: Identity): Promise<UseTable>;
}
