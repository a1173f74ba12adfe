import type { DigAnswer, DigQuestion } from '../../core/wire/dig-check.ts';
import type { View } from '../access/view.ts';

/** Tells what an excavation meets, from the networks as the view sees them. */
export interface DigChecks {
  /**
   * @param lawDate YYYY-MM-DD; undefined = the usual one
   * @throws TwinError invalid-parameter for an outline that crosses itself or lies outside the CRS; too-large; not-found
   *   for a city without networks
   */
  of(question: DigQuestion, lawDate: string | undefined, view: View, signal: AbortSignal): Promise<DigAnswer>;
}
