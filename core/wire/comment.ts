/** JSON of `/api/scenarios/{scenario}/comments`: remarks of the public on a scenario. Nobody's name is asked or told. */
import { z } from 'zod';
import { MOST_COMMENT_LETTERS } from '../participation/most-comment-letters.ts';

export const COMMENT_STATES = ['pending', 'shown', 'refused'] as const;

/** Easting, northing, metres in the city's cadastral CRS (EPSG:2177). */
const position = z.tuple([z.number(), z.number()]);

/** Of people: one or more lines, without control characters. */
const words = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/, 'text without control characters');

export const newCommentSchema = z.strictObject({
  text: words(MOST_COMMENT_LETTERS).min(1),
  /** What it speaks of: a place, or an object that the scenario or its base has. */
  anchor: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('place'), at: position }),
    z.strictObject({
      kind: z.literal('object'),
      layer: z.string().min(1).max(100),
      id: z.string().min(1).max(200),
    }),
  ]),
});

/** A decision of staff on a comment. */
export const moderationSchema = z.strictObject({
  state: z.enum(['shown', 'refused']),
  /** Why, for staff only. */
  note: words(1_000).optional(),
});

export const commentSchema = z.object({
  id: z.string(),
  /** As it was sent, with e-mail addresses, telephone and identity numbers left out. Plain text. */
  text: z.string(),
  madeAt: z.string(),
  anchor: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('place'), at: position }),
    /** `at`: where the object was when the comment was made. */
    z.object({ kind: z.literal('object'), layer: z.string(), id: z.string(), at: position }),
  ]),
  state: z.enum(COMMENT_STATES),
  /** For staff. */
  moderation: z.object({ by: z.string(), at: z.string(), note: z.string().optional() }).optional(),
});

export const commentsReplySchema = z.object({
  /** Whether the public may add some: the scenario is published. */
  open: z.boolean(),
  /** The newest first. */
  comments: z.array(commentSchema),
  /** Whether there are more than are told at once. */
  more: z.boolean(),
  /** How many wait for staff; told to staff only. */
  pending: z.int().optional(),
});

export type NewComment = z.infer<typeof newCommentSchema>;
export type Moderation = z.infer<typeof moderationSchema>;
export type Comment = z.infer<typeof commentSchema>;
export type CommentState = Comment['state'];
export type CommentsReply = z.infer<typeof commentsReplySchema>;
