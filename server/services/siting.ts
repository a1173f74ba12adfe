import type {
  IsochronesQuestion,
  IsochronesReply,
  SitingAnswer,
  SitingPreview,
  SitingPreviewReply,
  SitingQuestion,
} from '../../core/wire/siting.ts';
import type { View } from '../access/view.ts';

/**
 * Where facilities should stand. Staff are answered from the residents of each building, everybody else from the
 * published cells.
 */
export interface Siting {
  /** @throws TwinError invalid-parameter with what to change, too-large */
  answer(question: SitingQuestion, view: View, signal: AbortSignal): Promise<SitingAnswer>;
  /** The effect of sites as somebody has put them: quick, nothing is searched. */
  preview(asked: SitingPreview, view: View, signal: AbortSignal): Promise<SitingPreviewReply>;
  /** How far one gets on foot. @throws TwinError invalid-parameter far from any street */
  isochrones(asked: IsochronesQuestion, view: View, signal: AbortSignal): Promise<IsochronesReply>;
}
