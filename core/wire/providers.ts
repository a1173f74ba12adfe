/** JSON of `/api/live/providers` and `/api/live/asides`. */
import { z } from 'zod';

const provider = z.object({
  name: z.string(),
  adapter: z.string(),
  /** `failing`: the last attempt; `open`: so often that it is left in peace for a while. */
  state: z.enum(['waiting', 'ok', 'failing', 'open']),
  /** Since when the state is this one; all moments are UTC ISO text. */
  since: z.string(),
  lastSuccess: z.string().nullable(),
  lastErrorAt: z.string().nullable(),
  lastError: z.string().nullable(),
  /** Values: new ones, such as were there already, and what was kept aside. */
  written: z.int(),
  known: z.int(),
  aside: z.int(),
  /** Words of the sender that no kind of sensor is declared for. */
  undeclared: z.array(z.string()),
});

export const providersReplySchema = z.object({ now: z.string(), providers: z.array(provider) });

const aside = z.object({
  id: z.int(),
  /** By which way it came: `mqtt`, `sta`, the name of a source. */
  source: z.string(),
  reason: z.string(),
  detail: z.string(),
  sent: z.string(),
  datastream: z.int().nullable(),
  receivedAt: z.string(),
  lastReceivedAt: z.string(),
  times: z.int(),
});

export const asidesReplySchema = z.object({ asides: z.array(aside) });

export type ProviderStatus = z.infer<typeof provider>;
export type KeptAside = z.infer<typeof aside>;
export type ProvidersReply = z.infer<typeof providersReplySchema>;
export type AsidesReply = z.infer<typeof asidesReplySchema>;
