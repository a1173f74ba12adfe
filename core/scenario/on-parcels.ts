/** Objects of registers that name the parcels they stand on. */
import type { ChangeableLayer } from '../wire/edits/changeable-layers.ts';

/** The property that names them, by layer. */
export const PARCEL_PROPERTY = {
  buildings: 'parcel_ids',
  addresses: 'parcel_id',
  trees: 'parcel_id',
} as const satisfies Partial<Record<ChangeableLayer, string>>;

export type LayerOnParcels = keyof typeof PARCEL_PROPERTY;
export const LAYERS_ON_PARCELS = ['buildings', 'addresses', 'trees'] as const satisfies LayerOnParcels[];

/** Ids of parcels from the words of such a property. */
export const namedParcels = (words: unknown): readonly string[] =>
  typeof words === 'string'
    ? words
        .split(',')
        .map((id) => id.trim())
        .filter((id) => id !== '')
    : [];

/** The words of such a property. */
export const parcelWords = (ids: readonly string[]): string | null => (ids.length > 0 ? ids.join(',') : null);
