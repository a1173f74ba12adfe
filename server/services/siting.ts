import type { IsochronesQuestion, IsochronesReply } from '../../core/wire/isochrones.ts';
import type { SitingAnswer, SitingPreviewReply } from '../../core/wire/siting-answer.ts';
import type { SitingAsked, SitingPreview, SitingSearch } from '../../core/wire/siting-question.ts';
import type { View } from '../access/view.ts';

/**
 * Where facilities should stand. Staff are answered from the residents of each building, everybody else from the
 * published cells.
 */
export interface Siting {
  /** @throws TwinError invalid-parameter with what to change, too-large */
  answer(asked: SitingAsked, view: View, signal: AbortSignal): Promise<SitingAnswer>;
  /** How far a search of the same person is; undefined when there is none. */
  searching(ticket: string, view: View): SitingSearch | undefined;
  /** Ends a search of the same person: it answers with the best so far. @returns whether there was one */
  enough(ticket: string, view: View): boolean;
  /** The effect of sites as somebody has put them: quick, nothing is searched. */
  preview(asked: SitingPreview, view: View, signal: AbortSignal): Promise<SitingPreviewReply>;
  /** How far one gets on foot. @throws TwinError invalid-parameter far from any street */
  isochrones(asked: IsochronesQuestion, view: View, signal: AbortSignal): Promise<IsochronesReply>;
}
