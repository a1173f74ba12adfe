import type { Dossier } from '../../core/wire/parcel-dossier.ts';
import type { View } from '../access/view.ts';

/** Gathers what the registers hold of a parcel. */
export interface Dossiers {
  /** @throws TwinError not-found for a parcel that this state of the city does not have */
  of(parcel: string, view: View, signal: AbortSignal): Promise<Dossier>;
}
