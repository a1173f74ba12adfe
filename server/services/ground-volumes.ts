import type { GroundVolume, GroundVolumeQuestion } from '../../core/wire/ground-volume.ts';
import type { View } from '../access/view.ts';

/** Tells how much earth lies between the ground and a level. */
export interface GroundVolumes {
  /** @throws TwinError invalid-parameter for an outline that is none; not-found where the ground is not known */
  of(question: GroundVolumeQuestion, view: View): Promise<GroundVolume>;
}
