import type { MismatchAnswer, MismatchQuery } from '../../core/wire/model-mismatches.ts';
import type { View } from '../access/view.ts';

/** Compares the 3D model with the buildings of the register, in any state of the city. */
export interface ModelMismatches {
  find(query: MismatchQuery, view: View, signal: AbortSignal): Promise<MismatchAnswer>;
}
