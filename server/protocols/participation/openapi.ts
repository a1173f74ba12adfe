/** The paths of comments on scenarios for the OpenAPI document of `/api`. */
import { z } from 'zod';
import {
  COMMENT_STATES,
  commentSchema,
  commentsReplySchema,
  moderationSchema,
  newCommentSchema,
} from '../../../core/wire/comment.ts';

const json = (schema: z.ZodType, io: 'input' | 'output' = 'output') => ({
  'application/json': { schema: z.toJSONSchema(schema, { io }) },
});
const answer = (description: string, schema: z.ZodType) => ({ description, content: json(schema) });
const body = (schema: z.ZodType) => ({ required: true, content: json(schema, 'input') });
const PROBLEM = {
  description: 'What was wrong (RFC 9457); 429 when too many came from one place',
  content: { 'application/problem+json': { schema: { type: 'object' } } },
} as const;
const part = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const SIGNED_IN = [{ basic: [] }, { bearer: [] }];

export const PARTICIPATION_PATHS = {
  '/api/scenarios/{scenario}/comments': {
    parameters: [part('scenario')],
    get: {
      operationId: 'listComments',
      summary: 'What the public says to a scenario: what is shown, or for staff all of it',
      parameters: [
        {
          name: 'state',
          in: 'query',
          description: 'For staff: only these, separated by commas',
          explode: false,
          schema: { type: 'array', items: { enum: COMMENT_STATES } },
        },
      ],
      responses: { 200: answer('Comments, the newest first', commentsReplySchema), default: PROBLEM },
    },
    post: {
      operationId: 'addComment',
      summary: 'Leaves a comment on a published scenario; it is shown once staff have read it',
      requestBody: body(newCommentSchema),
      responses: { 201: answer('The comment as it is kept', commentSchema), default: PROBLEM },
    },
  },
  '/api/scenarios/{scenario}/comments/{comment}': {
    parameters: [part('scenario'), part('comment')],
    patch: {
      operationId: 'moderateComment',
      summary: 'Shows or refuses a comment',
      security: SIGNED_IN,
      requestBody: body(moderationSchema),
      responses: { 200: answer('The comment', commentSchema), default: PROBLEM },
    },
    delete: {
      operationId: 'deleteComment',
      summary: 'Deletes a comment for good',
      security: SIGNED_IN,
      responses: { 204: { description: 'It is gone' }, default: PROBLEM },
    },
  },
} as const;
