import type { TrafficValidation } from '../../wire/traffic-validation.ts';

/** Whether counts that were held out agree less after a fit than before it. */
export const isOverfitted = ({ heldOut, fit }: TrafficValidation): boolean =>
  heldOut !== null && fit?.heldOutBefore != null && heldOut.rmsePct > fit.heldOutBefore.rmsePct;
