import type { CapacityParameters, CapacityResult } from '../../core/wire/capacity.ts';
import type { View } from '../access/view.ts';

/** Tells what may still be built on parcels, from what the public sees: the same for every reader. */
export interface ParcelCapacities {
  /**
   * @param lawDate YYYY-MM-DD; undefined = that of the scenario, else the usual one
   * @throws TwinError not-found without such a parcel in that state of the city
   */
  of(
    parameters: CapacityParameters,
    lawDate: string | undefined,
    view: View,
    signal: AbortSignal,
  ): Promise<CapacityResult>;
}
