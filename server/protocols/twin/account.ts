import { z } from 'zod';
import { OFFICE_ROLES, RIGHTS } from '../../../core/access/rights.ts';
import { may } from '../../access/identity.ts';
import { jsonReply } from '../../http/json.ts';
import type { Ask, Reply } from '../../http/protocol.ts';

export const identitySchema = z.object({
  /** `anonymous` for the public. */
  who: z.string(),
  roles: z.array(z.enum(['public', 'networks', ...OFFICE_ROLES])),
  /** What these roles allow. */
  rights: z.array(z.enum(RIGHTS)),
  /** Layers that a steward edits. */
  stewardOf: z.array(z.string()),
});

/** Who the service takes the caller for. */
export function getWhoami({ view }: Ask): Reply {
  const { who: name, roles, stewardOf = [] } = view.who;
  const rights = RIGHTS.filter((right) => may(view.who, right));
  return jsonReply({ who: name, roles, rights, stewardOf }, { 'cache-control': 'no-store' });
}
