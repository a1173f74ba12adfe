/** The paths of accounts for the OpenAPI document of `/api`. */
import { z } from 'zod';
import {
  accountChangeSchema,
  accountLockSchema,
  accountSchema,
  clientAccountSchema,
  officeAccountSchema,
  savedAccountSchema,
} from '../../../core/wire/account.ts';
import { jsonAnswer, jsonBody, pathParameter, problemAnswer, SIGNED_IN } from '../../http/openapi-parts.ts';

const PROBLEM = problemAnswer();

export const ACCOUNT_PATHS = {
  '/api/accounts': {
    get: {
      operationId: 'listAccounts',
      summary: 'For administrators of accounts: all accounts, with the profiles that they hold',
      security: SIGNED_IN,
      responses: {
        200: jsonAnswer('Accounts', z.strictObject({ accounts: z.array(accountSchema) })),
        default: PROBLEM,
      },
    },
  },
  '/api/accounts/{account}': {
    parameters: [pathParameter('account')],
    put: {
      operationId: 'saveClientAccount',
      summary:
        'For administrators of accounts: makes the account of a client, or says anew what it may; what is left out is taken away',
      security: SIGNED_IN,
      requestBody: jsonBody(clientAccountSchema),
      responses: {
        200: jsonAnswer('The account; a new password is told this once', savedAccountSchema),
        default: PROBLEM,
      },
    },
  },
  '/api/accounts/{account}/office': {
    parameters: [pathParameter('account')],
    put: {
      operationId: 'saveOfficeAccount',
      summary:
        'For administrators of accounts: makes an account of the office, or says its roles anew; what is left out is taken away',
      security: SIGNED_IN,
      requestBody: jsonBody(officeAccountSchema),
      responses: {
        200: jsonAnswer('The account; a new password is told this once', savedAccountSchema),
        default: PROBLEM,
      },
    },
  },
  '/api/accounts/{account}/lock': {
    parameters: [pathParameter('account')],
    put: {
      operationId: 'lockAccount',
      summary: 'For administrators of accounts: locks an account and ends its tokens, or opens it again',
      security: SIGNED_IN,
      requestBody: jsonBody(accountLockSchema),
      responses: { 200: jsonAnswer('The account', accountSchema), default: PROBLEM },
    },
  },
  '/api/accounts/{account}/changes': {
    parameters: [pathParameter('account')],
    get: {
      operationId: 'listAccountChanges',
      summary: 'For administrators of accounts: who granted the account what, and when, the newest first',
      security: SIGNED_IN,
      responses: {
        200: jsonAnswer('Changes', z.strictObject({ changes: z.array(accountChangeSchema) })),
        default: PROBLEM,
      },
    },
  },
} as const;
