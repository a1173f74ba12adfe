import { z } from 'zod';
import { invalidParameter, TwinError } from '../../../core/errors.ts';
import { ANONYMOUS } from '../../access/identity.ts';
import { jsonReply } from '../../http/json.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

export const identitySchema = z.object({
  /** `anonymous` for the public. */
  who: z.string(),
  roles: z.array(z.enum(['public', 'staff', 'networks'])),
});

export const tokenRequestSchema = z.object({
  /** What it is for, to know it again. */
  label: z.string().trim().min(1).max(100),
  days: z.int().min(1).max(366).default(90),
});

export const tokenReplySchema = z.object({ token: z.string(), expiresAt: z.string() });

/** Who the service takes the caller for. */
export function getWhoami({ view }: Ask): Reply {
  const { who: name, roles } = view.who;
  return jsonReply({ who: name, roles }, { 'cache-control': 'no-store' });
}

/** Gives a signed-in person a bearer token for a tool. */
export async function postToken(services: Services, ask: Ask): Promise<Reply> {
  if (ask.view.who.who === ANONYMOUS.who) {
    throw new TwinError(
      'unauthenticated',
      'A token is given to signed-in people; send HTTP Basic credentials',
    );
  }
  const wanted = tokenRequestSchema.safeParse(parseBody(ask.body));
  if (!wanted.success) {
    const [issue] = wanted.error.issues;
    throw invalidParameter(issue?.path.join('.') || 'body', `The body cannot be used: ${issue?.message}`);
  }
  const { label, days } = wanted.data;
  const expiresAt = new Date(Date.now() + days * 86_400_000);
  const token = await services.tokens.issue(ask.view.who.who, label, expiresAt);
  const reply = jsonReply({ token, expiresAt: expiresAt.toISOString() }, { 'cache-control': 'no-store' });
  return { ...reply, status: 201 };
}

function parseBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw new TwinError('invalid-parameter', 'The body must be JSON such as {"label":"QGIS","days":90}', {
      parameter: 'body',
      cause: error,
    });
  }
}
