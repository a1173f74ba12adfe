/** The path of the audit for the OpenAPI document of `/api`. */
import { AUDIT_SUBJECTS, auditPageSchema } from '../../../core/wire/audit.ts';
import { jsonContent, problemAnswer, queryParameter, SIGNED_IN } from '../../http/openapi-parts.ts';

const text = { type: 'string' } as const;
const day = { type: 'string', format: 'date' } as const;

export const AUDIT_PATHS = {
  '/api/audit': {
    get: {
      operationId: 'readAudit',
      summary:
        'For auditors: who did what, when and why, the newest first; each row with its digest in the chain',
      security: SIGNED_IN,
      parameters: [
        queryParameter('who', 'Name of an account', text),
        queryParameter('subject', 'What is told', { enum: Object.keys(AUDIT_SUBJECTS) }),
        queryParameter('text', 'Words within what it was done to, or why', text),
        queryParameter('from', 'First day, in Poland', day),
        queryParameter('to', 'Last day', day),
        queryParameter('limit', 'Rows at most', { type: 'integer', minimum: 1, maximum: 1000, default: 100 }),
        queryParameter('before', 'Place of the last row of the page before', { type: 'integer', minimum: 1 }),
        queryParameter('f', 'json or csv', { enum: ['json', 'csv'], default: 'json' }),
      ],
      responses: {
        200: {
          description: 'Rows',
          content: { ...jsonContent(auditPageSchema), 'text/csv': { schema: text } },
        },
        default: problemAnswer(),
      },
    },
  },
};
