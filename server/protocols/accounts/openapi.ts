/** The paths of accounts and tokens for the OpenAPI document of `/api`. */
import { z } from 'zod';
import {
  accountChangeSchema,
  accountLockSchema,
  accountSchema,
  clientAccountSchema,
  officeAccountSchema,
  savedAccountSchema,
} from '../../../core/wire/account.ts';
import { heldTokensSchema, tokenReplySchema, tokenRequestSchema } from '../../../core/wire/token.ts';
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
  '/api/accounts/{account}/tokens': {
    parameters: [pathParameter('account')],
    get: {
      operationId: 'listTokensOfAccount',
      summary: 'For administrators of accounts: the sessions and keys of an account',
      security: SIGNED_IN,
      responses: { 200: jsonAnswer('Those that have not ended', heldTokensSchema), default: PROBLEM },
    },
    post: {
      operationId: 'issueTokenOfAccount',
      summary: 'For administrators of accounts: a key of an account, such as that of a service',
      security: SIGNED_IN,
      requestBody: jsonBody(tokenRequestSchema),
      responses: { 201: jsonAnswer('The key, told only now', tokenReplySchema), default: PROBLEM },
    },
  },
  '/api/accounts/{account}/tokens/{token}': {
    parameters: [pathParameter('account'), pathParameter('token')],
    delete: {
      operationId: 'revokeTokenOfAccount',
      summary: 'For administrators of accounts: ends a session or key',
      security: SIGNED_IN,
      responses: { 204: { description: 'It has ended' }, default: PROBLEM },
    },
  },
  '/api/tokens/{token}': {
    parameters: [pathParameter('token')],
    delete: {
      operationId: 'revokeToken',
      summary: 'Ends a session or key of the caller; current is the one that asks, which signs out',
      security: SIGNED_IN,
      responses: { 204: { description: 'It has ended' }, default: PROBLEM },
    },
  },
  '/api/tokens': {
    get: {
      operationId: 'listTokens',
      summary: 'The sessions and keys of the caller',
      security: SIGNED_IN,
      responses: { 200: jsonAnswer('Those that have not ended', heldTokensSchema), default: PROBLEM },
    },
    post: {
      operationId: 'issueToken',
      summary: 'A key for a tool of a signed-in person: a bearer token, or the password beside its name',
      security: SIGNED_IN,
      requestBody: jsonBody(tokenRequestSchema),
      responses: { 201: jsonAnswer('The key, told only now', tokenReplySchema), default: PROBLEM },
    },
  },
} as const;
