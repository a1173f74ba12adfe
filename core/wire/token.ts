/** Tokens of accounts: sessions of the viewer, and keys of tools and services. */
import { z } from 'zod';

export const tokenRequestSchema = z
  .object({
    /** What it is for, to know it again. */
    label: z.string().trim().min(1).max(100),
    days: z.int().min(1).max(366).default(90),
    /** For sessions: it also ends when it was not used for so long. Without it the token is a key. */
    idleMinutes: z.int().min(5).max(1_440).optional(),
    /** A key that changes nothing. */
    readOnly: z.boolean().default(false),
  })
  .refine(({ idleMinutes, readOnly }) => idleMinutes === undefined || !readOnly, {
    path: ['readOnly'],
    message: 'a session has all rights of its person; leave idleMinutes out for a key',
  });

export const heldTokenSchema = z.object({
  id: z.string(),
  label: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  /** To the minute. */
  lastUsedAt: z.string(),
  /** null = a key. */
  idleMinutes: z.int().nullable(),
  isReadOnly: z.boolean(),
  /** Whether it is the one that asks. */
  isCurrent: z.boolean(),
});
export type HeldToken = z.infer<typeof heldTokenSchema>;

export const heldTokensSchema = z.object({ tokens: z.array(heldTokenSchema) });

/** The token is told this once. */
export const tokenReplySchema = z.object({ token: z.string(), expiresAt: z.string() });
export type TokenReply = z.infer<typeof tokenReplySchema>;
