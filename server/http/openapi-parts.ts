/** Pieces that the paths of every protocol share in the OpenAPI document of `/api` (OpenAPI 3.1). */
import { z } from 'zod';

/** A body of JSON; schemas say what is written (`output`) or what may be sent (`input`). */
export const jsonContent = (schema: z.ZodType, io: 'input' | 'output' = 'output') => ({
  'application/json': { schema: z.toJSONSchema(schema, { io }) },
});

export const jsonAnswer = (description: string, schema: z.ZodType) => ({
  description,
  content: jsonContent(schema),
});

export const jsonBody = (schema: z.ZodType) => ({ required: true, content: jsonContent(schema, 'input') });

/** The answer to every bad request, as `explainAsProblem` writes it; `more` is what these paths say besides. */
export const problemAnswer = (more?: string) => ({
  description: more === undefined ? 'What was wrong (RFC 9457)' : `What was wrong (RFC 9457); ${more}`,
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        required: ['title', 'status', 'detail', 'requestId'],
        properties: {
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
          parameter: { type: 'string' },
          requestId: { type: 'string' },
        },
      },
    },
  },
});

export const queryParameter = (name: string, description: string, schema: object) => ({
  ...{ name, in: 'query', description, schema },
});

export const pathParameter = (name: string, type: 'string' | 'integer' = 'string') => ({
  ...{ name, in: 'path', required: true, schema: { type } },
});

/** Of what only staff may do. */
export const SIGNED_IN = [{ basic: [] }, { bearer: [] }];
