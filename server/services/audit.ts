import type { AuditPage, AuditQuery } from '../../core/wire/audit.ts';
import type { Identity } from '../access/identity.ts';

/** What a request did that stands in no book of the database. */
export interface AuditNote {
  readonly who: string;
  readonly what: string;
  readonly about: string;
  readonly why?: string;
  readonly detail?: Readonly<Record<string, string | number>>;
  /** The same again within this time is only counted. Default: a minute. */
  readonly quietMs?: number;
}

export interface Audit {
  /** Writes it down beside the request; a note that cannot be written is logged. Never throws. */
  note(note: AuditNote): void;
  /** @throws TwinError unauthenticated, forbidden */
  page(query: AuditQuery, who: Identity): Promise<AuditPage>;
}
