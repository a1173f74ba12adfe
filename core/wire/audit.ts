/** The audit: who did what, when and why, as rows of a chain. */
import { z } from 'zod';

/** What is told, by the first part of its name (`account.changed`), and how people call it. */
export const AUDIT_SUBJECTS = {
  'sign-in': { pl: 'logowanie', en: 'signing in' },
  token: { pl: 'sesje i klucze', en: 'sessions and keys' },
  right: { pl: 'odmowa prawa', en: 'refused right' },
  account: { pl: 'konta i role', en: 'accounts and roles' },
  objects: { pl: 'obiekty rejestrów', en: 'objects of registers' },
  model: { pl: 'model 3D', en: '3D model' },
  data: { pl: 'dane', en: 'data' },
  load: { pl: 'wczytania', en: 'loads' },
  scenario: { pl: 'scenariusze', en: 'scenarios' },
  comment: { pl: 'uwagi', en: 'remarks' },
  source: { pl: 'usługi obce', en: 'outside services' },
  record: { pl: 'metadane', en: 'metadata' },
  query: { pl: 'zapisane zapytania', en: 'stored queries' },
  alert: { pl: 'alarmy', en: 'alerts' },
  obstruction: { pl: 'utrudnienia', en: 'obstructions' },
  audit: { pl: 'dziennik', en: 'audit' },
} as const;
export type AuditSubject = keyof typeof AUDIT_SUBJECTS;
const SUBJECTS = Object.keys(AUDIT_SUBJECTS) as [AuditSubject, ...AuditSubject[]];

const day = z.iso.date();

export const auditQuerySchema = z.strictObject({
  /** Name of an account. */
  who: z.string().max(100).optional(),
  subject: z.enum(SUBJECTS).optional(),
  /** Words within what it was done to, or why. */
  text: z.string().trim().min(1).max(100).optional(),
  /** First and last day, in Poland. */
  from: day.optional(),
  to: day.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  /** `place` of the last row of the page before. */
  before: z.coerce.number().int().min(1).optional(),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

export const auditRowSchema = z.strictObject({
  /** In the chain: 1, 2, 3 … */
  place: z.int(),
  /** UTC, to the millisecond. */
  at: z.string(),
  who: z.string(),
  what: z.string(),
  about: z.string(),
  /** Empty where no reason was given. */
  why: z.string(),
  /** JSON as text: digests are of its bytes. */
  detail: z.string(),
  /** SHA-256 in hexadecimal. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});
export type AuditRow = z.infer<typeof auditRowSchema>;

/** The newest first. */
export const auditPageSchema = z.strictObject({ rows: z.array(auditRowSchema), next: z.int().optional() });
export type AuditPage = z.infer<typeof auditPageSchema>;
