import type {
  Comment,
  CommentState,
  CommentsReply,
  Moderation,
  NewComment,
} from '../../core/wire/comment.ts';
import type { Identity } from '../access/identity.ts';

/**
 * Remarks of the public on scenarios. The public reads what is shown; staff read all and decide. Methods throw
 * TwinError not-found for a scenario or comment that this person may not know.
 */
export interface Comments {
  /** @param states undefined = what this person reads without asking: the public what is shown, staff all */
  list(
    scenario: string,
    states: readonly CommentState[] | undefined,
    who: Identity,
    signal?: AbortSignal,
  ): Promise<CommentsReply>;
  /**
   * Takes a comment in; it waits for staff.
   * @throws TwinError forbidden when the scenario is not published, invalid-parameter for an object or place that is
   *   not in it, unavailable when too many wait already
   */
  add(scenario: string, comment: NewComment, who: Identity): Promise<Comment>;
  moderate(scenario: string, id: string, decision: Moderation, who: Identity): Promise<Comment>;
  remove(scenario: string, id: string): Promise<void>;
}
