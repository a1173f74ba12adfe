import { z } from 'zod';
import { OFFICE_ROLES, RIGHTS } from '../../../core/access/rights.ts';
import { invalidParameter, notFound, TwinError } from '../../../core/errors.ts';
import { ANONYMOUS, may } from '../../access/identity.ts';
import { jsonReply } from '../../http/json.ts';
import type { Ask, Reply } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';

export const identitySchema = z.object({
  /** `anonymous` for the public. */
  who: z.string(),
  roles: z.array(z.enum(['public', 'networks', ...OFFICE_ROLES])),
  /** What these roles allow. */
  rights: z.array(z.enum(RIGHTS)),
  /** Layers that a steward edits. */
  stewardOf: z.array(z.string()),
});

export const tokenRequestSchema = z.object({
  /** What it is for, to know it again. */
  label: z.string().trim().min(1).max(100),
  days: z.int().min(1).max(366).default(90),
  /** For sessions: it also ends when it was not used for so long. */
  idleMinutes: z.int().min(5).max(1_440).optional(),
});

export const heldTokensSchema = z.object({
  tokens: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      createdAt: z.string(),
      expiresAt: z.string(),
      /** To the minute. */
      lastUsedAt: z.string(),
      idleMinutes: z.int().nullable(),
      /** Whether it is the one that asks. */
      isCurrent: z.boolean(),
    }),
  ),
});

export const tokenReplySchema = z.object({ token: z.string(), expiresAt: z.string() });

/** Who the service takes the caller for. */
export function getWhoami({ view }: Ask): Reply {
  const { who: name, roles, stewardOf = [] } = view.who;
  const rights = RIGHTS.filter((right) => may(view.who, right));
  return jsonReply({ who: name, roles, rights, stewardOf }, { 'cache-control': 'no-store' });
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
  const { label, days, idleMinutes } = wanted.data;
  const expiresAt = new Date(Date.now() + days * 86_400_000);
  const token = await services.tokens.issue(ask.view.who.who, label, expiresAt, idleMinutes);
  const reply = jsonReply({ token, expiresAt: expiresAt.toISOString() }, { 'cache-control': 'no-store' });
  return { ...reply, status: 201 };
}

const UNKEPT = { 'cache-control': 'no-store' };

/** The tokens of who asks: open sessions, and those of tools. */
export async function getTokens({ tokens }: Services, ask: Ask): Promise<Reply> {
  return jsonReply({ tokens: [...(await tokens.tokensOf(signedIn(ask), tokenOf(ask)))] }, UNKEPT);
}

/** Ends a token of who asks; `current` is signing out. */
export async function deleteToken({ tokens }: Services, ask: Ask): Promise<Reply> {
  const id = ask.route['token'] ?? '';
  if (!(await tokens.revoke(signedIn(ask), id, tokenOf(ask)))) {
    throw notFound(`You have no token "${id.slice(0, 60)}"`, 'token');
  }
  return { status: 204, headers: UNKEPT };
}

function signedIn({ view }: Ask): string {
  if (view.who.who !== ANONYMOUS.who) return view.who.who;
  throw new TwinError('unauthenticated', 'Tokens are those of signed-in people; send credentials');
}

const tokenOf = ({ headers }: Ask): string | undefined =>
  /^bearer +(\S+)$/i.exec(headers['authorization']?.trim() ?? '')?.[1];

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
