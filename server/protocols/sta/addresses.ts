import type { EntityId, EntitySet } from '../../../core/live/sensor-things.ts';

/** The root of the service. */
export const STA = '/sta/v1.1';

export const selfLink = (set: EntitySet, id: EntityId, publicUrl: string): string =>
  `${publicUrl}${STA}/${set}(${literal(id)})`;

/** An id as it stands in an address. */
export const literal = (id: EntityId): string =>
  typeof id === 'number' ? String(id) : `'${encodeURIComponent(id).replaceAll("'", "''")}'`;
