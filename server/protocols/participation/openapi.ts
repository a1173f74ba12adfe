/** The paths of comments on scenarios for the OpenAPI document of `/api`. */
import {
  COMMENT_STATES,
  commentSchema,
  commentsReplySchema,
  moderationSchema,
  newCommentSchema,
} from '../../../core/wire/comment.ts';
import { jsonAnswer, jsonBody, pathParameter, problemAnswer, SIGNED_IN } from '../../http/openapi-parts.ts';

const PROBLEM = problemAnswer('429 when too many came from one place');

export const PARTICIPATION_PATHS = {
  '/api/scenarios/{scenario}/comments': {
    parameters: [pathParameter('scenario')],
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
      responses: { 200: jsonAnswer('Comments, the newest first', commentsReplySchema), default: PROBLEM },
    },
    post: {
      operationId: 'addComment',
      summary: 'Leaves a comment on a published scenario; it is shown once staff have read it',
      requestBody: jsonBody(newCommentSchema),
      responses: { 201: jsonAnswer('The comment as it is kept', commentSchema), default: PROBLEM },
    },
  },
  '/api/scenarios/{scenario}/comments/{comment}': {
    parameters: [pathParameter('scenario'), pathParameter('comment')],
    patch: {
      operationId: 'moderateComment',
      summary: 'Shows or refuses a comment',
      security: SIGNED_IN,
      requestBody: jsonBody(moderationSchema),
      responses: { 200: jsonAnswer('The comment', commentSchema), default: PROBLEM },
    },
    delete: {
      operationId: 'deleteComment',
      summary: 'Deletes a comment for good',
      security: SIGNED_IN,
      responses: { 204: { description: 'It is gone' }, default: PROBLEM },
    },
  },
} as const;
